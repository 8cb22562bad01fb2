import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { unwrapped } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

const moduleWith = (name: string, inputs: string): string => `
module "${name}" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = "${name}.example.com"
${inputs}
}
`;

/** The bucket is the caller's: a lifecycle configuration takes the provider about 55 seconds. */
const BUCKET = `
resource "aws_s3_bucket" "shared" {
  bucket = "shared-failed-data"
}
`;

const SHARED_BUCKET = `
  create_backup_bucket = false
  backup_bucket_arn    = aws_s3_bucket.shared.arn
`;

const ROLE_OF_OWN = `
resource "aws_iam_role" "telemetry" {
  name               = "telemetry"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "telemetry" {
  for_each = module.governed.role_policies
  role     = aws_iam_role.telemetry.name
  name     = "central-\${each.key}"
  policy   = each.value
}
`;

describe("the module's options", () => {
  let emulator: Emulator;
  let aws: Aws;
  let root: TerraformRoot;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    root = TerraformRoot.write(
      BUCKET +
        moduleWith(
          "logs",
          `${SHARED_BUCKET}
  create_metrics_stream = false
  logs_stream_name      = "only-logs"
  role_name             = "only-logs"
  backup_prefix         = "team-a/"
  kms_key_arn           = "${KEY}"
  tags                  = { team = "platform", stage = null }
  common_attributes     = { environment = "production", cluster = null }`,
        ) +
        moduleWith(
          "governed",
          `${SHARED_BUCKET}
  metrics_stream_name  = "governed-metrics"
  logs_stream_name     = "governed-logs"
  create_role          = false
  role_arn             = aws_iam_role.telemetry.arn
  create_role_policies = false
  backup_prefix        = "team-b/"`,
        ) +
        ROLE_OF_OWN,
      emulator.environment,
    );
    await root.init();
    await root.apply();
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("leave nothing for the second plan to do", async () => {
    expect(await root.planHasChanges()).toBe(false);
  });

  it("create one signal's stream only, with what belongs to it", async () => {
    const { streams } = await aws.everything();
    expect(streams).toEqual(["governed-logs", "governed-metrics", "only-logs"]);
    expect(await aws.logStreams("/aws/kinesisfirehose/kloudfuse-metrics/only-logs")).toEqual([
      "only-logs/http-endpoint-delivery",
      "only-logs/s3-backup",
    ]);
  });

  it("allow the role what that stream needs and no more", async () => {
    const { inlinePolicies } = await aws.role("only-logs");
    const text = JSON.stringify(inlinePolicies);
    expect(text).not.toContain("kloudfuse-metrics-failures");
    expect(text).not.toContain("deliverystream/kloudfuse-metrics");
    expect(inlinePolicies["KloudfuseFirehosePermissions"]).toMatchObject({
      Statement: [{ Resource: expect.stringMatching(/:deliverystream\/only-logs$/) as unknown }],
    });
  });

  it("put each deployment's failed records under its own prefix, where alone its role may write", async () => {
    for (const [stream, prefix] of [
      ["only-logs", "team-a/kloudfuse-logs-failures/"],
      ["governed-logs", "team-b/kloudfuse-logs-failures/"],
      ["governed-metrics", "team-b/kloudfuse-metrics-failures/"],
    ] as const) {
      expect((await aws.stream(stream)).http.S3DestinationDescription?.Prefix).toBe(prefix);
    }
    expect(JSON.stringify((await aws.role("only-logs")).inlinePolicies)).toContain(
      '"arn:aws:s3:::shared-failed-data/team-a/kloudfuse-logs-failures/*"',
    );
  });

  it("allow the role the customer-managed key through Firehose, S3 and Secrets Manager", async () => {
    const { inlinePolicies } = await aws.role("only-logs");
    expect(inlinePolicies["KloudfuseFirehoseDelivery"]).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Sid: "UseKmsKey",
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: KEY,
          Condition: {
            StringEquals: {
              "kms:ViaService": [
                "firehose.us-east-1.amazonaws.com",
                "s3.us-east-1.amazonaws.com",
                "secretsmanager.us-east-1.amazonaws.com",
              ],
            },
          },
        }),
      ]) as unknown,
    });
  });

  it("leave tags and attributes out whose value is null", async () => {
    const { http } = await aws.stream("only-logs");
    expect(http.RequestConfiguration?.CommonAttributes).toEqual([
      { AttributeName: "environment", AttributeValue: "production" },
    ]);
    const stream = await root.stateOf("module.logs.aws_kinesis_firehose_delivery_stream.logs[0]");
    expect(stream.at("tags_all").value).toEqual({ team: "platform" });
  });

  it("add no policy to a role whose owner attaches the documents", async () => {
    const { inlinePolicies } = await aws.role("telemetry");
    expect(Object.keys(inlinePolicies).sort()).toEqual([
      "central-KloudfuseFirehoseDelivery",
      "central-KloudfuseFirehosePermissions",
    ]);
    expect(inlinePolicies["central-KloudfuseFirehosePermissions"]).toMatchObject({
      Statement: [
        {
          Resource: [
            expect.stringMatching(/:deliverystream\/governed-metrics$/),
            expect.stringMatching(/:deliverystream\/governed-logs$/),
          ] as unknown,
        },
      ],
    });
  });
});

