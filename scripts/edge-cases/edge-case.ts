import type { InputName } from "../../modules/inputs";

/** A value and the error it gets, without the input's name in front. */
export type Rejection = readonly [value: unknown, rest: string];

export const repeat = (text: string, length: number): string => text.repeat(length);
export const map = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, "value"]));

/** Rejections that show the text. */
export const texts = (rule: string, advice: string, values: readonly string[]): Rejection[] =>
  values.map((value) => [value, `must ${rule}, got "${value}". ${advice}`]);

/** Rejections that show the number. */
export const numbers = (rule: string, advice: string, values: readonly number[]): Rejection[] =>
  values.map((value) => [value, `must ${rule}, got ${value}. ${advice}`]);

/** Rejections that show something else than the value, such as its length. */
export const shownAs = (rule: string, advice: string, shown: string, values: readonly unknown[]): Rejection[] =>
  values.map((value) => [value, `must ${rule}, got ${shown}. ${advice}`]);

/** The first rejection of each rule, by what its message says before the value received. */
export function onePerRule(rejected: readonly Rejection[]): Rejection[] {
  const rule = ([, rest]: Rejection): string => rest.split(", got ")[0] ?? "";
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
  readonly with?: Readonly<Partial<Record<InputName, unknown>>>;
  /** TypeScript rejects every literal. */
  readonly terraformOnly?: true;
}

/** Inputs set together, besides the required ones. */
export interface AcceptedCombination {
  readonly name: string;
  readonly inputs: Readonly<Partial<Record<InputName, unknown>>>;
  /** TypeScript rejects any literal access key. */
  readonly terraformOnly?: true;
}

export interface RejectedCombination extends AcceptedCombination {
  /** The variable that carries the validation: one that is set whenever the combination is wrong. */
  readonly reportedOn: InputName;
  /** The whole error; `label` names an input as the layer writes it. */
  readonly message: (label: (input: string) => string) => string;
}
