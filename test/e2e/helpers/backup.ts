import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import {
  CreateBucketCommand,
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { type Emulator, REGION } from "./emulator";

const ROLE = "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole";

/** Where a deployment is that backs up to the bucket. */
export interface BackupLocation {
  readonly region: string;
  /** Prefix of each signal's failed data. */
  readonly prefixOf: (signal: string) => string;
  /** Of the streams; missing: they have none. */
  readonly accessKey?: string;
}

/** The two streams of the guide on the emulator, and the bucket that they back up to, with what a test puts there. */
export class BackupObjects {
  public readonly bucket = "kloudfuse-backup";

  private constructor(private readonly s3: S3Client) {}

  /** @param accessKey of both streams; missing: they have none */
  public static async make(
    { endpoint, credentials }: Emulator,
    ingester: string,
    accessKey?: string,
  ): Promise<BackupObjects> {
    const backup = new BackupObjects(new S3Client({ endpoint, region: REGION, credentials, forcePathStyle: true }));
    await backup.s3.send(new CreateBucketCommand({ Bucket: backup.bucket }));
    const location = {
      region: REGION,
      prefixOf: (signal: string) => `kloudfuse-${signal}-failures/`,
      ...(accessKey === undefined ? {} : { accessKey }),
    };
    await backup.makeStreams({ endpoint, credentials }, ingester, location);
    return backup;
  }

  /** Makes the guide's streams in a region, to back up to the same bucket. */
  public async makeStreams(
    { endpoint, credentials }: Pick<Emulator, "endpoint" | "credentials">,
    ingester: string,
    { region, prefixOf, accessKey }: BackupLocation,
    signals: readonly string[] = ["metrics", "logs"],
  ): Promise<void> {
    const firehose = new FirehoseClient({ endpoint, region, credentials });
    for (const signal of signals) {
      const name = `kloudfuse-${signal}`;
      await firehose.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: name,
          DeliveryStreamType: "DirectPut",
          HttpEndpointDestinationConfiguration: {
            EndpointConfiguration: {
              Url: `${ingester}/ingester/kinesis/${signal}`,
              Name: name,
              ...(accessKey === undefined ? {} : { AccessKey: accessKey }),
            },
            RoleARN: ROLE,
            BufferingHints: { SizeInMBs: 4, IntervalInSeconds: 60 },
            RequestConfiguration: { ContentEncoding: "GZIP" },
            S3BackupMode: "FailedDataOnly",
            S3Configuration: {
              RoleARN: ROLE,
              BucketARN: `arn:aws:s3:::${this.bucket}`,
              Prefix: prefixOf(signal),
              CompressionFormat: "GZIP",
            },
          },
        }),
      );
    }
  }

  public async put(key: string, body: Buffer | string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body }));
  }

  public async tag(key: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await this.s3.send(new PutObjectTaggingCommand({ Bucket: this.bucket, Key: key, Tagging: { TagSet } }));
  }

  public async tagsOf(key: string): Promise<Readonly<Record<string, string>>> {
    const { TagSet = [] } = await this.s3.send(new GetObjectTaggingCommand({ Bucket: this.bucket, Key: key }));
    return Object.fromEntries(TagSet.map(({ Key = "", Value = "" }) => [Key, Value]));
  }

  /** Takes all tags off all objects. */
  public async untag(): Promise<void> {
    for (const Key of await this.keys()) {
      await this.s3.send(new DeleteObjectTaggingCommand({ Bucket: this.bucket, Key }));
    }
  }

  /** The keys of everything in the bucket. */
  public async keys(): Promise<string[]> {
    const keys = new Array<string>();
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket: this.bucket, ContinuationToken: token });
      const page = await this.s3.send(command);
      keys.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return keys;
  }
}
