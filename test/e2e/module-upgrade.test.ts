import { cpSync } from "node:fs";
import { join } from "node:path";
import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { Json } from "./helpers/json";
import { outputOf } from "./helpers/run";
import { PROJECT, TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const RELEASED = "./released-module";
const CURRENT = "../../terraform/kloudfuse-firehose";

/** Inputs of every kind; the second module uses what the first one made. */
const rootOf = (source: string): string => `
module "kloudfuse" {
  source = "${source}"

  kloudfuse_ingester_host = "kfuse.example.com"
  buffering_size_mb       = 8
  logs_buffering_size_mb  = 2
  access_key              = "key"
  common_attributes       = { environment = "production" }
  role_path               = "/observability/"
  tags                    = { team = "platform" }
}

module "second" {
  source = "${source}"

  kloudfuse_ingester_host = "second.example.com"
  metrics_stream_name     = "second-metrics"
  logs_stream_name        = "second-logs"
  create_role             = false
  role_arn                = module.kloudfuse.role_arn
  create_backup_bucket    = false
  backup_bucket_arn       = module.kloudfuse.backup_bucket_arn
}
`;

/**
 * test/fixtures/released-module is the module of the last release. Replace it when a release is made,
 * never to make this test pass.
 */
describe("an upgrade from the released module", () => {
  let emulator: Emulator;
  let aws: Aws;
  let root: TerraformRoot;
  let plan: Json;
  let deployed: unknown;

  const everything = async (): Promise<unknown> => ({
    names: await aws.everything(),
    role: await aws.role("KloudfuseFirehoseRole"),
    streams: await Promise.all(
      ["kloudfuse-metrics", "kloudfuse-logs", "second-metrics", "second-logs"].map(
        async (name) => (await aws.stream(name)).description,
      ),
    ),
  });

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    root = TerraformRoot.write(rootOf(RELEASED), emulator.environment);
    cpSync(join(PROJECT, "test/fixtures/released-module"), join(root.folder, RELEASED), { recursive: true });
    await root.init();
    await root.apply();
    deployed = await everything();
    root.write("main.tf", rootOf(CURRENT));
    await root.init();
    outputOf("terraform plan", await root.run("plan", "-out=plan"));
    plan = Json.parse(outputOf("terraform show", await root.run("show", "-json", "plan")));
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("changes nothing", () => {
    const changes = plan.at("resource_changes").list.map((change) => change.at("change", "actions").value);
    expect(changes.length).toBeGreaterThan(20);
    expect(new Set(changes.map((actions) => JSON.stringify(actions)))).toEqual(new Set(['["no-op"]']));
  });

  it("moves what a flag decides now to its first instance, and nothing else", () => {
    const moved = plan
      .at("resource_changes")
      .list.filter((change) => change.has("previous_address"))
      .map((change) => [change.at("previous_address").text, change.at("address").text]);
    const addresses = [
      "aws_cloudwatch_log_stream.logs_http_endpoint_delivery",
      "aws_cloudwatch_log_stream.logs_s3_backup",
      "aws_cloudwatch_log_stream.metrics_http_endpoint_delivery",
      "aws_cloudwatch_log_stream.metrics_s3_backup",
      "aws_iam_role_policy.delivery_deliver",
      "aws_iam_role_policy.delivery_put_records",
      "aws_kinesis_firehose_delivery_stream.logs",
      "aws_kinesis_firehose_delivery_stream.metrics",
    ];
    expect(moved.sort()).toEqual(
      ["kloudfuse", "second"].flatMap((name) =>
        addresses.map((address) => [`module.${name}.${address}`, `module.${name}.${address}[0]`]),
      ),
    );
  });

  it("leaves everything as it was, and nothing for the next plan to do", async () => {
    await root.apply();
    expect(await everything()).toEqual(deployed);
    expect(await root.planHasChanges()).toBe(false);
  });
});
