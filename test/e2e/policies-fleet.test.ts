import { copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { Json } from "./helpers/json";
import { type EndedCommand, outputOf, run } from "./helpers/run";
import { Workstation } from "./helpers/workstation";

jest.setTimeout(600_000);

const ACCOUNTS = ["111122223333", "444455556666"] as const;
const REGION = "eu-west-1";
const [FIRST, SECOND] = ["kloudfuse-firehose-111122223333-eu-west-1", "kloudfuse-firehose-444455556666-eu-west-1"];
const BUCKET = "aws_s3_bucket.backup";
const HOST = "kfuse.example.com";

const fleetWith = (inputs: object): string =>
  JSON.stringify({
    defaults: { assume_role: "arn:aws:iam::{account}:role/Deployer", regions: [REGION], inputs },
    accounts: ACCOUNTS.map((id) => ({ id })),
  });

describe("the policies on the plans of a fleet of two accounts", () => {
  let emulator: Emulator;
  let workstation: Workstation;
  let folder: string;
  let plans: string;

  const terraform = async (stack: string, ...args: readonly string[]): Promise<string> =>
    outputOf(
      `terraform ${String(args[0])}`,
      await run("terraform", args, {
        cwd: join(workstation.folder, "cdktf.out/stacks", stack),
        environment: emulator.environment,
      }),
    );

  const writePlan = async (stack: string, file: string): Promise<void> => {
    await terraform(stack, "plan", "-input=false", "-out=plan.bin");
    workstation.write(file, await terraform(stack, "show", "-json", "plan.bin"));
  };

  const policy = async (...options: readonly string[]): Promise<EndedCommand> =>
    await runCli(
      ["policy", "--fleet", join(workstation.folder, "fleet.json"), ...options, plans],
      emulator.environment,
    );

  beforeAll(async () => {
    emulator = await startEmulator();
    workstation = new Workstation(emulator.environment);
    folder = join(workstation.folder, "made");
    plans = join(workstation.folder, "plans");
    workstation.write("fleet.json", fleetWith({ kloudfuse_ingester_host: HOST }));
    expect(await workstation.node(["scripts/run.cjs", "main.ts"])).toMatchObject({ exitCode: 0, output: "" });
    mkdirSync(folder);
    for (const stack of [FIRST, SECOND]) {
      await terraform(stack, "init", "-input=false");
      await writePlan(stack, `made/${stack}.json`);
    }
  });

  beforeEach(() => {
    mkdirSync(plans);
    for (const stack of [FIRST, SECOND]) {
      copyFileSync(join(folder, `${stack}.json`), join(plans, `${stack}.json`));
    }
  });

  afterEach(() => {
    rmSync(plans, { recursive: true });
  });

  afterAll(async () => {
    workstation.remove();
    await emulator.stop();
  });

  it("pass", async () => {
    const { exitCode, output } = await policy();
    expect(output).toContain("# 2 stacks: 2 passed, 0 with findings, 0 undetermined.\n");
    expect(output).toContain(" policies on 4 streams, 2 roles, 2 backup buckets: 0 findings, 0 allowed, ");
    expect(exitCode).toBe(0);
  });

  it("are undetermined of a stack whose plan is missing", async () => {
    rmSync(join(plans, `${FIRST}.json`));
    const { exitCode, output } = await policy();
    expect(output).toContain(
      `unknown\t${FIRST}\t-\tplan\tThe plan ${plans}/${FIRST}.json cannot be read: it does not exist.\t` +
        `Create it with: terraform -chdir=cdktf.out/stacks/${FIRST} plan -out=plan.bin`,
    );
    expect(output).toContain("# 2 stacks: 1 passed, 0 with findings, 1 undetermined.\n");
    expect(exitCode).toBe(2);
  });

  it("are undetermined of both stacks whose plans are swapped", async () => {
    const [first, second, other] = [FIRST, SECOND, "other"].map((name) => join(plans, `${name}.json`));
    renameSync(String(first), String(other));
    renameSync(String(second), String(first));
    renameSync(String(other), String(second));
    const { exitCode, output } = await policy();
    expect(output).toContain(`${plans}/${FIRST}.json is the plan of account ${ACCOUNTS[1]} and region ${REGION}.`);
    expect(output).toContain(`${plans}/${SECOND}.json is the plan of account ${ACCOUNTS[0]} and region ${REGION}.`);
    expect(output).toContain("# 2 stacks: 0 passed, 0 with findings, 2 undetermined.\n");
    expect(exitCode).toBe(2);
  });

  it("are undetermined of both stacks where the file changed after the plans", async () => {
    const inputs = { kloudfuse_ingester_host: "other.example.com", logs_stream_name: "acme-logs" };
    workstation.write("fleet.json", fleetWith(inputs));
    const { exitCode, output } = await policy();
    workstation.write("fleet.json", fleetWith({ kloudfuse_ingester_host: HOST }));
    for (const stack of [FIRST, SECOND]) {
      expect(output).toContain(
        `${plans}/${stack}.json is older than the inputs of its stack, or the plan of another root`,
      );
    }
    expect(output).toContain("the plan has the streams kloudfuse-logs, kloudfuse-metrics, ");
    expect(output).toContain("fleet.json has the streams acme-logs, kloudfuse-metrics; ");
    expect(output).toContain(`the plan has the host ${HOST}, `);
    expect(output).toContain("# 2 stacks: 0 passed, 0 with findings, 2 undetermined.\n");
    expect(exitCode).toBe(2);
  });

  describe("of which one is loosened", () => {
    beforeAll(async () => {
      const file = `cdktf.out/stacks/${SECOND}/cdk.tf.json`;
      const text = workstation.read(file);
      expect(text).toContain('"force_destroy": false');
      workstation.write(file, text.replace('"force_destroy": false', '"force_destroy": true'));
      await writePlan(SECOND, `made/${SECOND}.json`);
    });

    it("find it in its stack, whatever is undetermined of the other", async () => {
      rmSync(join(plans, `${FIRST}.json`));
      const { exitCode, output } = await policy();
      expect(output).toMatch(new RegExp(`^warning\\t${SECOND}\\t${BUCKET}(\\[0\\])?\\tKFF-BKT-006\\t`, "m"));
      expect(output).toContain("# 2 stacks: 0 passed, 1 with findings, 1 undetermined.\n");
      expect(exitCode).toBe(1);
    });

    it("allow it in its stack alone", async () => {
      expect((await policy("--allow", `KFF-BKT-006@${SECOND}=no data of value`)).exitCode).toBe(0);
      expect((await policy("--allow", `KFF-BKT-006@${FIRST}=no data of value`)).exitCode).toBe(1);
    });

    it("leave it out where other accounts are selected", async () => {
      const { exitCode, output } = await policy("--account", ACCOUNTS[0], "--format", "json");
      const stacks = Json.parse(output).at("stacks");
      expect(stacks.list.map((stack) => [stack.at("stack").text, stack.at("conclusion").text])).toEqual([
        [FIRST, "passed"],
      ]);
      expect(exitCode).toBe(0);
    });
  });
});
