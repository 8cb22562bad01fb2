import { plural } from "../numbers";
import { knownOf, type SparklineValues, sparkline } from "./sparkline";

/** The sum of a series; minutes without a value are ignored. */
export const sum = (series: SparklineValues): number => knownOf(series).reduce((total, value) => total + value, 0);

export const average = (values: readonly number[]): number => sum(values) / values.length;

/** Whether CloudWatch has no value at all: that is not the same as zero. */
export const isMissing = (series: SparklineValues): boolean => knownOf(series).length === 0;

/** Two series as one, minute by minute; where only one has a value, that one. */
export const merged = (
  one: SparklineValues,
  other: SparklineValues,
  merge: (a: number, b: number) => number,
): SparklineValues =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, minute) => {
    const [a, b] = [one[minute], other[minute]];
    return a !== undefined && b !== undefined ? merge(a, b) : (a ?? b);
  });

/** The number of records in a series, with its sparkline. */
export const recordsIn = (series: SparklineValues): string => `${plural(sum(series), "record")} ${sparkline(series)}`;

/** Rounded down, so that only all of it is 100%. */
export const percent = (ratio: number): string => `${Math.floor(ratio * 1000) / 10}%`;
