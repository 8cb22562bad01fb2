import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { unwrapped } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const ROOT = `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  alias  = "eu"
  region = "eu-west-1"
}

variable "revision" {
  type = string
}

variable "bucket_name" {
  type    = string
  default = null
}

resource "terraform_data" "before" {
  input = var.revision
}

module "kloudfuse" {
  source     = "../../terraform/kloudfuse-firehose"
  providers  = { aws = aws.eu }
  depends_on = [terraform_data.before]

  kloudfuse_ingester_host = "kfuse.example.com"
  backup_bucket_name      = var.bucket_name
  create_alarms           = true
  create_alarm_topic      = true
  alarm_emails            = ["on-call@example.com"]
  create_dashboard        = true
}

module "second" {
  source     = "../../terraform/kloudfuse-firehose"
  providers  = { aws = aws.eu }
  depends_on = [terraform_data.before]

  kloudfuse_ingester_host = "second.example.com"
  metrics_stream_name     = "second-metrics"
  logs_stream_name        = "second-logs"
  create_role             = false
  role_arn                = module.kloudfuse.role_arn
  create_backup_bucket    = false
  backup_bucket_arn       = module.kloudfuse.backup_bucket_arn
}
`;

const STREAMS = ["kloudfuse-logs", "kloudfuse-metrics", "second-logs", "second-metrics"];

describe("the module, twice, under a parent that pins ~> 5.100, passes a provider and makes both wait with depends_on", () => {
  let emulator: Emulator;
  let us: Aws;
  let eu: Aws;
  let root: TerraformRoot;
  let account: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    us = new Aws(emulator);
    eu = new Aws(emulator, "eu-west-1");
    root = TerraformRoot.write(ROOT, emulator.environment);
    account = await us.accountId();
    await root.init();
    await root.apply("-var=revision=1");
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("deploys to the region of the provider that it was given, and to no other", async () => {
    expect(await eu.everything()).toMatchObject({
      streams: STREAMS,
      buckets: [`kloudfuse-firehose-backup-${account}-eu-west-1`],
      logGroups: [
        "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs",
        "/aws/kinesisfirehose/second-metrics/second-logs",
      ],
    });
    expect(await us.everything()).toMatchObject({ streams: [], logGroups: [] });
  });

  it("delivers both times with the one role, which has the permissions of both", async () => {
    const { arn, inlinePolicies } = await eu.role("KloudfuseFirehoseRole");
    for (const name of STREAMS) {
      expect((await eu.stream(name)).http.RoleARN).toBe(arn);
    }
    expect(Object.keys(inlinePolicies).sort()).toEqual([
      "KloudfuseFirehoseDelivery",
      "KloudfuseFirehoseDelivery-eu-west-1-second-metrics",
      "KloudfuseFirehosePermissions",
      "KloudfuseFirehosePermissions-eu-west-1-second-metrics",
    ]);
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges("-var=revision=1")).toBe(false);
  });

  it("replaces nothing when what it depends on changes", async () => {
    const streams = async (): Promise<unknown[]> =>
      await Promise.all(STREAMS.map(async (name) => (await eu.stream(name)).description));
    const before = await streams();

    const changes = await root.plannedChanges("-var=revision=2");
    expect(changes).toContainEqual({ address: "terraform_data.before", actions: ["update"] });
    expect(changes.filter(({ actions }) => /delete|create|forget/.test(JSON.stringify(actions)))).toEqual([]);

    await root.apply("-var=revision=2");
    expect(await streams()).toEqual(before);
    expect(await root.planHasChanges("-var=revision=2")).toBe(false);
  });

  it("rejects a rename of the deployed bucket, which would lose the failed records in it", async () => {
    const { exitCode, stderr } = await root.run("plan", "-var=revision=2", "-var=bucket_name=another-name");

    expect(exitCode).toBe(1);
    expect(unwrapped(stderr)).toContain(
      `The backup bucket must keep its name, "kloudfuse-firehose-backup-${account}-eu-west-1": ` +
        "a rename replaces it and loses the failed records in it. " +
        "Use its current name, or replace it deliberately with -replace.",
    );
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy("-var=revision=2");
    const nothing = { streams: [], roles: [], buckets: [], logGroups: [] };
    expect(await eu.everything()).toEqual(nothing);
  });
});
