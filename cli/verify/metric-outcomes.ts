import type { Outcome } from "../checks/check";
import { backupMetricOutcomes } from "./backup-metrics";
import { deliveryMetricOutcomes } from "./delivery-metrics";
import { HEALTHY } from "./healthy";
import { eachMetric, type MeasuredStream, type Metrics } from "./metrics";

/**
 * The last minutes of a stream against what healthy means.
 *
 * @param metrics of the last hours: what was delivered is compared with what came in over all of them
 */
export function metricOutcomes(stream: MeasuredStream, metrics: Metrics): Outcome[] {
  const recent = eachMetric((id) => metrics[id].slice(-HEALTHY.windowMinutes));
  return [...deliveryMetricOutcomes(stream, recent, metrics), ...backupMetricOutcomes(stream, recent)];
}
