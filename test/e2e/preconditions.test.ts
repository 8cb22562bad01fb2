import type { InputName, InputValues } from "../../modules/inputs";
import { EDGES } from "../../scripts/edge-cases";
import { onePerRule } from "../../scripts/edge-cases/edge-case";
import { Preconditions } from "./helpers/preconditions";
import { requireTerraform } from "./helpers/tools";

jest.setTimeout(180_000);

const HOST = { kloudfuseIngesterHost: "kfuse.example.com" };
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf";
const ROLE_ARN = "arn:aws:iam::123456789012:role/kloudfuse";
const BUCKET_ARN = "arn:aws:s3:::my-bucket";
/** What a construct calls otherwise than the input. */
const LABELS: Readonly<Partial<Record<InputName, string>>> = {
  backupBucketName: "bucketName",
  backupRetentionDays: "retentionDays",
  backupBucketArn: "bucketArn",
  metricStreamIncludeFilters: "includeFilters",
  metricStreamExcludeFilters: "excludeFilters",
  metricStreamStatistics: "statistics",
  metricStreamRoleArn: "roleArn",
  metricStreamRoleName: "roleName",
  accountExcludedLogGroups: "excludedLogGroups",
  accountPolicyName: "policyName",
  alarmTopicArn: "topicArn",
  alarmEmails: "emails",
  alarmTopicKmsKeyArn: "kmsKeyArn",
  alarmStalledSeconds: "stalledSeconds",
  alarmQuotaPercent: "quotaPercent",
};

/** The edges of scripts/edge-cases for tokens in a stack that is not this library's. */
describe("Terraform, when it plans a stack that passes tokens to the constructs", () => {
  let preconditions: Preconditions;

  beforeAll(() => {
    requireTerraform(process.env);
    preconditions = new Preconditions();
  });

  afterAll(() => {
    preconditions.remove();
  });

  const rejections = async (values: InputValues): Promise<string[]> =>
    await preconditions.rejections({ ...HOST, roleArn: ROLE_ARN, backupBucketArn: BUCKET_ARN, ...values });

  describe.each(EDGES)("$input", ({ input, accepted, rejected }) => {
    it("is accepted up to both edges of its limits", async () => {
      for (const value of [accepted.at(0), accepted.at(-1)]) {
        expect({ value, rejections: await rejections({ [input]: value }) }).toEqual({ value, rejections: [] });
      }
    });

    it("is rejected beyond them, by every rule", async () => {
      for (const [value, message] of onePerRule(rejected)) {
        expect({ value, rejections: await rejections({ [input]: value }) }).toEqual({
          value,
          rejections: [message(LABELS[input] ?? input)],
        });
      }
    });
  });

  it("accepts nothing but what is required", async () => {
    expect(await rejections({})).toEqual([]);
  });

  it("rejects null where the input has a default of its own", async () => {
    expect(await rejections({ bufferingSizeMb: null })).toEqual([
      "bufferingSizeMb must not be null, got null. Firehose accepts no other buffering size for an HTTP endpoint.",
    ]);
  });

  it("rejects both kinds of access key", async () => {
    expect(await rejections({ accessKey: "key", accessKeySecretArn: SECRET })).toEqual([
      `accessKeySecretArn conflicts with accessKey, got both. Remove accessKey to read the key from the secret.`,
    ]);
  });

  it("rejects equal stream names", async () => {
    expect(await rejections({ logsStreamName: "same", metricsStreamName: "same" })).toEqual([
      'logsStreamName must not equal metricsStreamName, got "same" for both. Choose a different name for each stream.',
    ]);
  });

  it("rejects sources that cannot work together", async () => {
    const filters = { metricStreamIncludeFilters: { "AWS/EC2": [] }, metricStreamExcludeFilters: { "AWS/S3": [] } };
    expect(await rejections(filters)).toEqual([
      'excludeFilters conflicts with includeFilters, got "AWS/S3". Remove one of them: CloudWatch accepts either kind of filter.',
    ]);
    const statistics = [{ namespace: "AWS/ELB", metric_name: "Latency", statistics: ["p99"] }];
    expect(
      await rejections({ metricStreamIncludeFilters: { "AWS/EC2": [] }, metricStreamStatistics: statistics }),
    ).toEqual([
      'statistics must contain only metrics that pass the filters, got "AWS/ELB Latency". Remove these entries, or change includeFilters or excludeFilters.',
    ]);
    expect(
      await rejections({ logGroups: { errors: "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs" } }),
    ).toEqual([
      'logGroups must not contain the error log group of the streams, got "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs". Remove it: each delivery error would cause another delivery.',
    ]);
  });

  it("accepts null values in maps, and still rejects the other entries", async () => {
    expect(await rejections({ tags: { team: "platform", stage: null } })).toEqual([]);
    expect(await rejections({ tags: { "aws:x": "y", stage: null } })).toEqual([
      'every name in tags must not begin with aws:, which AWS reserves, got "aws:x". Shorten, rename or remove tags.',
    ]);
  });
});
