import { UnusableInput } from "./exit-codes";

/** Parses a whole number from an option. @throws UnusableInput when it is not one, or outside the limits */
export function parseWholeNumber(option: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
    throw new UnusableInput(
      `${option} must be a whole number from ${minimum} to ${maximum}, got "${text}". Use a number in this range.`,
    );
  }
  return value;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** A readable number of bytes, in powers of 1000. */
export function readableBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? String(value) : value.toFixed(1)} ${UNITS[power] ?? ""}`;
}

/** A readable whole number: `1,234`. */
export const readableNumber = (value: number): string => Math.round(value).toLocaleString("en-US");

/** A number with its noun: `1 record`, `1,234 records`, `2 policies`. */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${readableNumber(count)} ${Math.round(count) === 1 ? noun : nouns}`;
