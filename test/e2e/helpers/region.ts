import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateDeliveryStreamCommand,
  FirehoseClient,
  type HttpEndpointDestinationConfiguration,
  StartDeliveryStreamEncryptionCommand,
} from "@aws-sdk/client-firehose";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Emulator } from "./emulator";
import type { EnvironmentVariables } from "./run";
import { type SignalName, SIGNAL_NAMES } from "../../../modules/signals";

/** The access key of the streams. */
export const SECRET = "not-for-anybodys-eyes";
const SERVICES = ["firehose.amazonaws.com", "logs.amazonaws.com"];
export const PUT_RECORDS = ["firehose:PutRecord", "firehose:PutRecordBatch"];
/** A minute of a stream that is well. */
export const HEALTHY_MINUTE = {
  IncomingRecords: 120,
  "DeliveryToHttpEndpoint.Success": 1,
  "DeliveryToHttpEndpoint.Records": 120,
  "DeliveryToHttpEndpoint.DataFreshness": 58,
  ThrottledRecords: 0,
};

/** A region of the account, in which a scenario makes streams under the guide's names. */
export class Region {
  public readonly role: string;
  public readonly bucket: string;
  public readonly roleArn: string;
  public readonly environment: EnvironmentVariables;
  public readonly logGroup = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";
  private readonly settings: Pick<Emulator, "endpoint" | "credentials">;
  private readonly clients: {
    readonly firehose: FirehoseClient;
    readonly iam: IAMClient;
    readonly s3: S3Client;
    readonly logs: CloudWatchLogsClient;
    readonly cloudWatch: CloudWatchClient;
    readonly kms: KMSClient;
    readonly secretsManager: SecretsManagerClient;
  };

  public constructor(
    { endpoint, credentials, environment }: Emulator,
    private readonly account: string,
    public readonly name: BucketLocationConstraint,
  ) {
    const settings = { endpoint, credentials, region: name };
    this.settings = settings;
    this.clients = {
      firehose: new FirehoseClient(settings),
      iam: new IAMClient(settings),
      s3: new S3Client({ ...settings, forcePathStyle: true }),
      logs: new CloudWatchLogsClient(settings),
      cloudWatch: new CloudWatchClient(settings),
      kms: new KMSClient(settings),
      secretsManager: new SecretsManagerClient(settings),
    };
    this.role = `KloudfuseFirehoseRole-${name}`;
    this.bucket = `kloudfuse-failures-${account}-${name}`;
    this.roleArn = `arn:aws:iam::${account}:role/${this.role}`;
    this.environment = { ...environment, AWS_REGION: name };
  }

  public streamArn(signal: SignalName): string {
    return `arn:aws:firehose:${this.name}:${this.account}:deliverystream/kloudfuse-${signal}`;
  }

  /** What the guide's three steps make, with S3Configuration as the API has it. */
  public async followTheGuide(): Promise<void> {
    await this.makeBucket();
    await this.makeRole(
      [{ Effect: "Allow", Principal: { Service: SERVICES }, Action: "sts:AssumeRole" }],
      [{ Effect: "Allow", Action: PUT_RECORDS, Resource: "*" }],
    );
    for (const signal of SIGNAL_NAMES) {
      await this.makeStream(signal);
    }
  }

