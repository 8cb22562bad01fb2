import { CloudwatchMetricStream } from "@cdktf/provider-aws/lib/cloudwatch-metric-stream";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn, type IResolvable, type ITerraformDependable, Op, type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { checkLiterals, preconditionsOf, propertiesOf } from "./check";
import { type InputNames, INPUTS } from "./inputs";
import { attributeOf, choose, countWhen, firstText, type Flag, isInStackOf, withProvider } from "./expressions";
import type { HttpDeliveryStream } from "./http-delivery-stream";
import { Location } from "./location";
import {
  addDynamicBlocks,
  literalBlocks,
  type MetricFilters,
  type MetricSelection,
  type MetricStreamStatistics,
  statisticsAttributes,
} from "./metric-filters";
import { type IMetricStreamRole, MetricStreamRole } from "./metric-stream-role";
import { policyDocument } from "./policy-document";
import { putRecordsPermissions } from "./put-records";
import { METRIC_STREAM_POLICY_NAME, policyNameSuffix } from "./resource-names";

/** Options of the metric stream of a `KloudfuseFirehose`. AWS bills each metric update: see docs/sources.md. */
export interface MetricStreamOptions {
  /**
   * Name of the metric stream: 1 to 255 characters of `a-zA-Z0-9_-`.
   * @default the name of the metrics delivery stream, with dots as hyphens
   */
  readonly metricStreamName?: string | undefined;
  /**
   * The only metrics to stream, by namespace; an empty list is all metrics of the namespace. At most 1,000
   * namespaces and metric names in all, each at most 255 printable ASCII characters and not blank.
   * Conflicts with `excludeFilters`. Source: CloudWatch API, MetricStreamFilter.
   * @default {}: all metrics except the excluded ones
   * @example { "AWS/EC2": ["CPUUtilization"], "AWS/ApplicationELB": [] }
   */
  readonly includeFilters?: MetricFilters | IResolvable | undefined;
  /**
   * The metrics not to stream, by namespace; an empty list is all metrics of the namespace. At most 1,000
   * namespaces and metric names in all, each at most 255 printable ASCII characters and not blank.
   * Conflicts with `includeFilters`. Source: CloudWatch API, MetricStreamFilter.
   * @default {}: all metrics, or the included ones
   */
  readonly excludeFilters?: MetricFilters | IResolvable | undefined;
  /**
   * Statistics besides minimum, maximum, sum and sample count: at most 100 entries, for metrics that
   * pass the filters. A token is a list of objects with the attributes `namespace`,
   * `metric_name` and `statistics`. Source: CloudWatch API, MetricStreamStatisticsConfiguration.
   * @default []: the four statistics only
   */
  readonly statistics?: readonly MetricStreamStatistics[] | IResolvable | undefined;
  /**
   * Whether to stream the metrics of linked source accounts too: for monitoring accounts only.
   * @default false: the metrics of this account
   */
  readonly includeLinkedAccounts?: Flag | undefined;
  /**
   * The role to put records with: a `MetricStreamRole`, or `MetricStreamRole.fromRoleArn` for an existing
   * role. Not the delivery role, which other services may assume.
   * @default a `MetricStreamRole` named KloudfuseMetricStreamRole-<region> is created
   */
  readonly role?: IMetricStreamRole | undefined;
}

/** The input of each option. */
export const METRIC_STREAM_OPTIONS = {
  metricStreamName: "metricStreamName",
  includeFilters: "metricStreamIncludeFilters",
  excludeFilters: "metricStreamExcludeFilters",
  statistics: "metricStreamStatistics",
  includeLinkedAccounts: "metricStreamIncludeLinkedAccounts",
} as const satisfies InputNames<MetricStreamOptions>;

