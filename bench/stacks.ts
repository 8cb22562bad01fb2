import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { KloudfuseFirehose, KloudfuseFirehoseStack, withoutCreationStacks } from "../modules";
import { median } from "./measure";

const RUNS = 3;
const [FEW, MANY] = [100, 1000];
const MAX_RATIO = 1.1;
/** A larger young generation: the garbage of one stack is collected before it fills the old generation. */
const NODE_OPTIONS = ["--min-semi-space-size=64", "--max-semi-space-size=64", "--expose-gc"];

/** The stacks that an app may have many of: the construct with literals, or the root stack with its variables. */
const STACKS = {
  KloudfuseFirehose: (app: App, id: string): void => {
    const stack = new TerraformStack(app, id);
    new LocalBackend(stack, { path: `${id}.tfstate` });
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new KloudfuseFirehose(stack, "kloudfuse", { kloudfuseIngesterHost: "kfuse.example.com" });
  },
  KloudfuseFirehoseStack: (app: App, id: string): void => {
    new KloudfuseFirehoseStack(app, id);
  },
};

/** The measures of a process. */
interface StackSample {
  readonly cpuMs: number;
  readonly heapKb: number;
  readonly peakKb: number;
}

const MEASURES = { cpuMs: "ms of CPU time", heapKb: "KB of heap", peakKb: "KB at the peak" };

/** Synthesizes one app in this process, and prints its sample. */
function synthesize(make: (app: App, id: string) => void, stacks: number, folder: string): void {
  const start = process.cpuUsage();
  const app = withoutCreationStacks(() => {
    const created = new App({ outdir: folder });
    for (let stack = 0; stack < stacks; stack++) {
      make(created, `kloudfuse-${stack}`);
    }
    created.synth();
    return created;
  });
  const { user, system } = process.cpuUsage(start);
  const peakKb = process.resourceUsage().maxRSS;
  globalThis.gc?.();
  const heapKb = process.memoryUsage().heapUsed / 1024;
  if (app.node.children.length !== stacks) {
    throw new Error(`The app must have ${stacks} stacks, got ${app.node.children.length}.`);
  }
  console.log([(user + system) / 1000, heapKb, peakKb].join(" "));
}

function measureApp(kind: string, stacks: number): StackSample {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-bench-"));
  try {
    const args = [...NODE_OPTIONS, "scripts/run.cjs", "bench/stacks.ts", kind, String(stacks), folder];
    const [cpuMs = NaN, heapKb = NaN, peakKb = NaN] = execFileSync("node", args, { encoding: "utf8" })
      .split(" ")
      .map(Number);
    return { cpuMs, heapKb, peakKb };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function perStack(stacks: number, { cpuMs, heapKb, peakKb }: StackSample, empty: StackSample): StackSample {
  return {
    cpuMs: (cpuMs - empty.cpuMs) / stacks,
    heapKb: (heapKb - empty.heapKb) / stacks,
    peakKb: (peakKb - empty.peakKb) / stacks,
  };
}

function bench(): void {
  for (const kind of Object.keys(STACKS)) {
    const few = new Array<StackSample>();
    const many = new Array<StackSample>();
    // Interleaved, so that both are measured under the same load.
    for (let run = 0; run < RUNS; run++) {
      const empty = measureApp(kind, 0);
      few.push(perStack(FEW, measureApp(kind, FEW), empty));
      many.push(perStack(MANY, measureApp(kind, MANY), empty));
    }
    console.log(`${kind}, for each stack of an app (medians of ${RUNS})`);
    for (const measure of ["cpuMs", "heapKb", "peakKb"] as const) {
      const [ofFew, ofMany] = [few, many].map((samples) => median(samples.map((sample) => sample[measure])));
      console.log(
        `${MEASURES[measure].padEnd(18)} ${ofFew?.toFixed(0)} of ${FEW}, ${ofMany?.toFixed(0)} of ${MANY}: ` +
          `ratio ${((ofMany ?? NaN) / (ofFew ?? NaN)).toFixed(2)} (at most ${MAX_RATIO})`,
      );
    }
  }
}

const [kind, stacks, folder] = process.argv.slice(3);
const make = Object.entries(STACKS).find(([name]) => name === kind)?.[1];
if (make === undefined || folder === undefined) {
  bench();
} else {
  synthesize(make, Number(stacks), folder);
}
