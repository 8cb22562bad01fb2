import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { Json } from "./helpers/json";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";

describe("examples/secrets-manager", () => {
  let emulator: Emulator;
  let aws: Aws;
  let root: TerraformRoot;
  let roleArn: string;
  let secretArn: string;
  let keyArn: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    root = TerraformRoot.copy("examples/secrets-manager", emulator.environment);
    await root.init();
    await root.apply(HOST);
    roleArn = (await aws.role("KloudfuseFirehoseRole")).arn;
    secretArn = (await root.stateOf("aws_secretsmanager_secret.access_key")).at("arn").text;
    keyArn = (await root.stateOf("aws_kms_key.telemetry")).at("arn").text;
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("is valid", async () => {
    expect((await root.validate()).at("diagnostics").value).toEqual([]);
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges(HOST)).toBe(false);
  });

  it("follows every policy at the second plan", async () => {
    expect(await policyOutcomes(root, HOST)).toEqual([]);
  });

  describe.each(["kloudfuse-metrics", "kloudfuse-logs"])("the stream %s", (name) => {
    it("reads its access key from the secret, and has no other", async () => {
      const stream = `module.kloudfuse.aws_kinesis_firehose_delivery_stream.${name.replace("kloudfuse-", "")}[0]`;
      const configuration = (await root.stateOf(stream)).at("http_endpoint_configuration", 0);
      expect([null, ""]).toContain(configuration.at("access_key").value);
      const { http } = await aws.stream(name);
      expect(http.SecretsManagerConfiguration).toEqual({ Enabled: true, SecretARN: secretArn, RoleARN: roleArn });
    });

    it("is encrypted with the key, and so is its backup", async () => {
      const { description, http } = await aws.stream(name);
      expect(description.DeliveryStreamEncryptionConfiguration).toEqual({
        KeyType: "CUSTOMER_MANAGED_CMK",
        KeyARN: keyArn,
        Status: "ENABLED",
      });
      expect(http.S3DestinationDescription?.EncryptionConfiguration).toEqual({
        KMSEncryptionConfig: { AWSKMSKeyARN: keyArn },
      });
    });
  });

  it("encrypts the bucket with the key", async () => {
    expect(await aws.bucketEncryption(`kloudfuse-firehose-backup-${await aws.accountId()}-us-east-1`)).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn },
        BucketKeyEnabled: true,
      },
    ]);
  });

  it("lets the role read exactly this secret, and use exactly this key through Firehose, S3 and Secrets Manager", async () => {
    const { inlinePolicies } = await aws.role("KloudfuseFirehoseRole");
    const statements = new Json(inlinePolicies["KloudfuseFirehoseDelivery"]).at("Statement").value;
    expect(statements).toContainEqual({
      Sid: "ReadAccessKey",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: secretArn,
    });
    expect(statements).toContainEqual({
      Sid: "UseKmsKey",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: keyArn,
      Condition: {
        StringEquals: {
          "kms:ViaService": ["firehose", "s3", "secretsmanager"].map((service) => `${service}.us-east-1.amazonaws.com`),
        },
      },
    });
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy(HOST);
    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [], logGroups: [] });
  });
});
