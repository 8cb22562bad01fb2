import {
  CreateDeliveryStreamCommand,
  FirehoseClient,
  type HttpEndpointDestinationConfiguration,
  StartDeliveryStreamEncryptionCommand,
  TagDeliveryStreamCommand,
} from "@aws-sdk/client-firehose";
import { CreateRoleCommand, type CreateRoleCommandInput, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Emulator } from "./emulator";
import { REGION } from "./emulator";
import type { SignalName } from "../../../modules/signals";

/** The names that a user gives what the guide makes. */
export interface HandMadeNames {
  readonly role: string;
  readonly policy: string;
  readonly bucket: string;
  readonly streams: Readonly<Record<SignalName, string>>;
}

export const GUIDE_NAMES: HandMadeNames = {
  role: "KloudfuseFirehoseRole",
  policy: "KloudfuseFirehosePermissions",
  bucket: "my-kloudfuse-failures",
  streams: { metrics: "kloudfuse-metrics", logs: "kloudfuse-logs" },
};

/** The account of the emulator. */
const ACCOUNT = "123456789012";

/** What the guide's commands make, step by step, with S3Configuration as the API has it. */
export class HandMade {
  readonly #firehose: FirehoseClient;
  readonly #iam: IAMClient;
  readonly #s3: S3Client;
  readonly #kms: KMSClient;

  public constructor(
    { endpoint, credentials }: Pick<Emulator, "endpoint" | "credentials">,
    private readonly names: HandMadeNames = GUIDE_NAMES,
    private readonly rolePath = "/",
  ) {
    const settings = { endpoint, credentials, region: REGION };
    this.#firehose = new FirehoseClient(settings);
    this.#iam = new IAMClient(settings);
    this.#s3 = new S3Client({ ...settings, forcePathStyle: true });
    this.#kms = new KMSClient(settings);
  }

  public get roleArn(): string {
    return `arn:aws:iam::${ACCOUNT}:role${this.rolePath}${this.names.role}`;
  }

  public streamArn(signal: SignalName): string {
    return `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/${this.names.streams[signal]}`;
  }

  /** All of the guide, with both streams or one of them. */
  public async followTheGuide(signals: readonly SignalName[] = ["metrics", "logs"]): Promise<void> {
    await this.makeBucket();
    await this.makeRole();
    for (const signal of signals) {
      await this.makeStream(signal);
    }
  }

  public async makeBucket(): Promise<void> {
    await this.#s3.send(new CreateBucketCommand({ Bucket: this.names.bucket }));
  }

  public async makeRole(more: Partial<CreateRoleCommandInput> = {}): Promise<void> {
    const statement = { Effect: "Allow", Principal: { Service: SERVICES }, Action: "sts:AssumeRole" };
    const RoleName = this.names.role;
    await this.#iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: this.rolePath,
        AssumeRolePolicyDocument: documentOf(statement),
        ...more,
      }),
    );
    await this.#iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: this.names.policy,
        PolicyDocument: documentOf({
          Effect: "Allow",
          Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
          Resource: "*",
        }),
      }),
    );
  }

  public async makeStream(signal: SignalName, more: Partial<HttpEndpointDestinationConfiguration> = {}): Promise<void> {
    const backup = {
      RoleARN: this.roleArn,
      BucketARN: `arn:aws:s3:::${this.names.bucket}`,
      Prefix: `kloudfuse-${signal}-failures/`,
    };
    await this.#firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: this.names.streams[signal],
        DeliveryStreamType: "DirectPut",
        HttpEndpointDestinationConfiguration: {
          EndpointConfiguration: {
            Url: `https://kfuse.example.com/ingester/kinesis/${signal}`,
            Name: `kloudfuse-${signal}`,
          },
          RoleARN: this.roleArn,
          BufferingHints: { SizeInMBs: 4, IntervalInSeconds: 60 },
          RequestConfiguration: { ContentEncoding: "GZIP" },
          S3BackupMode: "FailedDataOnly",
          S3Configuration: backup,
          ...more,
        },
      }),
    );
  }

  public async tagStream(signal: SignalName, tags: Readonly<Record<string, string>>): Promise<void> {
    const DeliveryStreamName = this.names.streams[signal];
    await this.#firehose.send(new TagDeliveryStreamCommand({ DeliveryStreamName, Tags: tagList(tags) }));
  }

  public async tagBucket(tags: Readonly<Record<string, string>>): Promise<void> {
    const Bucket = this.names.bucket;
    await this.#s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(tags) } }));
  }

  /** Settings of the bucket that differ from the module's, each of them. */
  public async configureBucket(): Promise<void> {
    const Bucket = this.names.bucket;
    await this.#s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
      }),
    );
    await this.#s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
        },
      }),
    );
    await this.#s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    await this.#s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: false,
          IgnorePublicAcls: false,
          BlockPublicPolicy: false,
          RestrictPublicBuckets: false,
        },
      }),
    );
    await this.#s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: (["metrics", "logs"] as const).map((signal) => ({
            ID: signal,
            Status: "Enabled",
            Filter: { Prefix: `kloudfuse-${signal}-failures/` },
            Expiration: { Days: signal === "metrics" ? 365 : 7 },
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          })),
        },
      }),
    );
  }

  public async putObject(Key: string): Promise<void> {
    await this.#s3.send(new PutObjectCommand({ Bucket: this.names.bucket, Key, Body: "{}" }));
  }

  /** Encrypts both streams with a new customer-managed key, and gives the key's ARN. */
  public async encrypt(): Promise<string> {
    const { KeyMetadata } = await this.#kms.send(new CreateKeyCommand({}));
    const KeyARN = KeyMetadata?.Arn ?? "";
    for (const DeliveryStreamName of Object.values(this.names.streams)) {
      await this.#firehose.send(
        new StartDeliveryStreamEncryptionCommand({
          DeliveryStreamName,
          DeliveryStreamEncryptionConfigurationInput: { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN },
        }),
      );
    }
    return KeyARN;
  }
}

const SERVICES = ["firehose.amazonaws.com", "logs.amazonaws.com"];

const documentOf = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

export const tagList = (tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
