import type { HttpDestination } from "../../cli/aws/delivery-stream";
import type { Outcome } from "../../cli/checks/check";
import { metricOutcomes } from "../../cli/verify/metric-outcomes";
import { eachMetric, type MeasuredStream, type Metrics } from "../../cli/verify/metrics";
import type { SparklineValues } from "../../cli/verify/sparkline";
import { backupWith, destinationWith, streamWith } from "./delivery-stream";

/** The minutes that verify evaluates. */
export const MINUTES = 15;

/** The same value in each of the last minutes, and nothing before. */
export const last = (minutes: number, value: number, of = MINUTES): (number | undefined)[] =>
  Array.from({ length: of }, (_, minute) => (minute >= of - minutes ? value : undefined));

/** A metric that CloudWatch has no value of. */
export const MISSING: SparklineValues = [];

/** A stream of which everything that comes in is delivered in time. */
export const healthyMetrics = (): Metrics => ({
  ...eachMetric(() => MISSING),
  incoming: last(MINUTES, 10),
  delivered: last(MINUTES, 10),
  success: last(MINUTES, 1),
  freshness: last(MINUTES, 60),
  throttled: last(MINUTES, 0),
});

/** The documented logs stream, as far as its metrics depend on it. */
export const measuredStream = (mode = "FailedDataOnly", fields: Partial<HttpDestination> = {}): MeasuredStream => {
  const destination = destinationWith({ backup: backupWith({ mode }), ...fields });
  return { ...streamWith(), destination };
};

/** Why no record comes in. */
const SILENCE = { found: "no source", remedy: "Create a source." };

/** The outcomes of a healthy stream but for some metrics. */
export const outcomesOf = (metrics: Partial<Metrics>, stream = measuredStream()): Outcome[] =>
  metricOutcomes(stream, { ...healthyMetrics(), ...metrics }, SILENCE);

/** Verdict and finding of one metric, without the sparkline; undefined where there is no such check. */
export function checkOf(name: string, metrics: Partial<Metrics>, stream = measuredStream()): string | undefined {
  const found = outcomesOf(metrics, stream).find((outcome) => outcome.name === name);
  return found && `${found.verdict}: ${found.found.replace(/ \[[^\]]*\]/, "")}`;
}
