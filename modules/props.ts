import type { TerraformProvider } from "cdktf";
import type { IBackupBucket } from "./backup-bucket";
import { DELIVERY_OPTIONS, type DeliveryOptions } from "./delivery-options";
import type { IDeliveryRole } from "./delivery-role";
import type { HealthProps } from "./health";
import type { InputName } from "./inputs";
import type { SignalName } from "./signals";
import type { SourceProps } from "./sources";

/**
 * Properties of `KloudfuseFirehose`.
 *
 * A literal is checked when the construct is created; a token (a Terraform variable, a resource's
 * attribute) by a precondition when Terraform plans, or when it applies if the value is unknown until
 * then.
 */
export interface KloudfuseFirehoseProps extends DeliveryOptions, SourceProps, HealthProps {
  /** DNS name or IPv4 address of the Kloudfuse ingester, at most 253 characters: no scheme, port or path. */
  readonly kloudfuseIngesterHost: string;
  /**
   * The signals to send, at least one: each has a delivery stream of its own.
   * @default both: metrics and logs
   * @example ["logs"]
   */
  readonly signals?: readonly SignalName[] | undefined;
  /**
   * Name of the metrics delivery stream: 1 to 64 characters of `a-zA-Z0-9_.-`, not the logs stream's name.
   * @default "kloudfuse-metrics"
   */
  readonly metricsStreamName?: string | undefined;
  /**
   * Name of the logs delivery stream: 1 to 64 characters of `a-zA-Z0-9_.-`, not the metrics stream's name.
   * @default "kloudfuse-logs"
   */
  readonly logsStreamName?: string | undefined;
  /**
   * Buffering hint of both streams in MiB: a whole number from 1 to 64.
   * @default 4
   */
  readonly bufferingSizeMb?: number | undefined;
  /**
   * Buffering hint of both streams in seconds: a whole number from 15 to 900.
   * @default 60
   */
  readonly bufferingIntervalSeconds?: number | undefined;
  /**
   * Buffering hint of the metrics stream in MiB: a whole number from 1 to 64.
   * @default bufferingSizeMb
   */
  readonly metricsBufferingSizeMb?: number | undefined;
  /**
   * Buffering hint of the metrics stream in seconds: a whole number from 15 to 900.
   * @default bufferingIntervalSeconds
   */
  readonly metricsBufferingIntervalSeconds?: number | undefined;
  /**
   * Buffering hint of the logs stream in MiB: a whole number from 1 to 64.
   * @default bufferingSizeMb
   */
  readonly logsBufferingSizeMb?: number | undefined;
  /**
   * Buffering hint of the logs stream in seconds: a whole number from 15 to 900.
   * @default bufferingIntervalSeconds
   */
  readonly logsBufferingIntervalSeconds?: number | undefined;
  /**
   * The role to deliver with: a `DeliveryRole`, or `DeliveryRole.fromRoleArn` for one that exists.
   * The streams' permissions are added to it as inline policies named by region and stream.
   * @default a `DeliveryRole` named KloudfuseFirehoseRole is created
   */
  readonly role?: IDeliveryRole | undefined;
  /**
   * The bucket for failed records: a `BackupBucket`, or `BackupBucket.fromBucketArn` for one that exists.
   * @default a `BackupBucket` named kloudfuse-firehose-backup-<account>-<region> is created
   */
  readonly backupBucket?: IBackupBucket | undefined;
  /**
   * Prefix in the backup bucket in front of the failure prefixes: at most 512 characters of
   * `a-zA-Z0-9_.=-` between slashes, ending with `/`. Deployments that share a bucket need different prefixes.
   * @default "": failed records are under kloudfuse-metrics-failures/ and kloudfuse-logs-failures/
   */
  readonly backupPrefix?: string | undefined;
  /**
   * ARN, at most 512 characters, of the KMS key (not of an alias) for the streams and the backup, in the streams' region.
   * If you set `backupBucket`, it must be that bucket's key.
   * @default none: an AWS-owned key encrypts the streams, S3's own keys the backup (SSE-S3)
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Days that CloudWatch Logs keeps the delivery errors: one of the values that
   * `PutRetentionPolicy` accepts, from 1 to 3653.
   * @default 30
   */
  readonly errorLogRetentionDays?: number | undefined;
  /**
   * Tags of every resource that supports tags: at most 50, names of at most 128 characters without
   * the prefix `aws:`, values of at most 256.
   * @default {}: resources have the provider's default tags only
   */
  readonly tags?: Record<string, string> | undefined;
  /**
   * Provider of the account and region to deploy to, such as one with an alias for a second region.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** The properties that have an input. */
export const INPUT_PROPERTIES = [
  ...DELIVERY_OPTIONS,
  "kloudfuseIngesterHost",
  "metricsStreamName",
  "logsStreamName",
  "bufferingSizeMb",
  "bufferingIntervalSeconds",
  "metricsBufferingSizeMb",
  "metricsBufferingIntervalSeconds",
  "logsBufferingSizeMb",
  "logsBufferingIntervalSeconds",
  "backupPrefix",
  "kmsKeyArn",
  "errorLogRetentionDays",
  "tags",
] as const satisfies readonly (keyof KloudfuseFirehoseProps & InputName)[];
