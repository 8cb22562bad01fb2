import {
  type CompositeAlarm,
  type DescribeAlarmsInput,
  type Metric,
  type MetricAlarm,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import { pagesOf } from "../aws/pages";
import type { VerifyContext } from "./context";

/** A metric that an alarm watches. */
export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
}

/** What metric alarms and composite alarms have in common. */
interface AlarmBase {
  readonly name: string;
  readonly description: string;
  /** AWS's value: `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  readonly reason: string;
  /** Time of the last state transition; undefined if AWS does not return it. */
  readonly since: Date | undefined;
  readonly isEnabled: boolean;
  /** ARNs of what is notified when it fires. */
  readonly alarmActions: readonly string[];
  /** ARNs of what is notified of any change. */
  readonly allActions: readonly string[];
}

/** An alarm on metrics. */
export interface MetricAlarmState extends AlarmBase {
  readonly metrics: readonly WatchedMetric[];
}

/** An alarm on other alarms. */
export interface CompositeAlarmState extends AlarmBase {
  readonly rule: string;
}

/** The alarms of a region. */
export interface RegionAlarms {
  readonly metricAlarms: readonly MetricAlarmState[];
  readonly compositeAlarms: readonly CompositeAlarmState[];
}

/**
 * Reads every alarm of a region: CloudWatch finds those on metric math by no metric.
 *
 * @throws UndeterminedError when AWS does not describe them
 */
export async function readAlarms({ cloudWatch: client }: Pick<VerifyContext, "cloudWatch">): Promise<RegionAlarms> {
  const metricAlarms = new Array<MetricAlarmState>();
  const compositeAlarms = new Array<CompositeAlarmState>();
  // Without the types CloudWatch describes metric alarms alone.
  const input: DescribeAlarmsInput = { AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100 };
  for await (const page of pagesOf("cloudwatch:DescribeAlarms", paginateDescribeAlarms({ client }, input))) {
    metricAlarms.push(...(page?.MetricAlarms ?? []).map((alarm) => ({ ...baseOf(alarm), metrics: metricsOf(alarm) })));
    compositeAlarms.push(
      ...(page?.CompositeAlarms ?? []).map((alarm) => ({ ...baseOf(alarm), rule: alarm.AlarmRule ?? "" })),
    );
  }
  return { metricAlarms, compositeAlarms };
}

function baseOf(alarm: MetricAlarm | CompositeAlarm): AlarmBase {
  const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = alarm;
  return {
    name: alarm.AlarmName ?? "",
    description: alarm.AlarmDescription ?? "",
    state: alarm.StateValue ?? "",
    reason: alarm.StateReason ?? "",
    // A new reason also updates the state.
    since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp,
    isEnabled: alarm.ActionsEnabled !== false,
    alarmActions: AlarmActions,
    allActions: [...AlarmActions, ...OKActions, ...InsufficientDataActions],
  };
}

function metricsOf({ Namespace, MetricName, Dimensions, Metrics = [] }: MetricAlarm): WatchedMetric[] {
  const own = MetricName === undefined ? [] : [metricOf({ Namespace, MetricName, Dimensions })];
  return [...own, ...Metrics.flatMap(({ MetricStat }) => (MetricStat?.Metric ? [metricOf(MetricStat.Metric)] : []))];
}

const metricOf = ({ Namespace = "", MetricName = "", Dimensions = [] }: Metric): WatchedMetric => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: new Map(Dimensions.map(({ Name = "", Value = "" }) => [Name, Value])),
});
