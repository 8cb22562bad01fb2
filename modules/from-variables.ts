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
import { ACCOUNT_SUBSCRIPTION_OPTIONS } from "./account-log-subscription";
import { ALARM_TOPIC_OPTIONS } from "./alarm-topic";
import { ALARM_OPTIONS } from "./alarms";
import { BACKUP_BUCKET_PROPERTIES, BackupBucket, bucketNameOf, type IBackupBucket } from "./backup-bucket";
import { propertiesOf, variablePreconditionsOf } from "./check";
import { DELIVERY_ROLE_PROPERTIES, DeliveryRole, type IDeliveryRole } from "./delivery-role";
import { choose, countWhen, whenSet } from "./expressions";
import { KloudfuseFirehose, type VariableFlags } from "./kloudfuse-firehose";
import { Location } from "./location";
import { METRIC_STREAM_OPTIONS } from "./metric-stream";
import { type IMetricStreamRole, METRIC_STREAM_ROLE_PROPERTIES, MetricStreamRole } from "./metric-stream-role";
import { INPUT_PROPERTIES } from "./props";
import type { Variables } from "./variables";

/**
 * Creates the construct from Terraform variables. In the construct's API, the presence of an object enables a feature; the
 * value of a variable is unknown until Terraform plans, so flags enable it here.
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
  const role = new DeliveryRole(scope, "delivery", variables.properties(DELIVERY_ROLE_PROPERTIES), {
    count: countWhen(creates.role),
  });
  const backupBucket = new BackupBucket(scope, "backup", variables.properties(BACKUP_BUCKET_PROPERTIES), {
    count: countWhen(createBackupBucket),
  });
  const createsMetricStreamRole = Op.and(createMetricStream, createMetricStreamRole);
  const metricStreamRole: MetricStreamRole = new MetricStreamRole(
    scope,
    "metric_stream_role",
    variables.properties(METRIC_STREAM_ROLE_PROPERTIES),
    {
      count: countWhen(createsMetricStreamRole),
      region: Lazy.stringValue({ produce: (): string => kloudfuse.region }),
    },
  );
  const kloudfuse: KloudfuseFirehose = new KloudfuseFirehose(
    scope,
    "Default",
    {
      ...variables.properties(INPUT_PROPERTIES),
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
      metricStream: {
        ...variables.properties(METRIC_STREAM_OPTIONS),
        role: new ChosenMetricStreamRole(scope, "metric_role", {
          create: createsMetricStreamRole,
          created: metricStreamRole,
          existingArn: variables.text("metricStreamRoleArn"),
          attachPolicies: Op.or(createMetricStreamRole, variables.flag("createRolePolicies")),
        }),
      },
      logGroups: variables.map("logGroups"),
      logFilterPattern: variables.text("logFilterPattern"),
      accountSubscription: variables.properties(ACCOUNT_SUBSCRIPTION_OPTIONS),
      alarms: {
        ...variables.properties(ALARM_OPTIONS),
        topic: variables.properties(ALARM_TOPIC_OPTIONS),
      },
      dashboard: {},
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
  /** ARN of the existing resource, or null. */
  readonly existingArn: string;
}

/** The role that is created, or the existing one. */
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

/** The metric stream's role that is created, or the existing one. */
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
    // No locals: a plan does not show what a local refers to, and the first plan does not know the role's name, which
    // contains the region.
    this.roleArn = choose(create, created.roleArn, existingArn);
    this.roleName = choose(create, created.roleName, baseNameOrNull(existingArn));
    this.attachPolicies = attachPolicies;
    this.preconditions = variablePreconditionsOf(
      propertiesOf({ metricStreamRoleArn: existingArn }),
      Location.of(this, undefined),
    );
  }
}

/** The name of a role; null without a metric stream, which has no role. */
const baseNameOrNull = (arn: string): string =>
  Token.asString(whenSet<string | IResolvable>(arn, Fn.basename(arn), Token.nullValue()));

/** The bucket that is created, or the existing one. */
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
