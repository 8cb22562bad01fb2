import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnusableInput } from "../../../cli/exit-codes";
import { fleetPolicy } from "../../../cli/policy/fleet";
import type { PolicyOptions } from "../../../cli/policy/policy";
import { POLICIES } from "../../../policies";
import { FLEET_HOST } from "../../helpers/fleet";
import { ACCOUNT, deployment, type PlannedChange, planJson, type PlanParts } from "../../helpers/plan";
import { fakeTerminal } from "../../helpers/terminal";

const REGIONS = ["eu-west-1", "us-east-1"] as const;
const [FIRST, SECOND] = [
  `kloudfuse-firehose-${ACCOUNT}-${REGIONS[0]}`,
  `kloudfuse-firehose-${ACCOUNT}-${REGIONS[1]}`,
] as const;

let temporary = "";
let fleet = "";
let plans = "";

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "policy-fleet-"));
  fleet = join(temporary, "fleet.json");
  plans = join(temporary, "plans");
});

beforeEach(() => {
  const accounts = [{ id: ACCOUNT, regions: REGIONS }];
  writeFileSync(fleet, JSON.stringify({ defaults: { inputs: FLEET_HOST }, accounts }));
  mkdirSync(plans);
});

afterEach(() => {
  rmSync(plans, { recursive: true });
});

afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** Writes the plan of a region. */
function plan(region: string, changes: readonly PlannedChange[] = deployment({ region }), parts: PlanParts = {}): void {
  const providers = { aws: { region, allowed_account_ids: [ACCOUNT] } };
  writeFileSync(
    join(plans, `kloudfuse-firehose-${ACCOUNT}-${region}.json`),
    planJson(changes, { providers, ...parts }),
  );
}

interface PolicyRun {
  readonly exitCode: number;
  readonly output: string;
  readonly progress: string;
}

function run(options: Partial<PolicyOptions> = {}, folder = plans): PolicyRun {
  let [output, progress] = ["", ""];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += String(text);
    return true;
  });
  try {
    const exitCode = fleetPolicy(
      folder,
      { format: "table", allow: [], root: temporary, minSeverity: "note", ...options, fleet },
      fakeTerminal({ isTTY: false }),
      { isTTY: true, write: (text) => (progress += text) },
    );
    return { exitCode, output, progress };
  } finally {
    write.mockRestore();
  }
}

const DESTROYED_STREAM: PlannedChange = {
  address: "aws_kinesis_firehose_delivery_stream.old",
  values: { destination: "http_endpoint", name: "kloudfuse-old" },
  actions: ["delete"],
};
const DESTROYED_LINE = `error\t${SECOND}\taws_kinesis_firehose_delivery_stream.old\tKFF-CHG-001\tit is destroyed\t`;

function loosenSecond(): void {
  plan(REGIONS[0]);
  plan(REGIONS[1], [...deployment({ region: REGIONS[1] }), DESTROYED_STREAM]);
}

