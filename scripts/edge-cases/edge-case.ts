import type { InputName, InputValues } from "../../modules/inputs";

/** A rejected value and the whole error; `label` is the name of the input in that layer. */
export type Rejection = readonly [value: unknown, message: (label: string) => string];

export const repeat = (text: string, length: number): string => text.repeat(length);
export const map = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, "value"]));

/** A rule about the input, or about each of its items. */
type RuleText = string | { readonly item: string; readonly text: string };

const rejection = (value: unknown, rule: RuleText, received: string, advice: string): Rejection => [
  value,
  (label) =>
    typeof rule === "string"
      ? `${label} must ${rule}, got ${received}. ${advice}`
      : `every ${rule.item} in ${label} must ${rule.text}, got ${received}. ${advice}`,
];

/** Rejections that show the string. */
export const texts = (rule: RuleText, advice: string, values: readonly string[]): Rejection[] =>
  values.map((value) => rejection(value, rule, `"${value}"`, advice));

/** Rejections that show the number. */
export const numbers = (rule: RuleText, advice: string, values: readonly number[]): Rejection[] =>
  values.map((value) => rejection(value, rule, String(value), advice));

/** Rejections that show something other than the value, such as its length. */
export const shownAs = (rule: RuleText, advice: string, shown: string, values: readonly unknown[]): Rejection[] =>
  values.map((value) => rejection(value, rule, shown, advice));

/** The first rejection of each rule, by the part of its message before the value received. */
export function onePerRule(rejected: readonly Rejection[]): Rejection[] {
  const rule = ([, message]: Rejection): string => message("").split(", got ")[0] ?? "";
  return rejected.filter(
    (candidate, index) => rejected.findIndex((other) => rule(other) === rule(candidate)) === index,
  );
}

/**
 * Both edges of every limit of one input. A rejected value breaks exactly one rule, so that its
 * message is the whole error.
 */
export interface EdgeCases {
  readonly input: InputName;
  readonly accepted: readonly unknown[];
  readonly rejected: readonly Rejection[];
  /** Other inputs without which the value would be rejected for another reason. */
  readonly with?: InputValues;
  /** TypeScript rejects every literal. */
  readonly terraformOnly?: true;
}

/** Inputs set together, besides the required ones. */
export interface AcceptedCombination {
  readonly name: string;
  readonly inputs: InputValues;
  /** TypeScript rejects any literal access key. */
  readonly terraformOnly?: true;
}

export interface RejectedCombination extends AcceptedCombination {
  /** The variable that has the validation: one that is set whenever the combination is invalid. */
  readonly reportedOn: InputName;
  /** The whole error; `label` gives the name of an input in that layer. */
  readonly message: (label: (input: string) => string) => string;
}
