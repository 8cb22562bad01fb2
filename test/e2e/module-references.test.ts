import { type Emulator, startEmulator } from "./helpers/emulator";
import { outputOf } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const ASSUMED_BY_FIREHOSE = `jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "firehose.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })`;

/** What a root gives to the module, with a policy that names an output of the module. */
const ROOT = `

locals {
  allow = { for name, arn in { key = module.key.role_arn, secret = module.secret.role_arn } : name => jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = arn }, Action = "*", Resource = "*" }]
  }) }
}

resource "aws_kms_key" "telemetry" {
  policy = local.allow["key"]
}

module "key" {
  source                  = "../../terraform/kloudfuse-firehose"
  kloudfuse_ingester_host = "kfuse.example.com"
  role_name               = "key"
  kms_key_arn             = aws_kms_key.telemetry.arn
}

resource "aws_secretsmanager_secret" "telemetry" {
  name = "telemetry"
}

resource "aws_secretsmanager_secret_policy" "telemetry" {
  secret_arn = aws_secretsmanager_secret.telemetry.arn
  policy     = local.allow["secret"]
}

module "secret" {
  source                  = "../../terraform/kloudfuse-firehose"
  kloudfuse_ingester_host = "kfuse.example.com"
  role_name               = "secret"
  access_key_secret_arn   = aws_secretsmanager_secret.telemetry.arn
}

resource "aws_iam_role" "existing" {
  name               = "existing"
  assume_role_policy = ${ASSUMED_BY_FIREHOSE}

  inline_policy {
    name   = "bucket"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "\${module.role.backup_bucket_arn}/*" }]
    })
  }
  inline_policy {
    name   = "documents"
    policy = module.role.role_policies["KloudfuseFirehoseDelivery"]
  }
}

module "role" {
  source                  = "../../terraform/kloudfuse-firehose"
  kloudfuse_ingester_host = "kfuse.example.com"
  create_role             = false
  role_arn                = aws_iam_role.existing.arn
  create_role_policies    = false
}

resource "aws_sns_topic" "alarms" {
  name   = "alarms"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = module.topic.role_arn }, Action = "sns:Publish", Resource = "*" }]
  })
}

module "topic" {
  source                  = "../../terraform/kloudfuse-firehose"
  kloudfuse_ingester_host = "kfuse.example.com"
  role_name               = "topic"
  create_alarms           = true
  alarm_topic_arn         = aws_sns_topic.alarms.arn
  create_dashboard        = true
}

module "topic_key" {
  source                  = "../../terraform/kloudfuse-firehose"
  kloudfuse_ingester_host = "kfuse.example.com"
  role_name               = "topic-key"
  kms_key_arn             = aws_kms_key.telemetry.arn
  create_alarms           = true
  create_alarm_topic      = true
  alarm_topic_kms_key_arn = aws_kms_key.telemetry.arn
}
`;

describe("a key, a secret, a topic and a role whose policies name outputs of the module", () => {
  let emulator: Emulator;
  let root: TerraformRoot;

  beforeAll(async () => {
    emulator = await startEmulator();
    root = TerraformRoot.write(ROOT, emulator.environment);
    await root.init();
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("plan, without a cycle", async () => {
    expect(outputOf("terraform plan", await root.run("plan"))).toContain(" to add, 0 to change, 0 to destroy.");
  });
});
