import {
  dependable,
  Fn,
  type IResolvable,
  type ITerraformDependable,
  Lazy,
  Op,
  type Precondition,
  TerraformLocal,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import { BackupBucket, bucketNameOf, type IBackupBucket } from "./backup-bucket";
import { propertiesOf, variablePreconditionsOf } from "./check";
import { DeliveryRole, type IDeliveryRole } from "./delivery-role";
import { choose, countWhen, whenSet } from "./expressions";
import { KloudfuseFirehose, type VariableFlags } from "./kloudfuse-firehose";
import { Location } from "./location";
import { type IMetricStreamRole, MetricStreamRole } from "./metric-stream-role";
import type { Variables } from "./variables";

/**
 * The construct made of Terraform variables. Its API is one of objects whose presence decides; a
 * variable's value is unknown until Terraform plans, so that flags decide here.
 */
export function firehoseFromVariables(
  scope: Construct,
  variables: Variables,
  { waitsForChecks }: Pick<VariableFlags, "waitsForChecks">,
): KloudfuseFirehose {
  const creates = {
    role: variables.flag("createRole"),
    metrics: variables.flag("createMetricsStream"),
    logs: variables.flag("createLogsStream"),
  };
  const createMetricStream = variables.flag("createMetricStream");
  const createMetricStreamRole = variables.flag("createMetricStreamRole");
  const createBackupBucket = variables.flag("createBackupBucket");
  const tags = variables.map("tags");
  const kmsKeyArn = variables.text("kmsKeyArn");
  const role = new DeliveryRole(
    scope,
    "delivery",
    {
      roleName: variables.text("roleName"),
      rolePath: variables.text("rolePath"),
      permissionsBoundaryArn: variables.text("permissionsBoundaryArn"),
      tags,
    },
    { count: countWhen(creates.role) },
  );
  const backupBucket = new BackupBucket(
    scope,
    "backup",
    {
      bucketName: variables.text("backupBucketName"),
      retentionDays: variables.number("backupRetentionDays"),
      forceDestroy: variables.flag("backupForceDestroy"),
      kmsKeyArn,
      tags,
    },
    { count: countWhen(createBackupBucket) },
  );
  const createsMetricStreamRole = Op.and(createMetricStream, createMetricStreamRole);
  const metricStreamRole: MetricStreamRole = new MetricStreamRole(
    scope,
    "metric_stream_role",
    {
      roleName: variables.text("metricStreamRoleName"),
      rolePath: variables.text("rolePath"),
      permissionsBoundaryArn: variables.text("permissionsBoundaryArn"),
      tags,
    },
    {
      count: countWhen(createsMetricStreamRole),
      region: Lazy.stringValue({ produce: (): string => kloudfuse.region }),
    },
  );
  const kloudfuse: KloudfuseFirehose = new KloudfuseFirehose(
    scope,
    "Default",
    {
      kloudfuseIngesterHost: variables.text("kloudfuseIngesterHost"),
      metricsStreamName: variables.text("metricsStreamName"),
      logsStreamName: variables.text("logsStreamName"),
      bufferingSizeMb: variables.number("bufferingSizeMb"),
      bufferingIntervalSeconds: variables.number("bufferingIntervalSeconds"),
      metricsBufferingSizeMb: variables.number("metricsBufferingSizeMb"),
      metricsBufferingIntervalSeconds: variables.number("metricsBufferingIntervalSeconds"),
      logsBufferingSizeMb: variables.number("logsBufferingSizeMb"),
      logsBufferingIntervalSeconds: variables.number("logsBufferingIntervalSeconds"),
      retryDurationSeconds: variables.number("retryDurationSeconds"),
      accessKey: variables.text("accessKey"),
      accessKeySecretArn: variables.text("accessKeySecretArn"),
      commonAttributes: variables.map("commonAttributes"),
      role: new ChosenDeliveryRole(scope, "role", {
        create: creates.role,
        created: role,
        existingArn: variables.text("roleArn"),
        attachPolicies: variables.flag("createRolePolicies"),
      }),
      backupBucket: new ChosenBackupBucket(scope, "bucket", {
        create: createBackupBucket,
        created: backupBucket,
        existingArn: variables.text("backupBucketArn"),
      }),
      backupPrefix: variables.text("backupPrefix"),
      kmsKeyArn,
      errorLogRetentionDays: variables.number("errorLogRetentionDays"),
      metricStream: {
        metricStreamName: variables.text("metricStreamName"),
        includeFilters: variables.collection("metricStreamIncludeFilters"),
        excludeFilters: variables.collection("metricStreamExcludeFilters"),
        statistics: variables.collection("metricStreamStatistics"),
        includeLinkedAccounts: variables.flag("metricStreamIncludeLinkedAccounts"),
        role: new ChosenMetricStreamRole(scope, "metric_role", {
          create: createsMetricStreamRole,
          created: metricStreamRole,
          existingArn: variables.text("metricStreamRoleArn"),
          attachPolicies: Op.or(createMetricStreamRole, variables.flag("createRolePolicies")),
        }),
      },
      logGroups: variables.map("logGroups"),
      logFilterPattern: variables.text("logFilterPattern"),
      accountSubscription: {
        excludedLogGroups: variables.list("accountExcludedLogGroups"),
        policyName: variables.text("accountPolicyName"),
      },
      alarms: {
        topic: { emails: variables.list("alarmEmails"), kmsKeyArn: variables.text("alarmTopicKmsKeyArn") },
        topicArn: variables.text("alarmTopicArn"),
        okActions: variables.flag("alarmOkActions"),
        stalledSeconds: variables.number("alarmStalledSeconds"),
        quotaPercent: variables.number("alarmQuotaPercent"),
      },
      dashboard: {},
      tags,
    },
    {
      creates,
      waitsForChecks,
      sources: {
        metricStream: { create: createMetricStream, createRole: createMetricStreamRole },
        accountSubscription: variables.flag("subscribeAccount"),
      },
      health: {
        alarms: { create: variables.flag("createAlarms"), createTopic: variables.flag("createAlarmTopic") },
        dashboard: variables.flag("createDashboard"),
      },
    },
  );
  if (waitsForChecks) {
    for (const { resource } of [role, backupBucket]) {
      resource.dependsOn = [dependable(kloudfuse.checks)];
    }
  }
  return kloudfuse;
}

interface Choice<Created> {
  readonly create: IResolvable;
  readonly created: Created;
  /** ARN of what exists, or null. */
  readonly existingArn: string;
}

/** The role that is created, or the one that exists. */
class ChosenDeliveryRole extends Construct implements IDeliveryRole {
  public readonly roleArn: string;
  public readonly plannedRoleArn: string;
  public readonly roleName: string;
  public readonly attachPolicies: IResolvable;
  public readonly preconditions: readonly Precondition[];

  public constructor(
    scope: Construct,
    id: string,
    { create, created, existingArn, attachPolicies }: Choice<IDeliveryRole> & { readonly attachPolicies: IResolvable },
  ) {
    super(scope, id);
    const local = (name: string, value: string): string => new TerraformLocal(this, name, value).asString;
    this.roleArn = local("arn", choose(create, created.roleArn, existingArn));
    this.plannedRoleArn = local("planned_arn", choose(create, created.plannedRoleArn, existingArn));
    this.roleName = local("name", choose(create, created.roleName, Fn.basename(existingArn)));
    this.attachPolicies = attachPolicies;
    this.preconditions = variablePreconditionsOf(propertiesOf({ roleArn: existingArn }), Location.of(this, undefined));
  }
}

/** The metric stream's role that is created, or the one that exists. */
class ChosenMetricStreamRole extends Construct implements IMetricStreamRole {
  public readonly roleArn: string;
  public readonly roleName: string;
  public readonly attachPolicies: IResolvable;
  public readonly preconditions: readonly Precondition[];

  public constructor(
    scope: Construct,
    id: string,
    {
      create,
      created,
      existingArn,
      attachPolicies,
    }: Choice<IMetricStreamRole> & { readonly attachPolicies: IResolvable },
  ) {
    super(scope, id);
    // No locals: a plan does not show what they refer to, and the name of the role has the region, which a first plan
    // does not know.
    this.roleArn = choose(create, created.roleArn, existingArn);
    this.roleName = choose(create, created.roleName, baseNameOrNull(existingArn));
    this.attachPolicies = attachPolicies;
    this.preconditions = variablePreconditionsOf(
      propertiesOf({ metricStreamRoleArn: existingArn }),
      Location.of(this, undefined),
    );
  }
}

/** The name of a role: of none, where there is no metric stream and no role for it. */
const baseNameOrNull = (arn: string): string =>
  Token.asString(whenSet<string | IResolvable>(arn, Fn.basename(arn), Token.nullValue()));

/** The bucket that is created, or the one that exists. */
class ChosenBackupBucket extends Construct implements IBackupBucket {
  public readonly bucketArn: string;
  public readonly plannedBucketArn: string;
  public readonly bucketName: string;
  public readonly dependencies: readonly ITerraformDependable[];
  public readonly preconditions: readonly Precondition[];

  public constructor(scope: Construct, id: string, { create, created, existingArn }: Choice<IBackupBucket>) {
    super(scope, id);
    const local = (name: string, value: string): string => new TerraformLocal(this, name, value).asString;
    this.bucketArn = local("arn", choose(create, created.bucketArn, existingArn));
    this.plannedBucketArn = local("planned_arn", choose(create, created.plannedBucketArn, existingArn));
    this.bucketName = local("name", choose(create, created.bucketName, bucketNameOf(existingArn)));
    this.dependencies = created.dependencies;
    this.preconditions = variablePreconditionsOf(
      propertiesOf({ backupBucketArn: existingArn }),
      Location.of(this, undefined),
    );
  }
}
