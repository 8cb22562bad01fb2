/** Names of the inline policies of the delivery role; on a role that other deployments share, they have a suffix. */
export const DELIVERY_POLICY_NAMES = {
  put_records: "KloudfuseFirehosePermissions",
  deliver: "KloudfuseFirehoseDelivery",
} as const;

/** Name of the inline policy of the metric stream's role; on a role that other deployments share, it has a suffix. */
export const METRIC_STREAM_POLICY_NAME = "KloudfuseMetricStreamPermissions";

/** Descriptions of the roles. */
export const ROLE_DESCRIPTIONS = {
  delivery: "Delivers CloudWatch metrics and logs to Kloudfuse through Firehose",
  metricStream: "Puts the records of a CloudWatch metric stream on the delivery stream to Kloudfuse",
} as const;

/** Default name of the metric stream's role. Roles are global, metric streams are not. */
export const metricStreamRoleName = (region: string): string => `KloudfuseMetricStreamRole-${region}`;

/** Suffix of the name of an inline policy on a role that other deployments share. */
export const policyNameSuffix = (region: string, streamName: string): string => `-${region}-${streamName}`;

/** The parts of the default name of the backup bucket, to be joined by hyphens. */
export const backupBucketNameParts = (accountId: string, region: string): string[] => [
  "kloudfuse-firehose-backup",
  accountId,
  region,
];

/** Id of the lifecycle rule of the backup bucket. */
export const LIFECYCLE_RULE_ID = "expire-failed-data";

/** Statement id of the policy of the backup bucket. */
export const TLS_ONLY_SID = "DenyWithoutTls";

/** The log streams that a delivery stream writes its errors to, one for each delivery path. */
export function errorLogStreamNames(streamName: string): { readonly delivery: string; readonly backup: string } {
  return { delivery: `${streamName}/http-endpoint-delivery`, backup: `${streamName}/s3-backup` };
}
