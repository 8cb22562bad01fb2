import { INPUTS } from "../modules/inputs";
import type { Points } from "./simulation/metric-math";

/** Periods of 300 seconds on the picture of the dashboard: six hours. */
export const PERIODS = 72;

/** The endpoint accepts no logs in these periods. */
const OUTAGE = { first: 38, last: 50 };

/** Periods until a failed record is in the backup bucket: retries, and the bucket's own buffering. */
const BACKUP_DELAY = 2;

const isOutage = (period: number): boolean => period >= OUTAGE.first && period <= OUTAGE.last;

/** Records in a period: a load that rises and falls, the same at every run. */
const incoming = (base: number, period: number): number =>
  Math.round(base * (1 + 0.15 * Math.sin(period / 9) + 0.03 * Math.sin(period * 2.3)));

type ValueAt = (period: number) => number | undefined;

/** Made-up values of a stream by metric; a missing metric has no data. */
const VALUES: Readonly<Record<string, Readonly<Record<string, ValueAt>>>> = {
  [INPUTS.metricsStreamName.default]: {
    IncomingRecords: (period) => incoming(15_000, period),
    "DeliveryToHttpEndpoint.Records": (period) => incoming(15_000, period - 1),
    "DeliveryToHttpEndpoint.Success": (period) => (period === 21 ? 0.96 : 1),
    "DeliveryToHttpEndpoint.DataFreshness": (period) => (period === 21 ? 190 : 62 + (period % 5)),
    ThrottledRecords: (period) => ({ 57: 40, 58: 120, 59: 25 })[period] ?? 0,
  },
  [INPUTS.logsStreamName.default]: {
    IncomingRecords: (period) => incoming(9_000, period),
    "DeliveryToHttpEndpoint.Records": (period) => (isOutage(period) ? 0 : incoming(9_000, period - 1)),
    "DeliveryToHttpEndpoint.Success": (period) => (isOutage(period) ? 0 : 1),
    "DeliveryToHttpEndpoint.DataFreshness": (period) =>
      isOutage(period) ? Math.min(360, 60 + (period - OUTAGE.first + 1) * 150) : 63 + (period % 4),
    "DeliveryToS3.Records": (period) =>
      isOutage(period - BACKUP_DELAY) ? incoming(9_000, period - BACKUP_DELAY) : undefined,
    ThrottledRecords: () => 0,
  },
};

/** The values of a metric of a stream. */
export function pointsOf(streamName: string, metric: string): Points {
  const valueAt = VALUES[streamName]?.[metric];
  return Array.from({ length: PERIODS }, (_, period) => valueAt?.(period));
}

const ERROR_CODE = "HttpEndpoint.DestinationException";
const ANSWER = 'The following response was received from the endpoint destination. 503: {"errorMessage":"busy"}';

/** Made-up delivery errors, the newest first, by field of the query. */
export const ERRORS: readonly Readonly<Record<string, string>>[] = [
  "14:16:42",
  "14:11:40",
  "14:06:39",
  "14:01:37",
  "13:56:36",
].map((time) => ({
  "@timestamp": `2026-03-02 ${time}`,
  "@logStream": `${INPUTS.logsStreamName.default}/http-endpoint-delivery`,
  errorCode: ERROR_CODE,
  message: ANSWER,
}));
