import { alarmName, ALARMS, ERROR_LOG_NAMESPACE } from "../../modules/alarm-table";
import { namesAlarm } from "../../policies/alarms/alarm-rule";
import type { CompositeAlarmState, MetricAlarmState, RegionAlarms, WatchedMetric } from "./read-alarms";

/** The streams that alarms of the deployment watch. */
export interface AlarmSubjects {
  /** Names of the delivery streams. */
  readonly streams: readonly string[];
  /** Names of the metric streams that feed them. */
  readonly metricStreams: readonly string[];
}

/** The alarms of the deployment. */
export interface DeploymentAlarms {
  readonly metricAlarms: readonly MetricAlarmState[];
  /** The composite alarms that include one of the metric alarms. */
  readonly compositeAlarms: readonly CompositeAlarmState[];
}

/** Finds the alarms of the deployment: by their metrics, and by the names that the module gives them. */
export function deploymentAlarms(
  { metricAlarms, compositeAlarms }: RegionAlarms,
  subjects: AlarmSubjects,
): DeploymentAlarms {
  const names = new Set(subjects.streams.flatMap((stream) => ALARMS.map((alarm) => alarmName(stream, alarm))));
  const ours = metricAlarms.filter(
    ({ name, metrics }) => names.has(name) || metrics.some((metric) => isOf(metric, subjects)),
  );
  return {
    metricAlarms: ours,
    compositeAlarms: compositeAlarms.filter(({ rule }) => ours.some(({ name }) => namesAlarm(rule, name))),
  };
}

const isOf = ({ namespace, name, dimensions }: WatchedMetric, { streams, metricStreams }: AlarmSubjects): boolean =>
  streams.some(
    (stream) =>
      dimensions.get("DeliveryStreamName") === stream ||
      // The metrics of the error log have no dimensions.
      (namespace === ERROR_LOG_NAMESPACE && name.startsWith(`${stream}-`)),
  ) || metricStreams.some((metricStream) => dimensions.get("MetricStreamName") === metricStream);
