import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { conditional, Fn, Op, type Precondition, ref, type TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import {
  type Alarm,
  ALARM_PERIOD_SECONDS,
  alarmDescription,
  alarmName,
  ALARMS,
  ERROR_LOG_NAMESPACE,
  type NamedThreshold,
  REQUEST_TOO_LARGE_PATTERN,
} from "./alarm-table";
import { ALARM_TOPIC_OPTIONS, AlarmTopic, type AlarmTopicOptions } from "./alarm-topic";
import { checkLiterals, contextOf, preconditionsOf, propertiesOf, variablePreconditionsOf } from "./check";
import { type InputNames, INPUTS } from "./inputs";
import { attributeOf, choose, countWhen, type Flag, withProvider } from "./expressions";
import type { HttpDeliveryStream } from "./http-delivery-stream";
import { Location } from "./location";
import { type MetricStream, nameWithoutDots } from "./metric-stream";
import { SIGNAL_NAMES, type SignalName } from "./signals";

/** Options of the alarms of a `KloudfuseFirehose`. AWS bills each metric in an alarm: see docs/alarms.md. */
export interface AlarmOptions {
  /**
   * An SNS topic to create for the alarms. Conflicts with `topicArn`.
   * @default none: the alarms publish to `topicArn`, or have no actions
   */
  readonly topic?: AlarmTopicOptions | undefined;
  /**
   * ARN of the SNS topic that the alarms publish to, not a FIFO topic. Conflicts with `topic`.
   * @default none: the alarms publish to `topic`, or have no actions
   */
  readonly topicArn?: string | undefined;
  /**
   * Whether the alarms also publish when they return to OK.
   * @default false
   */
  readonly okActions?: Flag | undefined;
  /**
   * Age of the oldest record, in seconds, above which delivery counts as stalled: a whole number from 1 to 86400, larger
   * than the buffering intervals.
   * @default the larger of 900 and buffering interval + retry duration + 300, for each stream
   */
  readonly stalledSeconds?: number | undefined;
  /**
   * Percentage of a stream's quota above which the alarm `quota_near` fires: a whole number from 0 to 100. 0 disables
   * the alarm.
   * @default 80
   */
  readonly quotaPercent?: number | undefined;
}

/** The input of each option. */
export const ALARM_OPTIONS = {
  topicArn: "alarmTopicArn",
  okActions: "alarmOkActions",
  stalledSeconds: "alarmStalledSeconds",
  quotaPercent: "alarmQuotaPercent",
} as const satisfies InputNames<AlarmOptions>;

/** Buffering intervals as the user sets them. */
export interface BufferingIntervals {
  readonly bufferingIntervalSeconds: number | undefined;
  readonly metricsBufferingIntervalSeconds: number | undefined;
  readonly logsBufferingIntervalSeconds: number | undefined;
}

/** Properties of `Alarms`. */
export interface AlarmsProps extends AlarmOptions {
  readonly streams: ReadonlyMap<SignalName, HttpDeliveryStream>;
  /** Whether each stream exists. */
  readonly creates: Readonly<Record<SignalName, Flag>>;
  readonly metricStream: MetricStream | undefined;
  readonly errorLogGroupName: string;
  /** Name of a stream that exists, for the names of resources that the deployment has once. */
  readonly ownStreamName: string;
  readonly intervals: BufferingIntervals;
  /** Age of the oldest record of each stream, in seconds, above which delivery counts as stalled. */
  readonly stalledThresholds: Readonly<Record<SignalName, number>>;
  readonly region: string;
  readonly tags: Record<string, string>;
  readonly provider: TerraformProvider | undefined;
}

/** Flags of the alarms whose values are known only when Terraform plans. */
export interface AlarmFlags {
  readonly create: Flag;
  readonly createTopic: Flag;
  readonly createMetricStream: Flag;
}

/** An alarm for one stream, or for the deployment. */
interface AlarmInstance {
  readonly id: string;
  readonly owner: string;
  readonly dimensions: Record<string, string>;
  /** Name of the metric, where it includes the deployment's name. */
  readonly metricName?: string;
  /** The alarm exists if all of them are true. */
  readonly when: readonly Flag[];
  readonly signal?: SignalName;
}

/** CloudWatch alarms of the delivery streams and of the metric stream. */
export class Alarms extends Construct {
  /** Names of the alarms, once they exist. */
  public readonly alarmNames: string[];
  /** ARN of the topic that is created. */
  public readonly createdTopicArn: string | undefined;
  readonly #props: AlarmsProps;
  readonly #flags: AlarmFlags | undefined;

  /**
   * @param flags @internal
   * @throws Error naming each literal that breaks a limit, the rule, the value received and what to do
   */
  public constructor(scope: Construct, id: string, props: AlarmsProps, flags?: AlarmFlags) {
    const { topic, topicArn, provider, ownStreamName, region, tags } = props;
    const properties = [
      ...propertiesOf(
        {
          createAlarmTopic: topic !== undefined,
          alarmTopicArn: topicArn,
          alarmEmails: topic?.emails,
          alarmTopicKmsKeyArn: topic?.kmsKeyArn,
          alarmStalledSeconds: props.stalledSeconds,
          alarmQuotaPercent: props.quotaPercent,
        },
        { topic: "createAlarmTopic", ...ALARM_OPTIONS, ...ALARM_TOPIC_OPTIONS },
      ),
      ...contextOf({ ...props.intervals }),
    ];
    if (flags === undefined) {
      checkLiterals(properties);
    }
    super(scope, id);
    this.#props = props;
    this.#flags = flags;
    const location = Location.of(this, provider);
    const precondition =
      flags === undefined ? preconditionsOf(this, properties, location) : variablePreconditionsOf(properties, location);
    const created =
      topic === undefined
        ? undefined
        : new AlarmTopic(this, "topic", {
            ...topic,
            topicName: `${nameWithoutDots(ownStreamName)}-alarms`,
            region,
            location,
            count: flags === undefined ? undefined : countWhen(flags.createTopic),
            tags,
            provider,
          });
    this.createdTopicArn = created?.topicArn;
    const actions = this.actions(created?.topicArn);
    const alarms = ALARMS.flatMap((alarm) =>
      this.instancesOf(alarm)
        .filter(({ when }) => !when.includes(false))
        .map((instance) => this.addAlarm(alarm, instance, actions)),
    );
    this.addMetricFilter(precondition);
    this.alarmNames = alarms.every(({ count }) => count === undefined)
      ? alarms.map((alarm) => attributeOf(alarm, "alarm_name"))
      : Token.asList(
          Fn.concat(
            alarms.map(({ terraformResourceType, friendlyUniqueId }) =>
              Token.asList(ref(`${terraformResourceType}.${friendlyUniqueId}[*].alarm_name`, TerraformStack.of(this))),
            ),
          ),
        );
  }

  private actions(createdTopicArn: string | undefined): string[] {
    const { topicArn } = this.#props;
    if (this.#flags === undefined) {
      return [createdTopicArn ?? topicArn ?? []].flat();
    }
    // The ARN may be null when Terraform plans.
    return Token.asList(Fn.compact([choose(this.#flags.createTopic, createdTopicArn ?? "", topicArn ?? "")]));
  }

  private instancesOf({ id, scope, requires }: Alarm): AlarmInstance[] {
    const { streams, creates, metricStream, ownStreamName, quotaPercent } = this.#props;
    const ofSignal = (signal: SignalName, instanceId: string, when: readonly Flag[]): AlarmInstance[] => {
      const stream = streams.get(signal);
      return stream === undefined
        ? []
        : [
            {
              id: instanceId,
              owner: stream.plannedStreamName,
              dimensions: { DeliveryStreamName: stream.streamName },
              when: [creates[signal], ...when],
              signal,
            },
          ];
    };
    const createMetricStream = this.#flags?.createMetricStream ?? metricStream !== undefined;
    switch (scope) {
      case "delivery stream": {
        const quota = quotaPercent ?? INPUTS.alarmQuotaPercent.default;
        const needs = {
          "quota percentage": Token.isUnresolved(quota) ? Op.gte(quota, 1) : quota > 0,
          // Also for a token, as in the module: the key may be unknown when Terraform plans, and `count` must not be.
          "customer key": [...streams.values()].some(({ kmsKeyArn }) => kmsKeyArn !== undefined),
          "metric stream": createMetricStream,
        };
        const when = requires === undefined ? [] : [needs[requires]];
        return SIGNAL_NAMES.flatMap((signal) => ofSignal(signal, `${signal}_${id}`, when));
      }
      case "metrics delivery stream":
        return ofSignal("metrics", id, [createMetricStream]);
      case "metric stream":
        return metricStream === undefined
          ? []
          : [
              {
                id,
                owner: ownStreamName,
                dimensions: { MetricStreamName: metricStream.metricStreamName },
                when: [createMetricStream],
              },
            ];
      case "deployment":
        return [{ id, owner: ownStreamName, dimensions: {}, metricName: this.tooLargeMetric, when: [] }];
    }
  }

  /** The deployment is part of the metric's name: the metric filter adds no dimension that identifies it. */
  private get tooLargeMetric(): string {
    return alarmName(this.#props.ownStreamName, { id: "request_too_large" });
  }

  private addMetricFilter(precondition: Precondition[]): void {
    const { errorLogGroupName, provider } = this.#props;
    new CloudwatchLogMetricFilter(this, "request_too_large_filter", {
      ...(this.#flags === undefined ? {} : { count: countWhen(this.#flags.create) }),
      name: this.tooLargeMetric,
      logGroupName: errorLogGroupName,
      pattern: REQUEST_TOO_LARGE_PATTERN,
      metricTransformation: { namespace: ERROR_LOG_NAMESPACE, name: this.tooLargeMetric, value: "1" },
      // The one resource that exists whenever alarms are created.
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
      ...withProvider(provider),
    });
  }

  private addAlarm(
    alarm: Alarm,
    { id, owner, dimensions, metricName, when, signal }: AlarmInstance,
    actions: string[],
  ): CloudwatchMetricAlarm {
    const { okActions, tags, provider } = this.#props;
    const queries = Object.entries(alarm.metrics).map(([name, { namespace, metric, statistic }]) => ({
      id: name,
      metric: {
        namespace,
        metricName: metricName ?? metric,
        dimensions,
        period: ALARM_PERIOD_SECONDS,
        stat: statistic,
      },
    }));
    return new CloudwatchMetricAlarm(this, id, {
      ...this.countOf(when),
      alarmName: alarmName(owner, alarm),
      alarmDescription: alarmDescription(alarm),
      comparisonOperator: alarm.comparison,
      threshold: typeof alarm.threshold === "number" ? alarm.threshold : this.threshold(alarm.threshold, signal),
      evaluationPeriods: alarm.evaluationPeriods,
      datapointsToAlarm: alarm.datapointsToAlarm,
      treatMissingData: alarm.missingData,
      metricQuery:
        alarm.expression === undefined
          ? queries.map((query) => ({ ...query, returnData: true }))
          : [{ id: "result", expression: alarm.expression, label: alarm.id, returnData: true }, ...queries],
      alarmActions: actions,
      okActions: okActionsOf(okActions ?? INPUTS.alarmOkActions.default, actions),
      tags,
      ...withProvider(provider),
    });
  }

  private countOf(when: readonly Flag[]): { readonly count?: number } {
    const [first, ...others] = [this.#flags?.create ?? true, ...when].filter((flag) => flag !== true);
    return first === undefined ? {} : { count: countWhen(others.reduce((all, flag) => Op.and(all, flag), first)) };
  }

  private threshold(name: NamedThreshold, signal: SignalName | undefined): number {
    const { stalledThresholds, quotaPercent } = this.#props;
    return name === "quota percentage"
      ? (quotaPercent ?? INPUTS.alarmQuotaPercent.default)
      : stalledThresholds[signal ?? "metrics"];
  }
}

const okActionsOf = (okActions: Flag, actions: string[]): string[] =>
  typeof okActions === "boolean" ? (okActions ? actions : []) : Token.asList(conditional(okActions, actions, []));
