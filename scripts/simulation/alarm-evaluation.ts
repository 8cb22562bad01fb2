import { type Alarm, ALARM_PERIOD_SECONDS } from "../../modules/alarm-table";
import { evaluateExpression, type MetricMathContext, type Points } from "./metric-math";

/**
 * How many periods more than it evaluates CloudWatch retrieves: the evaluation range of the documentation's examples is 5
 * for 3 evaluation periods.
 */
const EXTRA_PERIODS = 2;

type Evaluated = Pick<Alarm, "comparison" | "evaluationPeriods" | "datapointsToAlarm" | "missingData">;

/**
 * Whether an alarm is in ALARM after the last of the points: enough of the newest values breach. Where there are fewer
 * values than evaluation periods, missing data stands in for the rest, and every value counts.
 *
 * Source: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
 */
export function isInAlarm(
  points: Points,
  { comparison, evaluationPeriods, datapointsToAlarm, missingData }: Evaluated,
  threshold: number,
): boolean {
  const known = points
    .slice(-(evaluationPeriods + EXTRA_PERIODS))
    .filter((point) => point !== undefined)
    .slice(-evaluationPeriods);
  const filled = missingData === "breaching" ? evaluationPeriods - known.length : 0;
  const breaching = known.filter((value) =>
    comparison === "GreaterThanThreshold" ? value > threshold : value < threshold,
  );
  return breaching.length + filled >= datapointsToAlarm;
}

/** The points that CloudWatch compares with an alarm's threshold; `pointsOf` has those of a metric. */
export function alarmPoints(
  alarm: Alarm,
  context: Omit<MetricMathContext, "series" | "periodSeconds">,
  pointsOf: (namespaceAndMetric: string) => Points,
): Points {
  const series = Object.fromEntries(
    Object.entries(alarm.metrics).map(([name, { namespace, metric }]) => [name, pointsOf(`${namespace} ${metric}`)]),
  );
  const expression = alarm.expression ?? Object.keys(series).join(" ");
  return evaluateExpression(expression, { ...context, series, periodSeconds: ALARM_PERIOD_SECONDS });
}
