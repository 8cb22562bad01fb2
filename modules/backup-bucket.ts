import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Fn, type ITerraformDependable, Op, type Precondition, ref, type TerraformProvider, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { BACKUP_BUCKET_SETTINGS } from "./backup-bucket-settings";
import { checkLiterals, preconditionsOf, propertiesOf } from "./check";
import { type InputNames, INPUTS } from "./inputs";
import { attributeOf, firstText, type Flag, type PrecheckedOptions, whenSet, withProvider } from "./expressions";
import { Location } from "./location";
import { policyDocument } from "./policy-document";
import { tlsOnlyStatements } from "./policy-statements";
import { PUBLIC_ACCESS_BLOCKS } from "./public-access-blocks";
import { backupBucketNameParts, LIFECYCLE_RULE_ID } from "./resource-names";

/** A bucket for failed records. */
export interface IBackupBucket extends IConstruct {
  /** ARN of the bucket, for other resources: every plan knows it once the bucket exists. */
  readonly bucketArn: string;
  /** The same ARN built from the bucket's name: the first plan knows it too, and shows complete policies. */
  readonly plannedBucketArn: string;
  /** Name of the bucket; resources that use it depend on the bucket. */
  readonly bucketName: string;
  /** Resources that a delivery stream must depend on. */
  readonly dependencies: readonly ITerraformDependable[];
  /** Preconditions of the bucket; the streams that use it check them. */
  readonly preconditions: readonly Precondition[];
}

/** Properties of `BackupBucket`. */
export interface BackupBucketProps {
  /**
   * Name of the bucket: 3 to 63 characters, by S3's naming rules, without dots.
   * @default "kloudfuse-firehose-backup-<account>-<region>"
   */
  readonly bucketName?: string | undefined;
  /**
   * Days after which an object expires: a whole number from 1 to 2147483647.
   * @default 30
   */
  readonly retentionDays?: number | undefined;
  /**
   * Whether destroying the bucket deletes the objects in it.
   * @default false: S3 refuses to delete a bucket that has objects
   */
  readonly forceDestroy?: Flag | undefined;
  /**
   * ARN, at most 512 characters, of the KMS key (not of an alias) that objects are encrypted with, in the bucket's region.
   * @default none: S3 encrypts objects with its own keys (SSE-S3)
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Tags of the bucket: at most 50, names of at most 128 characters without the prefix `aws:`,
   * values of at most 256.
   * @default {}: the bucket has the provider's default tags only
   */
  readonly tags?: Record<string, string> | undefined;
  /**
   * Provider of the account and region to create the bucket in.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** The input of each property. */
export const BACKUP_BUCKET_PROPERTIES = {
  bucketName: "backupBucketName",
  retentionDays: "backupRetentionDays",
  forceDestroy: "backupForceDestroy",
  kmsKeyArn: "kmsKeyArn",
  tags: "tags",
} as const satisfies InputNames<BackupBucketProps>;

/** Options of `BackupBucket.fromBucketArn`. */
export interface ImportedBackupBucketOptions {
  /**
   * Provider of the account and region that the streams are deployed to.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/**
 * A bucket for failed records: private, encrypted, versioned, TLS only, with objects that expire.
 *
 * @example
 * const backupBucket = new BackupBucket(this, "backup", { retentionDays: 90 });
 * new KloudfuseFirehose(this, "kloudfuse", { kloudfuseIngesterHost: "kfuse.example.com", backupBucket });
 */
export class BackupBucket extends Construct implements IBackupBucket {
  /**
   * An existing bucket, in any account and region. Its owner manages its settings.
   *
   * @param bucketArn ARN of the bucket, such as `arn:aws:s3:::my-bucket`
   * @throws Error when a literal is not the ARN of a bucket
   * @example
   * BackupBucket.fromBucketArn(this, "backup", "arn:aws:s3:::my-bucket");
   */
  public static fromBucketArn(
    scope: Construct,
    id: string,
    bucketArn: string,
    options: ImportedBackupBucketOptions = {},
  ): IBackupBucket {
    return new ImportedBackupBucket(scope, id, bucketArn, options);
  }

  /** The underlying bucket, for settings that this construct does not expose. */
  public readonly resource: S3Bucket;
  public readonly bucketArn: string;
  public readonly plannedBucketArn: string;
  public readonly bucketName: string;
  public readonly dependencies: readonly ITerraformDependable[];
  public readonly preconditions: readonly Precondition[] = [];

