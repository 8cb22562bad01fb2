import { RECORD_RETENTION_HOURS } from "../../modules/alarm-table";
import { fixedPrefix } from "../backup/keys";
import { note, ok, type Outcome, problem } from "../checks/check";
import { readableNumber } from "../numbers";
import { HEALTHY } from "./healthy";
import { type MeasuredStream, METRICS, type MetricId, type Metrics } from "./metrics";
import { recoveryRemedy } from "./recovery";
import { isMissing, merged, percent, recordsIn, sum } from "./series";
import { knownOf, type SparklineValues, sparkline } from "./sparkline";

/** What is written to the backup bucket, by whichever of its two families of metrics AWS reports it. */
export function backupMetricOutcomes(stream: MeasuredStream, metrics: Metrics): Outcome[] {
  return [
    ...recordsOutcome(stream, metrics),
    ...successOutcome(combineFamilies(metrics, "deliveryToS3Success", "backupToS3Success", Math.min)),
    ...freshnessOutcome(combineFamilies(metrics, "deliveryToS3Freshness", "backupToS3Freshness", Math.max)),
  ];
}

/** A metric of both families as one. */
interface CombinedMetric {
  /** The metrics that have values. */
  readonly name: string;
  readonly series: SparklineValues;
}

function combineFamilies(
  metrics: Metrics,
  failedData: MetricId,
  allData: MetricId,
  merge: (a: number, b: number) => number,
): CombinedMetric {
  const ids = [failedData, allData].filter((id) => !isMissing(metrics[id]));
  return {
    name: ids.map((id) => METRICS[id].metric).join(" and "),
    series: merged(metrics[failedData], metrics[allData], merge),
  };
}

function recordsOutcome({ signal, destination: { backup } }: MeasuredStream, metrics: Metrics): Outcome[] {
  const { name, series } = combineFamilies(metrics, "deliveredToS3", "backedUpToS3", (a, b) => a + b);
  const isAllData = backup.mode === "AllData";
  if (isMissing(series)) {
    return missingOutcome(isAllData, `s3://${backup.bucket}/${fixedPrefix(backup)}`, signal, metrics);
  }
  if (sum(series) === 0) {
    return [ok(name, "none")];
  }
  return isAllData
    ? [ok(name, `${recordsIn(series)}; all data is backed up`)]
    : [
        problem(
          name,
          `${recordsIn(series)} could not be delivered and ${Math.round(sum(series)) === 1 ? "was" : "were"} backed up`,
          recoveryRemedy(signal),
        ),
      ];
}

/** A missing value alone does not show that nothing was backed up; with it, every delivery must have succeeded. */
function missingOutcome(isAllData: boolean, place: string, signal: string, metrics: Metrics): Outcome[] {
  const { metric } = isAllData ? METRICS.backedUpToS3 : METRICS.deliveredToS3;
  const success = knownOf(metrics.success);
  if (sum(metrics.incoming) === 0 && success.length === 0) {
    return [];
  }
  const isDelivered = sum(metrics.delivered) > 0 && success.length > 0 && success.every((value) => value === 1);
  return !isAllData && isDelivered
    ? [ok(metric, "no data, as expected while every delivery succeeds")]
    : [
        note(
          metric,
          `no data: CloudWatch has no value of ${METRICS.deliveredToS3.metric} or ${METRICS.backedUpToS3.metric}`,
          `Look for objects under ${place}: kloudfuse-firehose failures --signal ${signal}.`,
        ),
      ];
}

function successOutcome({ name, series }: CombinedMetric): Outcome[] {
  if (isMissing(series)) {
    return [];
  }
  const lowest = Math.min(...knownOf(series));
  const picture = sparkline(series, 1);
  return lowest < 1
    ? [
        problem(
          name,
          `${percent(lowest)} at worst ${picture}`,
          `Undelivered data cannot be backed up either, and is lost after ${RECORD_RETENTION_HOURS} hours: see the checks of the role and the bucket.`,
        ),
      ]
    : [ok(name, `100% ${picture}`)];
}

function freshnessOutcome({ name, series }: CombinedMetric): Outcome[] {
  if (isMissing(series)) {
    return [];
  }
  const peak = Math.max(...knownOf(series));
  const found = `${readableNumber(peak)} s at most ${sparkline(series)}`;
  return peak > HEALTHY.maxBackupSeconds + HEALTHY.slackSeconds
    ? [note(name, found, "The backup is late: see the checks of the role and the bucket.")]
    : [ok(name, found)];
}
