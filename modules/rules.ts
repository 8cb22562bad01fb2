import { isString } from "../iam/json";

/** Keywords of a JSON schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * One rule for one input, in the two languages it is checked in: TypeScript at construction for
 * literals, Terraform at plan time for variables. Its JSON schema is for editors.
 */
export interface Rule {
  /** What of the input the rule is about, such as `name`, if it is about each of several items. */
  readonly item?: string;
  /** Completes the sentence "<input> must …", or "every <item> in <input> must …". */
  readonly text: string;
  /** Whether a literal follows the rule. */
  readonly allows: (value: unknown) => boolean;
  /** The same as a Terraform expression over `reference`. */
  readonly condition: (reference: string) => string;
  /** The same as a JSON schema, as far as a schema can express it. */
  readonly schema: JsonSchema;
  /** What to show of a rejected literal. */
  readonly received: (value: unknown) => string;
  /** The same as the inside of a Terraform string template. */
  readonly receivedTemplate: (reference: string) => string;
}

/** A rule with a minimum and a maximum. */
export interface RangeRule extends Rule {
  readonly minimum: number;
  readonly maximum: number;
}

/** A rule with a maximum. */
export interface MaximumRule extends Rule {
  readonly maximum: number;
}

/** The range of a rule, such as `1 to 64`. */
export const rangeOf = ({ minimum, maximum }: RangeRule): string => `${minimum} to ${maximum}`;

/** What an input must be or have, such as `every name in tags must not be empty`. */
export const requirement = ({ item, text }: Rule, input: string): string =>
  `${item === undefined ? input : `every ${item} in ${input}`} must ${text}`;

type TextMap = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is TextMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Number of characters as Terraform's `length` counts them, unlike JavaScript's. */
const characters = (value: string): number =>
  // Each ASCII character counts as one; the segmenter is slow.
  /^[ -~]*$/.test(value) ? value.length : [...new Intl.Segmenter().segment(value)].length;

const quoted = {
  received: (value: unknown) => (isString(value) ? `"${value}"` : String(value)),
  receivedTemplate: (reference: string) => `"\${${reference}}"`,
};

const bare = {
  // A text is no number: without quotes, "8" would be shown as a value that the rule allows.
  received: quoted.received,
  receivedTemplate: (reference: string) => `\${${reference}}`,
};

const secret = {
  received: () => "a value that is not shown",
  receivedTemplate: () => "a value that is not shown",
};

const hclString = (value: string): string => JSON.stringify(value);

