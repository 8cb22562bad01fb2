const BARS = "▁▂▃▄▅▆▇█";

/** A value a minute, the oldest first; undefined where CloudWatch has none. */
export type SparklineValues = readonly (number | undefined)[];

/** A small picture of a series from zero to the top, in brackets so that gaps at its ends are seen. */
export function sparkline(series: SparklineValues, top = Math.max(...knownOf(series), 0)): string {
  const highest = BARS.length - 1;
  // Only zero has the lowest bar, and only the top has the highest.
  const height = (value: number): number =>
    value <= 0 ? 0 : Math.min(Math.max(Math.floor((value / top) * highest), 1), highest);
  return `[${series.map((value) => (value === undefined ? " " : BARS.charAt(height(value)))).join("")}]`;
}

/** The values that CloudWatch has. */
export const knownOf = (series: SparklineValues): number[] => series.filter((value) => value !== undefined);
