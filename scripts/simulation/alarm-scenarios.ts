import { type Alarm, ALARM_PERIOD_SECONDS, ALARMS, stalledSeconds } from "../../modules/alarm-table";
import { INPUTS } from "../../modules/inputs";
import { alarmPoints, isInAlarm } from "./alarm-evaluation";
import type { MathReading, Points } from "./metric-math";

/** Values of a period by metric, `period` periods after the change; a metric that is left out has no data. */
type ValuesAt = (period: number) => Readonly<Record<string, number>>;

/** A situation and the metrics in it. */
export interface AlarmScenario {
  readonly name: string;
  readonly description: string;
  readonly valuesAt: ValuesAt;
}

const firehose = (values: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([metric, value]) => [`AWS/Firehose ${metric}`, value]));

const SOURCE = { "AWS/CloudWatch/MetricStreams PublishErrorRate": 0 };

const TRAFFIC = {
  ...SOURCE,
  ...firehose({
    IncomingRecords: 15_000,
    IncomingBytes: 3_000_000,
    IncomingPutRequests: 600,
    RecordsPerSecondLimit: 100_000,
    BytesPerSecondLimit: 1_048_576,
    PutRequestsPerSecondLimit: 1_000,
  }),
};

const HEALTHY = {
  ...TRAFFIC,
  ...firehose({
    "DeliveryToHttpEndpoint.Success": 1,
    "DeliveryToHttpEndpoint.Records": 15_000,
    "DeliveryToHttpEndpoint.DataFreshness": 60,
    ThrottledRecords: 0,
  }),
};

const RETRIED = INPUTS.bufferingIntervalSeconds.default + INPUTS.retryDurationSeconds.default;

/** The situations that the alarms are for, and those in which they must be silent. */
export const ALARM_SCENARIOS: readonly AlarmScenario[] = [
  { name: "healthy", description: "Everything is delivered at once.", valuesAt: () => HEALTHY },
  {
    name: "total outage",
    description: "The endpoint accepts nothing; failed records reach the backup bucket after the retries.",
    valuesAt: (period) => ({
      ...TRAFFIC,
      ...firehose({ "DeliveryToHttpEndpoint.Success": 0, "DeliveryToHttpEndpoint.DataFreshness": RETRIED }),
      ...(period < 2 ? {} : firehose({ "DeliveryToS3.Records": 15_000, "DeliveryToS3.Success": 1 })),
    }),
  },
  {
    name: "slow endpoint",
    description: "Every third period has requests that are accepted only after a retry.",
    valuesAt: (period) => ({
      ...HEALTHY,
      ...firehose({
        "DeliveryToHttpEndpoint.Success": period % 3 === 0 ? 0.97 : 1,
        "DeliveryToHttpEndpoint.DataFreshness": 280,
      }),
    }),
  },
  {
    name: "413 only",
    description: "One request in an hour is too large for the endpoint.",
    valuesAt: (period) => ({
      ...HEALTHY,
      ...(period % 12 === 0
        ? { ...firehose({ "DeliveryToHttpEndpoint.Success": 0.99 }), "KloudfuseFirehose RequestTooLarge": 1 }
        : {}),
    }),
  },
  {
    name: "backup denied",
    description: "The endpoint accepts nothing, and the bucket denies the failed records.",
    valuesAt: (period) => ({
      ...TRAFFIC,
      ...firehose({
        "DeliveryToHttpEndpoint.Success": 0,
        "DeliveryToHttpEndpoint.DataFreshness": (period + 1) * ALARM_PERIOD_SECONDS,
      }),
      ...(period < 2 ? {} : firehose({ "DeliveryToS3.Success": 0 })),
    }),
  },
  {
    name: "quiet account",
    description: "A logs stream without traffic: CloudWatch has no data of it. The metrics stream is healthy.",
    valuesAt: () => SOURCE,
  },
  {
    name: "throttled",
    description: "Producers exceed the quota of bytes per second.",
    valuesAt: () => ({ ...HEALTHY, ...firehose({ IncomingBytes: 300 * 1_048_576, ThrottledRecords: 250 }) }),
  },
  {
    name: "key disabled",
    description: "The customer key of the stream is disabled.",
    valuesAt: () => ({ ...TRAFFIC, ...firehose({ KMSKeyDisabled: 40 }) }),
  },
  {
    name: "metric stream stopped",
    description: "The metric stream sends nothing, and CloudWatch has no data of it or of the delivery stream.",
    valuesAt: () => ({}),
  },
];

/** Scenarios of a logs stream, which no metric stream feeds. */
const OF_LOGS_STREAM = ["quiet account"];

const HEALTHY_PERIODS = 12;
const PERIODS = 24;

/** What CloudWatch's documentation leaves open, or does not promise. */
export interface Reading extends MathReading {
  /**
   * Periods of 300 seconds after which CloudWatch has the values of a period.
   * @default 0
   */
  readonly delayPeriods: number;
}

/** Minutes after the change at which an alarm fires; undefined where it does not within two hours. */
function firesAfterMinutes(alarm: Alarm, scenario: AlarmScenario, reading: Partial<Reading>): number | undefined {
  const { name } = scenario;
  if (alarm.scope === "metrics delivery stream" && OF_LOGS_STREAM.includes(name)) {
    return undefined;
  }
  const threshold = thresholdWithDefaults(alarm);
  const ends = Array.from({ length: PERIODS }, (_, index) => HEALTHY_PERIODS + index + 1);
  const firing = ends.find((end) => isInAlarm(pointsUntil(end, alarm, scenario, reading), alarm, threshold));
  return firing === undefined ? undefined : ((firing - HEALTHY_PERIODS) * ALARM_PERIOD_SECONDS) / 60;
}

/** What CloudWatch computes at the end of a period, from what it has by then. */
function pointsUntil(
  length: number,
  alarm: Alarm,
  { name, valuesAt }: AlarmScenario,
  { delayPeriods = 0, ...reading }: Partial<Reading>,
): Points {
  const before: Readonly<Record<string, number>> = OF_LOGS_STREAM.includes(name) ? SOURCE : HEALTHY;
  return alarmPoints(alarm, { ...reading, length }, (metric) =>
    Array.from({ length }, (_, index) => {
      if (index >= length - delayPeriods) {
        return undefined;
      }
      return index < HEALTHY_PERIODS ? before[metric] : valuesAt(index - HEALTHY_PERIODS)[metric];
    }),
  );
}

/** The alarms that fire in a scenario, with the minutes after which they do. */
export const firingAlarms = (scenario: AlarmScenario, reading: Partial<Reading> = {}): Record<string, number> =>
  Object.fromEntries(
    ALARMS.flatMap((alarm) => {
      const minutes = firesAfterMinutes(alarm, scenario, reading);
      return minutes === undefined ? [] : [[alarm.id, minutes]];
    }),
  );

/** The threshold of an alarm in a deployment with the default inputs. */
export function thresholdWithDefaults({ threshold }: Pick<Alarm, "threshold">): number {
  switch (threshold) {
    case "stalled seconds":
      return stalledSeconds(INPUTS.bufferingIntervalSeconds.default, INPUTS.retryDurationSeconds.default);
    case "quota percentage":
      return INPUTS.alarmQuotaPercent.default;
    default:
      return threshold;
  }
}
