import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { KloudfuseFirehoseStack } from "../../modules";
import { evaluate } from "../../policies";
import { readPlan } from "../../policies/plan";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { outputOf } from "./helpers/run";
import { PROJECT, TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

/** Resources in policies, of which a first plan does not know the ARN. */
const UNKNOWN_WITH_OWN_ROLE_AND_BUCKET = ["KFF-IAM-004", "KFF-IAM-007", "KFF-IAM-010", "KFF-BKT-003"];

/** The examples that are Terraform roots. */
const EXAMPLES = [
  "basic",
  "existing-role-and-bucket",
  "hcp-terraform",
  "monitoring",
  "secrets-manager",
  "sources",
  "two-regions",
  "whole-account",
];

describe("the policies", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
  });

  afterAll(async () => {
    await emulator.stop();
  });

  /** The outcomes of a first plan, each kind with the policies that it came from. */
  const evaluated = async (root: TerraformRoot): Promise<Record<string, string[]>> => {
    try {
      await root.init();
      outputOf("terraform plan", await root.run("plan", "-out=plan"));
      const plan = readPlan(outputOf("terraform show", await root.run("show", "-json", "plan")));
      const verdicts = evaluate(plan).verdicts;
      const ids = (kind: string): string[] =>
        verdicts.filter(({ outcomes }) => outcomes.some((one) => one.kind === kind)).map(({ policy }) => policy.id);
      return { findings: ids("finding"), unknown: ids("unknown") };
    } finally {
      root.remove();
    }
  };

  const variables = (): Record<string, string> => ({
    ...emulator.environment,
    TF_VAR_kloudfuse_ingester_host: "kfuse.example.com",
    TF_VAR_bucket_name: "my-telemetry",
  });

  it("evaluate the plan of every example that is a Terraform root", () => {
    const roots = readdirSync(join(PROJECT, "examples")).filter((example) =>
      existsSync(join(PROJECT, "examples", example, "main.tf")),
    );
    expect(roots.sort()).toEqual(EXAMPLES);
  });

  it.each(EXAMPLES)("find nothing in the plan of examples/%s", async (example) => {
    expect(await evaluated(TerraformRoot.copy(`examples/${example}`, variables()))).toMatchObject({ findings: [] });
  });

  it.each(EXAMPLES)("are asked again, at the second plan, by the test of examples/%s", (example) => {
    const test = readFileSync(join(PROJECT, "test/e2e", `example-${example}.test.ts`), "utf8");
    expect(test).toContain('it("follows every policy at the second plan"');
  });

  it.each(["basic", "hcp-terraform"])("know all about the first plan of examples/%s", async (example) => {
    expect(await evaluated(TerraformRoot.copy(`examples/${example}`, variables()))).toMatchObject({ unknown: [] });
  });

  it("say what they cannot know where the role and the bucket are made in the same root", async () => {
    expect(await evaluated(TerraformRoot.copy("examples/existing-role-and-bucket", variables()))).toMatchObject({
      unknown: UNKNOWN_WITH_OWN_ROLE_AND_BUCKET,
    });
  });

  it("find nothing in the plan of the root stack", async () => {
    const root = TerraformRoot.empty(variables());
    const app = new App({ outdir: join(root.folder, "cdktf.out") });
    new KloudfuseFirehoseStack(app, "kloudfuse-firehose");
    app.synth();
    root.write("cdk.tf.json", readFileSync(join(app.outdir, "stacks/kloudfuse-firehose/cdk.tf.json"), "utf8"));
    expect(await evaluated(root)).toEqual({ findings: [], unknown: [] });
  });
});