  /**
   * @param prechecked @internal
   * @throws Error naming each literal that breaks a limit of S3, the rule, the value and what to do
   */
  public constructor(scope: Construct, id: string, props: BackupBucketProps = {}, prechecked?: PrecheckedOptions) {
    const properties = propertiesOf(
      {
        backupBucketName: props.bucketName,
        backupRetentionDays: props.retentionDays,
        kmsKeyArn: props.kmsKeyArn,
        tags: props.tags,
      },
      BACKUP_BUCKET_PROPERTIES,
    );
    if (prechecked === undefined) {
      checkLiterals(properties);
    }
    super(scope, id);
    const location = Location.of(this, props.provider);
    const { accountId, partition, region } = location;
    const options = { ...prechecked, ...withProvider(props.provider) };
    const name = firstText(props.bucketName, Fn.join("-", backupBucketNameParts(accountId, region)));
    const precondition = prechecked === undefined ? preconditionsOf(this, properties, location) : [];
    this.resource = new S3Bucket(this, "Resource", {
      ...options,
      bucket: name,
      forceDestroy: props.forceDestroy ?? INPUTS.backupForceDestroy.default,
      tags: props.tags ?? INPUTS.tags.default,
      lifecycle: {
        // The account and the region are unknown while something that the module depends on changes;
        // without this, such a plan would replace the bucket. The postcondition rejects a rename.
        ignoreChanges: ["bucket"],
        ...(precondition.length === 0 ? {} : { precondition }),
        postcondition: [
          {
            condition: Token.asString(Op.eq(ref("self.bucket"), name)),
            errorMessage:
              'The backup bucket must keep its name, "${self.bucket}": a rename replaces it and loses the failed records in it. ' +
              "Use its current name, or replace it deliberately with -replace.",
          },
        ],
      },
    });
    this.dependencies = [this.resource];
    this.bucketArn = attributeOf(this.resource, "arn");
    this.plannedBucketArn = `arn:${partition}:s3:::${name}`;
    this.bucketName = attributeOf(this.resource, "bucket");

    const bucket = this.bucketName;
    const publicAccess = new S3BucketPublicAccessBlock(this, "public_access", {
      ...options,
      bucket,
      ...Object.fromEntries(PUBLIC_ACCESS_BLOCKS.map(({ property }) => [property, true])),
    });
    new S3BucketOwnershipControls(this, "ownership", {
      ...options,
      bucket,
      rule: { objectOwnership: BACKUP_BUCKET_SETTINGS.objectOwnership },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...options,
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: Token.asString(whenSet(props.kmsKeyArn, "aws:kms", "AES256")),
            ...(props.kmsKeyArn === undefined ? {} : { kmsMasterKeyId: props.kmsKeyArn }),
          },
          bucketKeyEnabled: whenSet<Flag>(props.kmsKeyArn, true, false),
        },
      ],
    });
    new S3BucketVersioningA(this, "versioning", {
      ...options,
      bucket,
      versioningConfiguration: { status: BACKUP_BUCKET_SETTINGS.versioning },
    });
    new S3BucketPolicy(this, "tls_only", {
      ...options,
      bucket,
      policy: policyDocument(this, "tls_only_document", {
        statements: tlsOnlyStatements(this.plannedBucketArn),
        count: prechecked?.count,
        provider: props.provider,
      }).json,
      // S3 rejects a bucket policy while the public access block is being written (409 OperationAborted).
      dependsOn: [publicAccess],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      ...options,
      bucket,
      rule: [
        {
          id: LIFECYCLE_RULE_ID,
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.retentionDays ?? INPUTS.backupRetentionDays.default }],
          noncurrentVersionExpiration: [{ noncurrentDays: BACKUP_BUCKET_SETTINGS.noncurrentVersionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: BACKUP_BUCKET_SETTINGS.incompleteUploadDays }],
        },
      ],
    });
  }
}

class ImportedBackupBucket extends Construct implements IBackupBucket {
  public readonly bucketArn: string;
  public readonly plannedBucketArn: string;
  public readonly bucketName: string;
  public readonly dependencies: readonly ITerraformDependable[] = [];
  public readonly preconditions: readonly Precondition[];

  public constructor(scope: Construct, id: string, bucketArn: string, { provider }: ImportedBackupBucketOptions) {
    const properties = propertiesOf({ backupBucketArn: bucketArn }, { bucketArn: "backupBucketArn" });
    checkLiterals(properties);
    super(scope, id);
    this.bucketArn = bucketArn;
    this.plannedBucketArn = bucketArn;
    this.bucketName = bucketNameOf(bucketArn);
    this.preconditions = preconditionsOf(this, properties, Location.of(this, provider));
  }
}

/** The name at the end of a bucket's ARN. */
export function bucketNameOf(bucketArn: string): string {
  return Token.asString(Fn.element(Fn.split(":", bucketArn), 5));
}
