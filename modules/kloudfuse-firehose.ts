import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { BackupBucket } from "./backup-bucket";
import { checkInputs } from "./check";
import { DEFAULTS } from "./defaults";
import { DeliveryRole } from "./delivery-role";
import { firstGivenNumber } from "./expressions";
import { errorLogStreamNames, HttpDeliveryStream } from "./http-delivery-stream";
import { Location } from "./location";
import type { KloudfuseFirehoseProps } from "./props";
import { type Signal, SIGNALS } from "./signals";

/**
 * Everything that sends an AWS account's metrics and logs to Kloudfuse: two delivery streams, the
 * role that both share, the backup bucket for what could not be delivered, and a log group for
 * delivery errors.
 */
export class KloudfuseFirehose extends Construct {
  public readonly role: DeliveryRole;
  public readonly backupBucket: BackupBucket;
  public readonly metricsStream: HttpDeliveryStream;
  public readonly logsStream: HttpDeliveryStream;
  public readonly errorLogGroup: CloudwatchLogGroup;

  /** @throws Error naming each literal that breaks a rule, the rule, the value and what to do */
  public constructor(scope: Construct, id: string, props: KloudfuseFirehoseProps) {
    super(scope, id);
    checkInputs(props);

    const location = new Location(this, "Default");
    const { accountId, partition, region } = location;
    const tags = props.tags ?? DEFAULTS.tags;
    const metricsStreamName = props.metricsStreamName ?? DEFAULTS.metricsStreamName;
    const logsStreamName = props.logsStreamName ?? DEFAULTS.logsStreamName;
    const errorLogGroupName = `/aws/kinesisfirehose/${metricsStreamName}/${logsStreamName}`;

    this.errorLogGroup = new CloudwatchLogGroup(this, "errors", {
      name: errorLogGroupName,
      retentionInDays: props.errorLogRetentionDays ?? DEFAULTS.errorLogRetentionDays,
      tags,
    });
    this.backupBucket = new BackupBucket(this, "backup", {
      location,
      create: props.createBackupBucket ?? DEFAULTS.createBackupBucket,
      bucketArn: props.backupBucketArn,
      bucketName: props.backupBucketName,
      retentionDays: props.backupRetentionDays ?? DEFAULTS.backupRetentionDays,
      forceDestroy: props.backupForceDestroy ?? DEFAULTS.backupForceDestroy,
      kmsKeyArn: props.kmsKeyArn,
      tags,
    });
    this.role = new DeliveryRole(this, "delivery", {
      location,
      create: props.createRole ?? DEFAULTS.createRole,
      roleArn: props.roleArn,
      // The region from the log group, which keeps it in the state: the data source does not know it
      // while something that the module depends on changes, and the policies would be replaced.
      existingRolePolicySuffix: `${Fn.element(Fn.split(":", this.errorLogGroup.arn), 3)}-${metricsStreamName}`,
      roleName: props.roleName ?? DEFAULTS.roleName,
      rolePath: props.rolePath ?? DEFAULTS.rolePath,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
      streamNames: [metricsStreamName, logsStreamName],
      backupBucketArn: this.backupBucket.plannedBucketArn,
      failurePrefixes: [SIGNALS.metrics.failurePrefix, SIGNALS.logs.failurePrefix],
      errorLogStreamArns: [metricsStreamName, logsStreamName]
        .map(errorLogStreamNames)
        .flatMap(({ delivery, backup }) => [delivery, backup])
        .map(
          (name) => `arn:${partition}:logs:${region}:${accountId}:log-group:${errorLogGroupName}:log-stream:${name}`,
        ),
      kmsKeyArn: props.kmsKeyArn,
      accessKeySecretArn: props.accessKeySecretArn,
      tags,
    });

    const bufferingSizeMb = props.bufferingSizeMb ?? DEFAULTS.bufferingSizeMb;
    const bufferingIntervalSeconds = props.bufferingIntervalSeconds ?? DEFAULTS.bufferingIntervalSeconds;
    const stream = (id: string, signal: Signal, overrides: StreamOverrides): HttpDeliveryStream =>
      new HttpDeliveryStream(this, id, {
        streamName: overrides.streamName,
        endpointUrl: `https://${props.kloudfuseIngesterHost}${signal.endpointPath}`,
        roleArn: this.role.plannedRoleArn,
        bufferingSizeMb: firstGivenNumber(overrides.bufferingSizeMb, bufferingSizeMb),
        bufferingIntervalSeconds: firstGivenNumber(overrides.bufferingIntervalSeconds, bufferingIntervalSeconds),
        retryDurationSeconds: props.retryDurationSeconds ?? DEFAULTS.retryDurationSeconds,
        accessKey: props.accessKey,
        accessKeySecretArn: props.accessKeySecretArn,
        commonAttributes: props.commonAttributes ?? DEFAULTS.commonAttributes,
        backupBucketArn: this.backupBucket.plannedBucketArn,
        failurePrefix: signal.failurePrefix,
        kmsKeyArn: props.kmsKeyArn,
        errorLogGroupName: this.errorLogGroup.name,
        tags,
        dependsOn: [...this.role.permissions, this.backupBucket.bucket],
      });
    this.metricsStream = stream("metrics", SIGNALS.metrics, {
      streamName: metricsStreamName,
      bufferingSizeMb: props.metricsBufferingSizeMb,
      bufferingIntervalSeconds: props.metricsBufferingIntervalSeconds,
    });
    this.logsStream = stream("logs", SIGNALS.logs, {
      streamName: logsStreamName,
      bufferingSizeMb: props.logsBufferingSizeMb,
      bufferingIntervalSeconds: props.logsBufferingIntervalSeconds,
    });
  }
}

interface StreamOverrides {
  readonly streamName: string;
  readonly bufferingSizeMb: number | undefined;
  readonly bufferingIntervalSeconds: number | undefined;
}