/** A whole number within both bounds. */
export function wholeNumber(minimum: number, maximum: number): RangeRule {
  return {
    minimum,
    maximum,
    ...bare,
    text: `be a whole number from ${minimum} to ${maximum}`,
    schema: { multipleOf: 1, minimum, maximum },
    allows: (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
    condition: (reference) =>
      `${reference} >= ${minimum} && ${reference} <= ${maximum} && floor(${reference}) == ${reference}`,
  };
}

/** One of a list of numbers. */
export function oneOf(numbers: readonly number[]): Rule {
  return {
    ...bare,
    text: `be one of ${numbers.join(", ")}`,
    schema: { enum: numbers },
    allows: (value) => numbers.some((number) => number === value),
    condition: (reference) => `contains([${numbers.join(", ")}], ${reference})`,
  };
}

/** A string that matches a regular expression, which must be valid in RE2 and in JavaScript. */
export function matching(pattern: string, text: string): Rule {
  const expression = new RegExp(pattern, "u");
  return {
    ...quoted,
    text,
    schema: { pattern },
    allows: (value) => isString(value) && expression.test(value),
    condition: (reference) => `can(regex(${hclString(pattern)}, ${reference}))`,
  };
}

/** A string that does not match a regular expression, which must be valid in RE2 and in JavaScript. */
export function notMatching(pattern: string, text: string): Rule {
  const expression = new RegExp(pattern, "u");
  return {
    ...quoted,
    text,
    schema: { not: { pattern } },
    allows: (value) => isString(value) && !expression.test(value),
    condition: (reference) => `!can(regex(${hclString(pattern)}, ${reference}))`,
  };
}

/** A string with a bounded number of characters. */
export function lengthAtMost(maximum: number): MaximumRule {
  return {
    maximum,
    text: `have at most ${maximum} characters`,
    schema: { maxLength: maximum },
    received: (value) => (isString(value) ? `${characters(value)} characters` : String(value)),
    receivedTemplate: (reference) => `\${length(${reference})} characters`,
    allows: (value) => isString(value) && characters(value) <= maximum,
    condition: (reference) => `length(${reference}) <= ${maximum}`,
  };
}

/**
 * A secret of bounded length in bytes, as the provider counts it. The provider's own error for a secret that is too
 * long prints the secret.
 */
export function secretBytesBetween(minimum: number, maximum: number): Rule {
  const bytes = (reference: string) => `floor(length(replace(base64encode(${reference}), "=", "")) * 3 / 4)`;
  return {
    ...secret,
    text: `have ${minimum} to ${maximum} bytes`,
    schema: {},
    allows: (value) => isString(value) && Buffer.byteLength(value) >= minimum && Buffer.byteLength(value) <= maximum,
    condition: (reference) => `${bytes(reference)} >= ${minimum} && ${bytes(reference)} <= ${maximum}`,
  };
}

/** The same rule for a secret: the error does not show the value received. */
export function withHiddenValue(rule: Rule): Rule {
  return { ...rule, ...secret };
}

/**
 * The same rule for the ARN of a secret: the error does not show a value that is not an ARN, which is likely the secret
 * itself.
 */
export function hiddenUnlessArn(rule: Rule): Rule {
  return {
    ...rule,
    received: (value) => (isString(value) && /^(arn:|$)/.test(value) ? quoted.received(value) : secret.received()),
    receivedTemplate: (reference) =>
      `\${can(regex("^(arn:|$)", ${reference})) ? format("\\"%s\\"", ${reference}) : "${secret.receivedTemplate()}"}`,
  };
}

/** A map with a bounded number of entries; an entry whose value is null counts as absent. */
export function entriesAtMost(maximum: number): MaximumRule {
  const present = (reference: string) => `length([for value in values(${reference}) : value if value != null])`;
  return {
    maximum,
    text: `have at most ${maximum} entries`,
    schema: { maxProperties: maximum },
    received: (value) => (isMap(value) ? `${Object.keys(value).length} entries` : String(value)),
    receivedTemplate: (reference) => `\${${present(reference)}} entries`,
    allows: (value) => isMap(value) && Object.keys(value).length <= maximum,
    // Few entries are enough whether or not their values are known when Terraform plans.
    condition: (reference) => `length(${reference}) <= ${maximum} ? true : ${present(reference)} <= ${maximum}`,
  };
}

/** A map whose names all follow a rule. The error shows the names that do not, never the values. */
export function eachName(rule: Rule): Rule {
  return eachEntry(rule, "name");
}

/** A map whose values all follow a rule. The error shows the names of those that do not, never the values. */
export function eachValue(rule: Rule): Rule {
  return eachEntry(rule, "value");
}

function eachEntry(rule: Rule, part: "name" | "value"): Rule {
  const rejected = (map: TextMap): string[] =>
    Object.entries(map)
      .filter(([name, value]) => !rule.allows(part === "name" ? name : value))
      .map(([name]) => name)
      .sort();
  // A name is known when Terraform plans, a value need not be; an entry whose value is null is absent.
  const entryCondition =
    part === "name"
      ? `${rule.condition("name")} ? true : value == null`
      : `value == null ? true : ${rule.condition("value")}`;
  const prefix = part === "name" ? "" : "an invalid value of ";
  return {
    item: part,
    text: rule.text,
    schema: part === "name" ? { propertyNames: rule.schema } : { additionalProperties: rule.schema },
    received: (value) => (isMap(value) ? `${prefix}"${rejected(value).join('", "')}"` : String(value)),
    receivedTemplate: (reference) =>
      `${prefix}"\${join("\\", \\"", [for name, value in ${reference} : name if !(${entryCondition})])}"`,
    allows: (value) => isMap(value) && rejected(value).length === 0,
    condition: (reference) => `alltrue([for name, value in ${reference} : ${entryCondition}])`,
  };
}

/** A map without names that differ only in case. */
export const namesDifferByMoreThanCase: Rule = {
  text: "have names that differ by more than their case",
  schema: {},
  received: (value) => (isMap(value) ? `"${Object.keys(value).sort().join('", "')}"` : String(value)),
  receivedTemplate: (reference) => `"\${join("\\", \\"", keys(${reference}))}"`,
  allows: (value) =>
    isMap(value) && new Set(Object.keys(value).map((name) => name.toLowerCase())).size === Object.keys(value).length,
  condition: (reference) => {
    const differ = (names: string) => `length(distinct(${names})) == length(${names})`;
    const present = `[for name, value in ${reference} : lower(name) if value != null]`;
    return `${differ(`[for name in keys(${reference}) : lower(name)]`)} ? true : ${differ(present)}`;
  },
};