  /** What this project makes, for both signals or for one. */
  public async deploy(signals: readonly SignalName[] = SIGNAL_NAMES): Promise<void> {
    const { name, account, bucket, logGroup } = this;
    const { s3, logs } = this.clients;
    await this.makeBucket();
    await this.blockPublicAccess();
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket: bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      }),
    );
    await this.makeRole(
      [
        {
          Effect: "Allow",
          Principal: { Service: "firehose.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": account } },
        },
        {
          Effect: "Allow",
          Principal: { Service: "logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringLike: { "aws:SourceArn": `arn:aws:logs:*:${account}:*` } },
        },
      ],
      [
        { Effect: "Allow", Action: PUT_RECORDS, Resource: SIGNAL_NAMES.map((signal) => this.streamArn(signal)) },
        {
          Effect: "Allow",
          Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          Resource: `arn:aws:s3:::${bucket}`,
        },
        {
          Effect: "Allow",
          Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
          Resource: SIGNAL_NAMES.map((signal) => `arn:aws:s3:::${bucket}/kloudfuse-${signal}-failures/*`),
        },
        {
          Effect: "Allow",
          Action: "logs:PutLogEvents",
          Resource: `arn:aws:logs:${name}:${account}:log-group:${logGroup}:log-stream:*`,
        },
      ],
    );
    await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
    for (const signal of signals) {
      const [http, backup] = [`kloudfuse-${signal}/http-endpoint-delivery`, `kloudfuse-${signal}/s3-backup`];
      for (const logStreamName of [http, backup]) {
        await logs.send(new CreateLogStreamCommand({ logGroupName: logGroup, logStreamName }));
      }
      await this.makeStream(
        signal,
        {
          CloudWatchLoggingOptions: { Enabled: true, LogGroupName: logGroup, LogStreamName: http },
          RetryOptions: { DurationInSeconds: 300 },
          S3Configuration: {
            ...this.backup(signal),
            CompressionFormat: "GZIP",
            CloudWatchLoggingOptions: { Enabled: true, LogGroupName: logGroup, LogStreamName: backup },
          },
        },
        true,
      );
    }
  }

  public async makeBucket(region = this.name): Promise<void> {
    const s3 = new S3Client({ ...this.settings, region, forcePathStyle: true });
    await s3.send(
      new CreateBucketCommand({ Bucket: this.bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
  }

  public async blockPublicAccess(): Promise<void> {
    const on = true;
    const blocks = { BlockPublicAcls: on, IgnorePublicAcls: on, BlockPublicPolicy: on, RestrictPublicBuckets: on };
    const block = { Bucket: this.bucket, PublicAccessBlockConfiguration: blocks };
    await this.clients.s3.send(new PutPublicAccessBlockCommand(block));
  }

  public async makeRole(trust: readonly unknown[], permissions: readonly unknown[]): Promise<void> {
    const { iam } = this.clients;
    await iam.send(new CreateRoleCommand({ RoleName: this.role, AssumeRolePolicyDocument: policyDocument(trust) }));
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: this.role,
        PolicyName: "KloudfuseFirehosePermissions",
        PolicyDocument: policyDocument(permissions),
      }),
    );
  }

  public async makeStream(
    signal: SignalName,
    more: Partial<HttpEndpointDestinationConfiguration> = {},
    encrypted = false,
    name = `kloudfuse-${signal}`,
  ): Promise<void> {
    const destination: HttpEndpointDestinationConfiguration = {
      EndpointConfiguration: {
        Url: `https://kfuse.example.com/ingester/kinesis/${signal}`,
        Name: `kloudfuse-${signal}`,
        AccessKey: SECRET,
      },
      RoleARN: this.roleArn,
      BufferingHints: { SizeInMBs: 4, IntervalInSeconds: 60 },
      RequestConfiguration: { ContentEncoding: "GZIP" },
      S3BackupMode: "FailedDataOnly",
      S3Configuration: this.backup(signal),
      ...more,
    };
    await this.clients.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: name,
        DeliveryStreamType: "DirectPut",
        HttpEndpointDestinationConfiguration: destination,
      }),
    );
    if (encrypted) {
      await this.clients.firehose.send(
        new StartDeliveryStreamEncryptionCommand({
          DeliveryStreamName: name,
          DeliveryStreamEncryptionConfigurationInput: { KeyType: "AWS_OWNED_CMK" },
        }),
      );
    }
  }

  /** Encrypts a stream with a new customer-managed key, and gives the key's ARN. */
  public async encrypt(signal: SignalName): Promise<string> {
    const KeyARN = await this.makeKey();
    await this.clients.firehose.send(
      new StartDeliveryStreamEncryptionCommand({
        DeliveryStreamName: `kloudfuse-${signal}`,
        DeliveryStreamEncryptionConfigurationInput: { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN },
      }),
    );
    return KeyARN;
  }

  /** Makes a customer-managed key with AWS's default policy, and gives its ARN. */
  public async makeKey(alias?: string): Promise<string> {
    const { KeyMetadata } = await this.clients.kms.send(new CreateKeyCommand({}));
    const { KeyId, Arn = "" } = KeyMetadata ?? {};
    if (alias !== undefined) {
      await this.clients.kms.send(new CreateAliasCommand({ AliasName: `alias/${alias}`, TargetKeyId: KeyId }));
    }
    return Arn;
  }

  public async putKeyPolicy(KeyId: string, statements: readonly unknown[]): Promise<void> {
    await this.clients.kms.send(
      new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: policyDocument(statements) }),
    );
  }

  /** Lets the bucket encrypt with a key. */
  public async encryptBucket(KMSMasterKeyID: string): Promise<void> {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID } };
    await this.clients.s3.send(
      new PutBucketEncryptionCommand({
        Bucket: this.bucket,
        ServerSideEncryptionConfiguration: { Rules: [rule] },
      }),
    );
  }

  public async putBucketPolicy(statements: readonly unknown[]): Promise<void> {
    await this.clients.s3.send(new PutBucketPolicyCommand({ Bucket: this.bucket, Policy: policyDocument(statements) }));
  }

  /** Makes a secret with the access key, encrypted with a key, and gives its ARN. */
  public async makeSecret(KmsKeyId: string): Promise<string> {
    const { ARN = "" } = await this.clients.secretsManager.send(
      new CreateSecretCommand({ Name: "kloudfuse", SecretString: JSON.stringify({ api_key: SECRET }), KmsKeyId }),
    );
    return ARN;
  }

  public async putSecretPolicy(SecretId: string, statements: readonly unknown[]): Promise<void> {
    await this.clients.secretsManager.send(
      new PutResourcePolicyCommand({ SecretId, ResourcePolicy: policyDocument(statements) }),
    );
  }

  /** Writes an object as Firehose does for records that a stream could not deliver. */
  public async putFailedObject(signal: SignalName): Promise<string> {
    const hour = new Date().toISOString().slice(0, "2026-01-31T12".length).replaceAll(/[-T]/g, "/");
    const name = `kloudfuse-${signal}-1-2026-01-31-12-00-00-0e5f2f4e-6d5a-4f0e-8f0a-3c1a9b7d2e11`;
    const Key = `kloudfuse-${signal}-failures/http-endpoint-failed/${hour}/${name}`;
    await this.clients.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body: "{}" }));
    return Key;
  }

  /** Adds an inline policy to the role, or replaces it. */
  public async putRolePolicy(name: string, statements: readonly unknown[]): Promise<void> {
    const PolicyDocument = policyDocument(statements);
    await this.clients.iam.send(new PutRolePolicyCommand({ RoleName: this.role, PolicyName: name, PolicyDocument }));
  }

  /** A value for each metric, so many minutes ago. */
  public async putMetrics(
    signal: SignalName,
    minutesAgo: number,
    values: Readonly<Record<string, number>>,
  ): Promise<void> {
    await this.clients.cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: "AWS/Firehose",
        MetricData: Object.entries(values).map(([MetricName, Value]) => ({
          MetricName,
          Value,
          Dimensions: [{ Name: "DeliveryStreamName", Value: `kloudfuse-${signal}` }],
          Timestamp: new Date(Date.now() - minutesAgo * 60_000),
        })),
      }),
    );
  }

  /** Attaches a managed policy to the role. */
  public async attachPolicy(name: string, statements: readonly unknown[]): Promise<void> {
    const { iam } = this.clients;
    const PolicyDocument = policyDocument(statements);
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: this.role, PolicyArn: Policy?.Arn }));
  }

  public async logError(signal: SignalName, errorCode: string, message: string): Promise<void> {
    const entry = {
      deliveryStreamARN: this.streamArn(signal),
      destination: `https://kfuse.example.com/ingester/kinesis/${signal}`,
      deliveryStreamVersionId: 1,
      message,
      errorCode,
      processor: "",
    };
    await this.clients.logs.send(
      new PutLogEventsCommand({
        logGroupName: this.logGroup,
        logStreamName: `kloudfuse-${signal}/http-endpoint-delivery`,
        logEvents: [{ timestamp: Date.now() - 60_000, message: JSON.stringify(entry) }],
      }),
    );
  }

  private backup(signal: SignalName) {
    const BucketARN = `arn:aws:s3:::${this.bucket}`;
    return { RoleARN: this.roleArn, BucketARN, Prefix: `kloudfuse-${signal}-failures/` };
  }
}

const policyDocument = (Statement: readonly unknown[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