describe("what AWS would refuse half way through an apply is refused at plan", () => {
  let emulator: Emulator;
  let root: TerraformRoot;

  beforeAll(async () => {
    emulator = await startEmulator();
    root = TerraformRoot.write("", emulator.environment);
    root.write("main.tf", moduleWith("m", ""));
    await root.init();
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it.each([
    [
      'access_key_secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf"',
      "access_key_secret_arn must be in the streams' region, us-east-1, got \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf\". Replicate the secret to the streams' region, or create one there.",
    ],
    [
      'kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1"',
      "kms_key_arn must be in the streams' region, us-east-1, got \"arn:aws:kms:eu-west-1:123456789012:key/1\". Use a key of the streams' region, such as a replica of a multi-Region key.",
    ],
    [
      'create_role = false\n  role_arn = "arn:aws:iam::000000000000:role/telemetry"',
      'got "arn:aws:iam::000000000000:role/telemetry". A role cannot be passed to Firehose across accounts: use a role of this account.',
    ],
    [
      'backup_bucket_name = "failed-data-123456789012-us-east-1-an"',
      'backup_bucket_name must not end with -an, which S3 reserves for account regional namespaces, and which needs a header that the AWS provider does not send, got "failed-data-123456789012-us-east-1-an".',
    ],
    [
      'access_key_secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse"',
      'access_key_secret_arn must be the ARN of a Secrets Manager secret with its six-character suffix, such as -AbCdEf, got "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse".',
    ],
  ])("%s", async (inputs, message) => {
    root.write("main.tf", moduleWith("m", `  ${inputs}`));
    const { exitCode, stderr } = await root.run("plan");
    expect(exitCode).toBe(1);
    expect(unwrapped(stderr)).toContain(message);
  });

  it.each([
    ["create_role = false", "role_arn is required when create_role is false, got null.", "create_role = false"],
    [
      'role_arn = "arn:aws:iam::123456789012:role/telemetry"',
      "role_arn conflicts with create_role = true",
      'kloudfuse_ingester_host = "m.example.com"',
    ],
    [
      'metrics_stream_name = "kloudfuse-logs"',
      "logs_stream_name must not equal metrics_stream_name",
      'kloudfuse_ingester_host = "m.example.com"',
    ],
    ['access_key = "two words"', "access_key must have no white space", 'kloudfuse_ingester_host = "m.example.com"'],
  ])("%s, at a line that the user wrote", async (inputs, message, line) => {
    root.write("main.tf", moduleWith("m", `  ${inputs}`));
    const { exitCode, stderr } = await root.run("plan");
    expect(exitCode).toBe(1);
    expect(unwrapped(stderr)).toContain(message);
    expect(unwrapped(stderr)).toMatch(/on main\.tf line [1-9]/);
    expect(unwrapped(stderr)).toContain(line);
    expect(stderr).not.toContain("source code not available");
  });

  it("and a key, a bucket and a secret of another account are accepted", async () => {
    root.write(
      "main.tf",
      moduleWith(
        "m",
        `
  kms_key_arn           = "arn:aws:kms:us-east-1:000000000000:key/1"
  access_key_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:kloudfuse-AbCdEf"
  create_backup_bucket  = false
  backup_bucket_arn     = "arn:aws:s3:::bucket-of-another-account"`,
      ),
    );
    expect(await root.planHasChanges()).toBe(true);
  });
});
