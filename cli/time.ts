import { UnusableInput } from "./exit-codes";

/** A range of time; both ends are included, and open if undefined. */
export interface TimeRange {
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNITS_MS = { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;

/** Date, time of day and zone. */
const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * Parses a point in time: an ISO 8601 time, in UTC if it has no zone, or a duration before now, such as `30m`, `2h` or
 * `7d`.
 *
 * @throws UnusableInput when it is neither
 */
export function pointInTime(option: string, text: string, now: Date): Date {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && (unit === "s" || unit === "m" || unit === "h" || unit === "d")) {
    return new Date(now.getTime() - Number(count) * UNITS_MS[unit]);
  }
  const [, date = "", timeOfDay = "00:00", zone = "Z"] = ISO_TIME.exec(text) ?? [];
  const time = isDate(date) ? Date.parse(`${date}T${timeOfDay}${zone}`) : NaN;
  if (Number.isNaN(time)) {
    throw new UnusableInput(
      `${option} must be how long ago, such as 30m, 2h or 7d, or a time such as 2026-01-31T12:00:00Z, got "${text}". Use one of these forms.`,
    );
  }
  return new Date(time);
}

/** Whether a date exists: `Date.parse` reads 30 February as 2 March. */
function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

/** A time for people: UTC, to the second. */
export const readableTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace("T", " ").replace(/\..*$/, "Z");

/**
 * The range of `--since` and `--until`.
 *
 * @throws UnusableInput when one is not a time, or `--since` is in the future or after `--until`
 */
export function timeRange(options: { readonly since?: string; readonly until?: string }, now: Date): TimeRange {
  const since = options.since === undefined ? undefined : pointInTime("--since", options.since, now);
  const until = options.until === undefined ? undefined : pointInTime("--until", options.until, now);
  if (since !== undefined && since > now) {
    throw new UnusableInput(
      `--since must not be in the future, got ${readableTime(since.getTime())}. Now is ${readableTime(now.getTime())}: use an earlier time.`,
    );
  }
  if (since !== undefined && until !== undefined && since > until) {
    throw new UnusableInput(
      `--since must be before --until, got ${readableTime(since.getTime())} and ${readableTime(until.getTime())}. Swap them, or leave one of them out.`,
    );
  }
  return { since, until };
}