/** Properties of `MetricStream`. */
export interface MetricStreamProps extends MetricStreamOptions {
  /** The stream that delivers the metrics. */
  readonly deliveryStream: HttpDeliveryStream;
  /** Code of the region, for names. */
  readonly region: string;
  /** What the metric stream depends on besides its role's policy: the delivery streams. */
  readonly dependencies: readonly ITerraformDependable[];
  /**
   * Tags of the metric stream and of the role that is created: at most 50, names of at most 128 characters
   * without the prefix `aws:`, values of at most 256.
   * @default {}: they have the provider's default tags only
   */
  readonly tags?: Record<string, string> | undefined;
  /**
   * Provider of the account and region to deploy to.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** Flags of a metric stream whose values are known only when Terraform plans. */
export interface MetricStreamFlags {
  readonly create: Flag;
  readonly createRole: Flag;
}

/**
 * A CloudWatch metric stream that feeds a delivery stream, in JSON, the only format that Kloudfuse
 * reads, with the role that it puts records with.
 *
 * Source of the format: Kloudfuse's documentation, "AWS CloudWatch metrics".
 */
export class MetricStream extends Construct {
  /** The underlying metric stream, for settings that this construct does not expose. */
  public readonly resource: CloudwatchMetricStream;
  /** ARN of the metric stream. */
  public readonly metricStreamArn: string;
  /** Name of the metric stream. */
  public readonly metricStreamName: string;
  /** The role that the metric stream puts records with. */
  public readonly role: IMetricStreamRole;

  /**
   * @param flags @internal
   * @throws Error naming each literal that breaks a limit of CloudWatch, the rule, the value received and what to do
   */
  public constructor(scope: Construct, id: string, props: MetricStreamProps, flags?: MetricStreamFlags) {
    const { deliveryStream, region, tags, provider } = props;
    const selection: MetricSelection = {
      includeFilters: props.includeFilters,
      excludeFilters: props.excludeFilters,
      statistics: props.statistics,
    };
    const properties = propertiesOf(
      {
        metricStreamName: props.metricStreamName,
        metricStreamIncludeFilters: props.includeFilters,
        metricStreamExcludeFilters: props.excludeFilters,
        metricStreamStatistics: statisticsAttributes(props.statistics),
      },
      METRIC_STREAM_OPTIONS,
    );
    if (flags === undefined) {
      checkLiterals(properties);
    }
    super(scope, id);
    const location = Location.of(this, provider);
    const count = flags === undefined ? undefined : countWhen(flags.create);
    this.role = props.role ?? new MetricStreamRole(this, "role", { tags, provider }, { region });
    const policies = this.addPutRecordsPolicy(props, location, flags);
    const precondition = [
      ...(flags === undefined ? preconditionsOf(this, properties, location) : []),
      ...(isInStackOf(this, this.role) ? this.role.preconditions : []),
    ];
    this.resource = new CloudwatchMetricStream(this, "Resource", {
      ...(count === undefined ? {} : { count }),
      name: firstText(props.metricStreamName, nameWithoutDots(deliveryStream.plannedStreamName)),
      firehoseArn: deliveryStream.streamArn,
      roleArn: this.role.roleArn,
      outputFormat: "json",
      includeLinkedAccountsMetrics: props.includeLinkedAccounts ?? INPUTS.metricStreamIncludeLinkedAccounts.default,
      ...literalBlocks(selection),
      tags: tags ?? INPUTS.tags.default,
      // The provider does not retry while IAM propagates the role; the delivery streams take a minute or more to create.
      dependsOn: [...policies, ...props.dependencies],
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
      ...withProvider(provider),
    });
    addDynamicBlocks(this.resource, selection);
    this.metricStreamArn = attributeOf(this.resource, "arn");
    this.metricStreamName = attributeOf(this.resource, "name");
  }

  private addPutRecordsPolicy(
    { deliveryStream, region, provider }: MetricStreamProps,
    location: Location,
    flags: MetricStreamFlags | undefined,
  ): readonly IamRolePolicy[] {
    const { attachPolicies, roleName } = this.role;
    if (attachPolicies === false) {
      return [];
    }
    const count = flags === undefined ? undefined : countWhen(Op.and(flags.create, attachPolicies));
    // Deployments that share the role do not share a policy.
    const suffix = policyNameSuffix(region, deliveryStream.plannedStreamName);
    const isOwnRole = flags?.createRole ?? this.role.node.scope === this;
    return [
      new IamRolePolicy(this, "put_records", {
        ...(count === undefined ? {} : { count }),
        name: `${METRIC_STREAM_POLICY_NAME}${choose(isOwnRole, "", suffix)}`,
        role: roleName,
        policy: policyDocument(this, "put_records_document", {
          ...putRecordsPermissions(deliveryStream.plannedStreamArn, deliveryStream.kmsKeyArn, location),
          count,
          provider,
        }).json,
        ...withProvider(provider),
      }),
    ];
  }
}

/** Names of metric streams and topics may not contain the dots that the name of a delivery stream may. */
export const nameWithoutDots = (streamName: string): string =>
  Token.isUnresolved(streamName) ? Fn.replace(streamName, ".", "-") : streamName.replaceAll(".", "-");
