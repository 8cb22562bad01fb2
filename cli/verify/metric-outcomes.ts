import type { Outcome } from "../checks/check";
import { backupMetricOutcomes } from "./backup-metrics";
import { deliveryMetricOutcomes } from "./delivery-metrics";
import { HEALTHY } from "./healthy";
import { eachMetric, type MeasuredStream, type Metrics } from "./metrics";
import type { NoDataReason } from "./no-data-reason";

/**
 * Checks the metrics of a stream in the last minutes.
 *
 * @param metrics of the last hours, over which incoming and delivered records are compared
 * @param noDataReason why no record comes in, if none does
 */
export function metricOutcomes(stream: MeasuredStream, metrics: Metrics, noDataReason: NoDataReason): Outcome[] {
  const recent = eachMetric((id) => metrics[id].slice(-HEALTHY.windowMinutes));
  return [...deliveryMetricOutcomes(stream, recent, metrics, noDataReason), ...backupMetricOutcomes(stream, recent)];
}
