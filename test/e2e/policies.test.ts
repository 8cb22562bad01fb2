import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, POLICIES } from "../../policies";
import { readPlan } from "../../policies/plan";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { edited, MUTATIONS } from "./helpers/mutations";
import { outputOf } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const ROOT = `
provider "aws" {
  region = var.region
}

variable "region" {
  default = "us-east-1"
}

variable "kms_key_arn" {
  default = null
}

variable "access_key" {
  default = null
}

variable "sources" {
  default = false
}

variable "alarms" {
  default = false
}

variable "log_group" {
  default = "/ecs/api"
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = "kfuse.example.com"
  kms_key_arn             = var.kms_key_arn
  access_key              = var.access_key

  create_metric_stream          = var.sources
  metric_stream_include_filters = { "AWS/EC2" = ["CPUUtilization"] }
  metric_stream_statistics      = [{ namespace = "AWS/EC2", metric_name = "CPUUtilization", statistics = ["p99"] }]
  log_groups                    = var.sources ? { api = var.log_group } : {}
  subscribe_account             = var.sources
  account_excluded_log_groups   = [var.log_group]

  create_alarms      = var.alarms
  create_alarm_topic = var.alarms
}

# Not to Kloudfuse: left alone by every policy.
resource "aws_s3_bucket" "other" {
  bucket        = "other"
  force_destroy = true
}
`;

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

/** The root with more inputs of the module. */
function rootWith(inputs: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(inputs).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  const own = ROOT.split("\n").filter((line) => !Object.keys(inputs).some((name) => line.startsWith(`  ${name} `)));
  return own.join("\n").replace("access_key              = var.access_key", (line) => [line, ...lines].join("\n"));
}

describe("the policies on plans of the real module", () => {
  let emulator: Emulator;
  let root: TerraformRoot;
  let main: string;
  let module: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    root = TerraformRoot.write(ROOT, emulator.environment);
    await root.init();
    module = join(root.folder, "../../terraform/kloudfuse-firehose/main.tf.json");
    main = readFileSync(module, "utf8");
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  const planned = async (options: readonly string[] = []): Promise<string> => {
    outputOf("terraform plan", await root.run("plan", "-out=plan", ...options));
    return outputOf("terraform show", await root.run("show", "-json", "plan"));
  };
  const outcomesOf = (plan: string): string[] => {
    expect(JSON.stringify(evaluate(readPlan(plan)).verdicts)).not.toContain("s3cr3t-4cc3ss-k3y");
    return evaluate(readPlan(plan)).verdicts.flatMap(({ policy, outcomes: list }) =>
      list.map(({ kind }) => `${policy.id} ${kind}`),
    );
  };
  const outcomes = async (options: readonly string[] = []): Promise<string[]> => outcomesOf(await planned(options));

  afterEach(() => {
    writeFileSync(module, main);
  });

  it("all pass on the module as it is", async () => {
    expect(await outcomes()).toEqual([]);
  });

  it.each([
    ["one signal only: metrics", { create_logs_stream: false }],
    ["one signal only: logs", { create_metrics_stream: false }],
    ["a prefix of the deployment", { backup_prefix: "eu-west-1/" }],
  ])("all pass with %s", async (_what, inputs) => {
    root.write("main.tf", rootWith(inputs));
    try {
      expect(await outcomes()).toEqual([]);
    } finally {
      root.write("main.tf", ROOT);
    }
  });

  it("all pass with every source", async () => {
    expect(await outcomes(["-var=sources=true"])).toEqual([]);
  });

  it("all pass with every alarm and their topic, of which a first plan does not know the ARN of the alarms", async () => {
    expect(await outcomes(["-var=sources=true", "-var=alarms=true"])).toEqual(["KFF-ALM-003 unknown"]);
  });

  it("all pass with a customer-managed key, of which the plan does not have the policy", async () => {
    expect([...new Set(await outcomes([`-var=kms_key_arn=${KEY}`]))]).toEqual(["KFF-ENC-004 unknown"]);
  });

  it.each([
    ["cn-north-1", "logs.amazonaws.com.cn"],
    ["us-gov-west-1", "logs.amazonaws.com"],
    ["us-iso-east-1", "logs.c2s.ic.gov"],
    ["us-isob-east-1", "logs.sc2s.sgov.gov"],
  ])("all pass in %s, where CloudWatch Logs is %s", async (region, principal) => {
    const plan = await planned([`-var=region=${region}`]);
    expect(plan).toContain(`"Service\\": \\"${principal}\\"`);
    expect(outcomesOf(plan)).toEqual([]);
  });

  it("are each broken by a mutation, but for those about changes", () => {
    const mutated = new Set(MUTATIONS.map(({ policy }) => policy));
    const families = POLICIES.map(({ id }) => id).filter((id) => !id.startsWith("KFF-CHG"));
    expect(families.filter((id) => !mutated.has(id))).toEqual([]);
  });

  it.each(MUTATIONS)("$policy finds that $name", async ({ policy, also, edits = [], options }) => {
    writeFileSync(module, edited(main, edits));
    const findings = (await outcomes(options)).filter((line) => line.endsWith(" finding"));
    const expected = [policy, ...(also === undefined ? [] : [also])];
    expect([...new Set(findings)].sort()).toEqual(expected.sort().map((id) => `${id} finding`));
  });
});
