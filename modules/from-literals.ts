import type { Construct } from "constructs";
import { ACCOUNT_SUBSCRIPTION_OPTIONS } from "./account-log-subscription";
import { ALARM_TOPIC_OPTIONS } from "./alarm-topic";
import { ALARM_OPTIONS, type AlarmOptions } from "./alarms";
import { BACKUP_BUCKET_PROPERTIES, BackupBucket, type IBackupBucket } from "./backup-bucket";
import { DELIVERY_ROLE_PROPERTIES, DeliveryRole, type IDeliveryRole } from "./delivery-role";
import { KloudfuseFirehose } from "./kloudfuse-firehose";
import type { Literals } from "./literals";
import { METRIC_STREAM_OPTIONS, type MetricStreamOptions } from "./metric-stream";
import { type IMetricStreamRole, METRIC_STREAM_ROLE_PROPERTIES, MetricStreamRole } from "./metric-stream-role";
import { INPUT_PROPERTIES } from "./props";
import { SIGNAL_NAMES } from "./signals";

/** Values that are not literals, or that depend on other stacks. */
export interface LiteralsContext {
  /** The access key, as a token. */
  readonly accessKey: string | undefined;
  /** ARN of the role that another stack creates; undefined: the literals decide. */
  readonly sharedRoleArn: string | undefined;
}

/** Creates the construct from literals: what a flag disables is not synthesized. */
export function firehoseFromLiterals(
  scope: Construct,
  literals: Literals,
  { accessKey, sharedRoleArn }: LiteralsContext,
): KloudfuseFirehose {
  const { kloudfuseIngesterHost = "", ...properties } = literals.properties(INPUT_PROPERTIES);
  const { logGroups = {}, logFilterPattern } = literals.properties(["logGroups", "logFilterPattern"]);
  return new KloudfuseFirehose(scope, "Default", {
    ...properties,
    kloudfuseIngesterHost,
    accessKey,
    signals: SIGNAL_NAMES.filter((signal) =>
      literals.flag(signal === "metrics" ? "createMetricsStream" : "createLogsStream"),
    ),
    role: deliveryRole(scope, literals, sharedRoleArn),
    backupBucket: backupBucket(scope, literals),
    logFilterPattern,
    // Without a logs stream, even an empty map of log groups would be an error.
    ...(Object.keys(logGroups).length === 0 ? {} : { logGroups }),
    ...(literals.flag("createMetricStream") ? { metricStream: metricStream(scope, literals) } : {}),
    ...(literals.flag("subscribeAccount")
      ? { accountSubscription: literals.properties(ACCOUNT_SUBSCRIPTION_OPTIONS) }
      : {}),
    ...(literals.flag("createAlarms") ? { alarms: alarms(literals) } : {}),
    ...(literals.flag("createDashboard") ? { dashboard: {} } : {}),
  });
}

function deliveryRole(scope: Construct, literals: Literals, sharedRoleArn: string | undefined): IDeliveryRole {
  if (sharedRoleArn !== undefined) {
    return DeliveryRole.fromRoleArn(scope, "role", sharedRoleArn);
  }
  const { roleArn = "" } = literals.properties(["roleArn"]);
  return literals.flag("createRole")
    ? new DeliveryRole(scope, "delivery", literals.properties(DELIVERY_ROLE_PROPERTIES))
    : DeliveryRole.fromRoleArn(scope, "role", roleArn, { attachPolicies: literals.flag("createRolePolicies") });
}

function backupBucket(scope: Construct, literals: Literals): IBackupBucket {
  const { backupBucketArn = "" } = literals.properties(["backupBucketArn"]);
  return literals.flag("createBackupBucket")
    ? new BackupBucket(scope, "backup", literals.properties(BACKUP_BUCKET_PROPERTIES))
    : BackupBucket.fromBucketArn(scope, "bucket", backupBucketArn);
}

function metricStream(scope: Construct, literals: Literals): MetricStreamOptions {
  const { statistics, ...options } = literals.properties(METRIC_STREAM_OPTIONS);
  return {
    ...options,
    statistics: statistics?.map(({ metric_name: metricName, ...others }) => ({ ...others, metricName })),
    role: metricStreamRole(scope, literals),
  };
}

function metricStreamRole(scope: Construct, literals: Literals): IMetricStreamRole {
  const { metricStreamRoleArn = "" } = literals.properties(["metricStreamRoleArn"]);
  return literals.flag("createMetricStreamRole")
    ? new MetricStreamRole(scope, "metric_stream_role", literals.properties(METRIC_STREAM_ROLE_PROPERTIES))
    : MetricStreamRole.fromRoleArn(scope, "metric_role", metricStreamRoleArn, {
        attachPolicies: literals.flag("createRolePolicies"),
      });
}

const alarms = (literals: Literals): AlarmOptions => ({
  ...literals.properties(ALARM_OPTIONS),
  ...(literals.flag("createAlarmTopic") ? { topic: literals.properties(ALARM_TOPIC_OPTIONS) } : {}),
});