describe("the policies on the plans of a fleet", () => {
  test("end with 0 when every stack passes", () => {
    plan(REGIONS[0]);
    plan(REGIONS[1]);
    expect(run()).toMatchObject({
      exitCode: 0,
      output:
        "# 2 stacks: 2 passed, 0 with findings, 0 undetermined.\n" +
        `# ${POLICIES.length} policies on 4 streams, 2 roles, 2 backup buckets: 0 findings, 0 allowed, 0 unknown until the apply.\n`,
    });
  });

  test("show on a terminal how many were evaluated", () => {
    expect(run().progress).toBe("\r\u001b[K0 of 2 plans evaluated\r\u001b[K1 of 2 plans evaluated\r\u001b[K");
  });

  test("end with 1 when one stack has findings", () => {
    loosenSecond();
    const { exitCode, output } = run();
    expect(output).toContain(DESTROYED_LINE);
    expect(output).toContain("# 2 stacks: 1 passed, 1 with findings, 0 undetermined.\n");
    expect(exitCode).toBe(1);
  });

  test("end with 2 when the plan of one stack is missing", () => {
    plan(REGIONS[1]);
    const { exitCode, output } = run();
    expect(output).toContain(`unknown\t${FIRST}\t-\tplan\tThe plan ${plans}/${FIRST}.json cannot be read: `);
    expect(output).toContain("# 2 stacks: 1 passed, 0 with findings, 1 undetermined.\n");
    expect(exitCode).toBe(2);
  });

  test("end with 1 when one stack has findings and the plan of another is missing, which hides nothing", () => {
    loosenSecond();
    rmSync(join(plans, `${FIRST}.json`));
    const { exitCode, output } = run();
    expect(output).toContain(DESTROYED_LINE);
    expect(output).toContain("# 2 stacks: 0 passed, 1 with findings, 1 undetermined.\n");
    expect(exitCode).toBe(1);
  });

  test("end with 2 when a plan leaves out too much", () => {
    plan(REGIONS[0]);
    plan(REGIONS[1], deployment({ region: REGIONS[1] }), { complete: false });
    expect(run().exitCode).toBe(2);
  });

  test("end with 0 on a plan without a stream with --allow-no-stream alone", () => {
    plan(REGIONS[0]);
    plan(REGIONS[1], []);
    expect(run().exitCode).toBe(2);
    expect(run({ allowNoStream: true }).exitCode).toBe(0);
  });

  test("end with 1 on what is unknown in one stack with --fail-on-unknown alone", () => {
    plan(REGIONS[0]);
    const unknown = ["server_side_encryption.0.enabled"];
    plan(
      REGIONS[1],
      deployment({ region: REGIONS[1] }).map((change) =>
        change.address.endsWith(".logs") ? { ...change, unknown } : change,
      ),
    );
    expect(run().exitCode).toBe(0);
    const { exitCode, output } = run({ failOnUnknown: true });
    expect(output).toContain(
      "# 2 stacks: 1 passed, 0 with findings, 0 undetermined, 1 failed because of --fail-on-unknown.\n",
    );
    expect(exitCode).toBe(1);
  });

  test("end with 2 when a plan was created before the file changed", () => {
    plan(REGIONS[0]);
    plan(REGIONS[1], deployment({ region: REGIONS[1], signals: ["logs"] }));
    const { exitCode, output } = run();
    expect(output).toContain("# 2 stacks: 1 passed, 0 with findings, 1 undetermined.\n");
    expect(exitCode).toBe(2);
  });

  test.each(["table", "json", "sarif", "junit", "markdown"])("warn in %s of an old plan, and end with 0", (format) => {
    plan(REGIONS[0]);
    plan(REGIONS[1], deployment({ region: REGIONS[1] }), { timestamp: "2001-02-03T04:05:06Z" });
    writeFileSync(join(temporary, "main.tf"), "");
    const { exitCode, output } = run({ format });
    expect(output).toMatch(/was created at 2001-02-03 04:05:06Z, [0-9,]+ days ago/);
    expect(exitCode).toBe(0);
  });

  test.each([
    [0, "KFF-CHG-001=planned"],
    [0, `KFF-CHG-001@${SECOND}=planned`],
    [0, `KFF-CHG-001@${SECOND}.${DESTROYED_STREAM.address}=planned`],
    [1, `KFF-CHG-001@${FIRST}=planned`],
  ])("end with %i with --allow %s", (exitCode, allowance) => {
    loosenSecond();
    expect(run({ allow: [allowance] }).exitCode).toBe(exitCode);
  });

  test("are of the accounts and regions that are selected", () => {
    loosenSecond();
    const { exitCode, output } = run({ region: [REGIONS[0]] });
    expect(output).toContain("# 1 stack: 1 passed, 0 with findings, 0 undetermined.\n");
    expect(output).not.toContain("of no stack");
    expect(exitCode).toBe(0);
  });
});

describe("the folder of the plans", () => {
  test("has files of no stack, which are named", () => {
    plan(REGIONS[0]);
    plan(REGIONS[1]);
    for (const name of ["other.json", `${FIRST}.json.json`, "notes.txt"]) {
      writeFileSync(join(plans, name), "{}");
    }
    const { exitCode, output } = run();
    expect(output).toContain(
      `# ${plans} has 2 files without a stack in ${fleet}: ${FIRST}.json.json, other.json. ` +
        "Rename the plan of a stack to <stack>.json; remove the others.\n",
    );
    expect(exitCode).toBe(0);
  });

  test.each([
    [
      "-",
      "--fleet requires a folder that has the plan of each stack as <stack>.json, got the standard input. Name the folder.",
    ],
    [
      "/none",
      "The plans of a fleet must be in a folder that can be read, got /none (it does not exist). Save the plan of each stack there as <stack>.json.",
    ],
  ])("is not %s", (folder, message) => {
    expect(() => run({}, folder)).toThrow(new UnusableInput(message));
  });

  test("is not a file", () => {
    expect(() => run({}, fleet)).toThrow(
      new UnusableInput(
        `The plans of a fleet must be in a folder that can be read, got ${fleet} (it is not a folder). Save the plan of each stack there as <stack>.json.`,
      ),
    );
  });

  test("is not read for a region that the fleet does not have", () => {
    expect(() => run({ region: ["eu-west1"] })).toThrow(/^--region must be one of the regions in /);
  });
});
