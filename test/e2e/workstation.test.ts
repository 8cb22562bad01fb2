import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { Workstation } from "./helpers/workstation";

jest.setTimeout(300_000);

const HOST = ["--var", "kloudfuse_ingester_host=kfuse.example.com"];
const STREAMS = ["kloudfuse-metrics", "kloudfuse-logs"];
const ERROR_LOG = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";
const NOTHING_TO_DO = "No changes. Your infrastructure matches the configuration.";

/** The figures are the guide's, and design.md's where the guide has none: nothing here comes from modules/. */
describe("cdktf deploy from a workstation", () => {
  let emulator: Emulator;
  let aws: Aws;
  let workstation: Workstation;
  let account: string;
  let bucket: string;
  let firstDeploy: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    workstation = new Workstation(emulator.environment);
    account = await aws.accountId();
    bucket = `kloudfuse-firehose-backup-${account}-us-east-1`;
    firstDeploy = await workstation.deploy([...HOST, "--outputs-file", "outputs.json"]);
  });

  afterAll(async () => {
    workstation.remove();
    await emulator.stop();
  });

  describe("the first deploy", () => {
    it("prints the outputs", () => {
      const outputs = [...firstDeploy.matchAll(/^ *(?:\w[\w-]* +)?(\w+) = "(.*)" *$/gm)].map(
        ([, name, value]) => `${String(name)}=${String(value)}`,
      );
      const stream = (name: string): string => `arn:aws:firehose:us-east-1:${account}:deliverystream/${name}`;
      expect(new Set(outputs)).toEqual(
        new Set([
          `role_arn=arn:aws:iam::${account}:role/KloudfuseFirehoseRole`,
          "role_name=KloudfuseFirehoseRole",
          `backup_bucket_arn=arn:aws:s3:::${bucket}`,
          `backup_bucket_name=${bucket}`,
          `metrics_stream_arn=${stream("kloudfuse-metrics")}`,
          "metrics_stream_name=kloudfuse-metrics",
          "metrics_endpoint_url=https://kfuse.example.com/ingester/kinesis/metrics",
          `logs_stream_arn=${stream("kloudfuse-logs")}`,
          "logs_stream_name=kloudfuse-logs",
          "logs_endpoint_url=https://kfuse.example.com/ingester/kinesis/logs",
          `error_log_group_name=${ERROR_LOG}`,
          // The framework prints null as nothing.
          "metric_stream_arn=",
          "metric_stream_name=",
          "metric_stream_role_arn=",
          "alarm_topic_arn=",
          "dashboard_name=",
        ]),
      );
    });

    it("writes the outputs under their own names", () => {
      const outputs = JSON.parse(workstation.read("outputs.json")) as Record<string, Record<string, unknown>>;
      expect(Object.keys(outputs)).toEqual(["kloudfuse-firehose"]);
      expect(Object.keys(outputs["kloudfuse-firehose"] ?? {}).sort()).toEqual([
        "alarm_names",
        "alarm_topic_arn",
        "backup_bucket_arn",
        "backup_bucket_name",
        "dashboard_name",
        "error_log_group_name",
        "logs_endpoint_url",
        "logs_stream_arn",
        "logs_stream_name",
        "metric_stream_arn",
        "metric_stream_name",
        "metric_stream_role_arn",
        "metrics_endpoint_url",
        "metrics_stream_arn",
        "metrics_stream_name",
        "role_arn",
        "role_name",
        "role_policies",
        "subscribed_log_group_names",
      ]);
    });

    it("makes two streams, one role, one bucket and one log group", async () => {
      expect(await aws.everything()).toEqual({
        streams: ["kloudfuse-logs", "kloudfuse-metrics"],
        roles: ["KloudfuseFirehoseRole"],
        buckets: [bucket],
        logGroups: [ERROR_LOG],
      });
    });

    it("leaves the state beside cdktf.json", () => {
      expect(workstation.has("kloudfuse-firehose.tfstate")).toBe(true);
    });

    it("leaves nothing for the next one to do", async () => {
      expect(await workstation.diff(HOST)).toContain(NOTHING_TO_DO);
    });
  });

  describe.each(["metrics", "logs"])("the %s stream", (signal) => {
    const name = `kloudfuse-${signal}`;

    it("takes records directly and is active", async () => {
      const { description } = await aws.stream(name);
      expect(description.DeliveryStreamType).toBe("DirectPut");
      expect(description.DeliveryStreamStatus).toBe("ACTIVE");
      expect(description.Source).toBeUndefined();
    });

    it("delivers to the guide's endpoint, gzipped, every 4 MB or 60 s, without access key or attributes", async () => {
      const { http } = await aws.stream(name);
      expect(http.EndpointConfiguration).toEqual({
        Url: `https://kfuse.example.com/ingester/kinesis/${signal}`,
        Name: name,
      });
      expect(http.BufferingHints).toEqual({ SizeInMBs: 4, IntervalInSeconds: 60 });
      expect(http.RequestConfiguration).toEqual({ ContentEncoding: "GZIP", CommonAttributes: [] });
      expect(http.RetryOptions).toEqual({ DurationInSeconds: 300 });
      expect(http.RoleARN).toBe(`arn:aws:iam::${account}:role/KloudfuseFirehoseRole`);
      expect(http.SecretsManagerConfiguration?.Enabled ?? false).toBe(false);
    });

    it("backs up failed data only, under the guide's prefix, gzipped", async () => {
      const { http } = await aws.stream(name);
      expect(http.S3BackupMode).toBe("FailedDataOnly");
      expect(http.S3DestinationDescription).toMatchObject({
        RoleARN: `arn:aws:iam::${account}:role/KloudfuseFirehoseRole`,
        BucketARN: `arn:aws:s3:::${bucket}`,
        Prefix: `kloudfuse-${signal}-failures/`,
        CompressionFormat: "GZIP",
        EncryptionConfiguration: { NoEncryptionConfig: "NoEncryption" },
      });
    });

    it("is encrypted at rest with a key of AWS's", async () => {
      const { description } = await aws.stream(name);
      expect(description.DeliveryStreamEncryptionConfiguration).toEqual({
        KeyType: "AWS_OWNED_CMK",
        Status: "ENABLED",
      });
    });

    it("logs the errors of HTTP delivery and S3 backup to log streams that exist", async () => {
      const { http } = await aws.stream(name);
      const deliveryPaths = [http.CloudWatchLoggingOptions, http.S3DestinationDescription?.CloudWatchLoggingOptions];
      expect(deliveryPaths).toEqual([
        { Enabled: true, LogGroupName: ERROR_LOG, LogStreamName: `${name}/http-endpoint-delivery` },
        { Enabled: true, LogGroupName: ERROR_LOG, LogStreamName: `${name}/s3-backup` },
      ]);
      expect(await aws.logStreams(ERROR_LOG)).toEqual(
        expect.arrayContaining([`${name}/http-endpoint-delivery`, `${name}/s3-backup`]),
      );
    });
  });

  it("keeps the delivery errors for 30 days", async () => {
    expect((await aws.logGroup(ERROR_LOG)).retentionInDays).toBe(30);
  });

  describe("the role", () => {
    it("is trusted by exactly the guide's two services, each with its confused-deputy key", async () => {
      expect((await aws.role("KloudfuseFirehoseRole")).trust).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Firehose",
            Effect: "Allow",
            Principal: { Service: "firehose.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "sts:ExternalId": account } },
          },
          {
            Sid: "CloudWatchLogs",
            Effect: "Allow",
            Principal: { Service: "logs.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringLike: { "aws:SourceArn": `arn:aws:logs:*:${account}:*` } },
          },
        ],
      });
    });

    it("may put records to the two streams, by the guide's policy and actions", async () => {
      const { inlinePolicies } = await aws.role("KloudfuseFirehoseRole");
      expect(inlinePolicies["KloudfuseFirehosePermissions"]).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "PutRecords",
            Effect: "Allow",
            Action: ["firehose:PutRecordBatch", "firehose:PutRecord"],
            Resource: STREAMS.map((name) => `arn:aws:firehose:us-east-1:${account}:deliverystream/${name}`),
          },
        ],
      });
    });

    it("may back up failed data and log errors, and nothing else", async () => {
      const { inlinePolicies, attachedPolicies } = await aws.role("KloudfuseFirehoseRole");
      expect(Object.keys(inlinePolicies).sort()).toEqual(["KloudfuseFirehoseDelivery", "KloudfuseFirehosePermissions"]);
      expect(attachedPolicies).toEqual([]);
      const errorLogs = STREAMS.flatMap((name) => [`${name}/s3-backup`, `${name}/http-endpoint-delivery`]);
      expect(inlinePolicies["KloudfuseFirehoseDelivery"]).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "FindBackupBucket",
            Effect: "Allow",
            Action: ["s3:ListBucketMultipartUploads", "s3:ListBucket", "s3:GetBucketLocation"],
            Resource: `arn:aws:s3:::${bucket}`,
          },
          {
            Sid: "BackUpFailedData",
            Effect: "Allow",
            Action: ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"],
            Resource: STREAMS.map((name) => `arn:aws:s3:::${bucket}/${name}-failures/*`),
          },
          {
            Sid: "LogDeliveryErrors",
            Effect: "Allow",
            Action: "logs:PutLogEvents",
            Resource: errorLogs.map(
              (name) => `arn:aws:logs:us-east-1:${account}:log-group:${ERROR_LOG}:log-stream:${name}`,
            ),
          },
        ],
      });
    });
  });

  describe("the backup bucket", () => {
    it("is closed to the public in all four ways", async () => {
      expect(await aws.bucketPublicAccess(bucket)).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    });

    it("belongs with all its objects to its owner", async () => {
      expect(await aws.bucketOwnership(bucket)).toEqual([{ ObjectOwnership: "BucketOwnerEnforced" }]);
    });

    it("is encrypted and versioned", async () => {
      expect(await aws.bucketEncryption(bucket)).toEqual([
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
      ]);
      expect(await aws.bucketVersioning(bucket)).toBe("Enabled");
    });

    it("denies whatever does not come over TLS", async () => {
      expect(await aws.bucketPolicy(bucket)).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "DenyWithoutTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${bucket}/*`, `arn:aws:s3:::${bucket}`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      });
    });

    it("forgets failed data after 30 days, old versions and incomplete uploads after 7", async () => {
      expect(await aws.bucketLifecycle(bucket)).toEqual([
        {
          ID: "expire-failed-data",
          Status: "Enabled",
          Filter: { Prefix: "" },
          Expiration: { Days: 30 },
          NoncurrentVersionExpiration: { NoncurrentDays: 7 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
      ]);
    });
  });
});
