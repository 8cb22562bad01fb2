import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Fn, Op, ref, Token } from "cdktf";
import { Construct } from "constructs";
import { checkProperty } from "./check";
import { choose, countWhen, firstGivenText, type Flag, whenGiven } from "./expressions";
import { LIMITS } from "./limits";
import type { Location } from "./location";
import { countedPolicyDocument } from "./policy-document";

/** What `BackupBucket` takes. */
export interface BackupBucketProps {
  readonly location: Location;
  /** Whether to create the bucket; false: `bucketArn` is used as it is. */
  readonly create: Flag;
  /**
   * ARN of the bucket that exists, when `create` is false.
   * @default none
   */
  readonly bucketArn?: string | undefined;
  /**
   * Name of the bucket to create, by S3's naming rules and without dots: 3 to 63 characters.
   * @default "kloudfuse-firehose-backup-<account>-<region>"
   */
  readonly bucketName?: string | undefined;
  /** Days after which an object expires, whole, at least 1. */
  readonly retentionDays: number;
  /** Whether destroying the bucket deletes the objects in it. */
  readonly forceDestroy: Flag;
  /**
   * ARN of the KMS key that objects are encrypted with.
   * @default none: SSE-S3
   */
  readonly kmsKeyArn?: string | undefined;
  /** Tags of the bucket. */
  readonly tags: Record<string, string>;
}

const NONCURRENT_VERSION_RETENTION_DAYS = 7;
const INCOMPLETE_UPLOAD_RETENTION_DAYS = 7;

/** The bucket for data that could not be delivered, and everything that guards it. */
export class BackupBucket extends Construct {
  /** The bucket, for what must wait for it. */
  public readonly bucket: S3Bucket;
  /** ARN of the bucket, for others: once known, it stays known in every plan. */
  public readonly bucketArn: string;
  /** The same, built from the bucket's name: known in the first plan already, which shows the policies whole. */
  public readonly plannedBucketArn: string;
  public readonly bucketName: string;

  /** @throws Error when a literal breaks a limit of S3 */
  public constructor(scope: Construct, id: string, props: BackupBucketProps) {
    super(scope, id);
    checkProperty("bucketArn", props.bucketArn, LIMITS.bucketArn);
    checkProperty("bucketName", props.bucketName, LIMITS.bucketName);
    checkProperty("retentionDays", props.retentionDays, LIMITS.backupRetentionDays);
    checkProperty("kmsKeyArn", props.kmsKeyArn, LIMITS.kmsKeyArn);

    const count = countWhen(props.create);
    const { accountId, partition, region } = props.location;
    const name = firstGivenText(props.bucketName, Fn.join("-", ["kloudfuse-firehose-backup", accountId, region]));
    this.bucket = new S3Bucket(this, "Resource", {
      count,
      bucket: name,
      forceDestroy: props.forceDestroy,
      tags: props.tags,
      lifecycle: {
        // The account and the region are unknown while something that the module depends on changes;
        // without this, such a plan would replace the bucket. A rename is refused by the postcondition.
        ignoreChanges: ["bucket"],
        postcondition: [
          {
            condition: Token.asString(Op.eq(ref("self.bucket"), name)),
            errorMessage:
              'The backup bucket must keep its name, "${self.bucket}": a rename replaces it and loses the failed data in it. ' +
              "Give the name it has, or replace it knowingly with -replace.",
          },
        ],
      },
    });
    const existingArn = props.bucketArn ?? "";
    this.bucketArn = choose(props.create, ref(`${this.bucket.fqn}[0].arn`).toString(), existingArn);
    this.plannedBucketArn = choose(props.create, `arn:${partition}:s3:::${name}`, existingArn);
    this.bucketName = choose(props.create, name, Token.asString(Fn.element(Fn.split(":", existingArn), 5)));

    const bucket = ref(`${this.bucket.fqn}[0].bucket`).toString();
    const publicAccess = new S3BucketPublicAccessBlock(this, "public_access", {
      count,
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      count,
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      count,
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: Token.asString(whenGiven(props.kmsKeyArn, "aws:kms", "AES256")),
            ...(props.kmsKeyArn === undefined ? {} : { kmsMasterKeyId: props.kmsKeyArn }),
          },
          bucketKeyEnabled: whenGiven<Flag>(props.kmsKeyArn, true, false),
        },
      ],
    });
    new S3BucketVersioningA(this, "versioning", { count, bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketPolicy(this, "tls_only", {
      count,
      bucket,
      policy: countedPolicyDocument(this, "tls_only_document", count, [
        {
          sid: "DenyWithoutTls",
          effect: "Deny",
          principals: [{ type: "*", identifiers: ["*"] }],
          actions: ["s3:*"],
          resources: [this.plannedBucketArn, `${this.plannedBucketArn}/*`],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ]),
      // S3 refuses a bucket policy while the public access block is being written (409 OperationAborted).
      dependsOn: [publicAccess],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      count,
      bucket,
      rule: [
        {
          id: "expire-failed-data",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_VERSION_RETENTION_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOAD_RETENTION_DAYS }],
        },
      ],
    });
  }
}
