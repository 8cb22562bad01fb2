/** Keywords of a JSON schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * One rule for one input, in the two languages it is checked in: TypeScript at construction for
 * literals, Terraform at plan time for variables. Its JSON schema is for editors.
 */
export interface Rule {
  /** Completes the sentence "<input> must …". */
  readonly text: string;
  /** Whether a literal follows the rule. */
  readonly allows: (value: unknown) => boolean;
  /** The same as a Terraform expression over `reference`. */
  readonly condition: (reference: string) => string;
  /** The same as a JSON schema, as far as that can say it. */
  readonly schema: JsonSchema;
  /** What to show of a rejected literal. */
  readonly received: (value: unknown) => string;
  /** The same as the inside of a Terraform string template. */
  readonly receivedTemplate: (reference: string) => string;
}

type TextMap = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === "string";
const isMap = (value: unknown): value is TextMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Characters as Terraform's `length` counts them, which JavaScript's does not. */
const characters = (value: string): number =>
  // Of visible ASCII, each is one; the segmenter takes its time.
  /^[ -~]*$/.test(value) ? value.length : [...new Intl.Segmenter().segment(value)].length;

const quoted = {
  received: (value: unknown) => (isText(value) ? `"${value}"` : String(value)),
  receivedTemplate: (reference: string) => `"\${${reference}}"`,
};

const bare = {
  received: String,
  receivedTemplate: (reference: string) => `\${${reference}}`,
};

const secret = {
  received: () => "a value that is not shown",
  receivedTemplate: () => "a value that is not shown",
};

const hclString = (value: string): string => JSON.stringify(value);

/** A whole number within both bounds. */
export function wholeNumber(minimum: number, maximum: number): Rule {
  return {
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

/** A text that a regular expression, common to RE2 and JavaScript, accepts whole. */
export function matching(pattern: string, text: string): Rule {
  const expression = new RegExp(pattern, "u");
  return {
    ...quoted,
    text,
    schema: { pattern },
    allows: (value) => isText(value) && expression.test(value),
    condition: (reference) => `can(regex(${hclString(pattern)}, ${reference}))`,
  };
}

/** A text in which a regular expression, common to RE2 and JavaScript, finds nothing. */
export function notMatching(pattern: string, text: string): Rule {
  const expression = new RegExp(pattern, "u");
  return {
    ...quoted,
    text,
    schema: { not: { pattern } },
    allows: (value) => isText(value) && !expression.test(value),
    condition: (reference) => `!can(regex(${hclString(pattern)}, ${reference}))`,
  };
}

/** A text of at most so many characters. */
export function lengthAtMost(maximum: number): Rule {
  return {
    text: `have at most ${maximum} characters`,
    schema: { maxLength: maximum },
    received: (value) => (isText(value) ? `${characters(value)} characters` : String(value)),
    receivedTemplate: (reference) => `\${length(${reference})} characters`,
    allows: (value) => isText(value) && characters(value) <= maximum,
    condition: (reference) => `length(${reference}) <= ${maximum}`,
  };
}

/**
 * A secret of bounded length. The unit is the byte, as in the provider, whose own message for a
 * secret that is too long prints it.
 */
export function secretBytesBetween(minimum: number, maximum: number): Rule {
  const bytes = (reference: string) => `floor(length(replace(base64encode(${reference}), "=", "")) * 3 / 4)`;
  return {
    ...secret,
    text: `have ${minimum} to ${maximum} bytes`,
    schema: {},
    allows: (value) => isText(value) && Buffer.byteLength(value) >= minimum && Buffer.byteLength(value) <= maximum,
    condition: (reference) => `${bytes(reference)} >= ${minimum} && ${bytes(reference)} <= ${maximum}`,
  };
}

/** The same rule for a secret: the value received is not shown. */
export function ofSecret(rule: Rule): Rule {
  return { ...rule, ...secret };
}

/**
 * The same rule for the ARN of a secret: a value that is no ARN is not shown, since it is likely the secret itself.
 */
export function ofSecretArn(rule: Rule): Rule {
  return {
    ...rule,
    received: (value) => (isText(value) && /^(arn:|$)/.test(value) ? quoted.received(value) : secret.received()),
    receivedTemplate: (reference) =>
      `\${can(regex("^(arn:|$)", ${reference})) ? format("\\"%s\\"", ${reference}) : "${secret.receivedTemplate()}"}`,
  };
}

/** A map with a bounded number of entries; an entry whose value is null counts as absent. */
export function entriesAtMost(maximum: number): Rule {
  const present = (reference: string) => `length([for value in values(${reference}) : value if value != null])`;
  return {
    text: `have at most ${maximum} entries`,
    schema: { maxProperties: maximum },
    received: (value) => (isMap(value) ? `${Object.keys(value).length} entries` : String(value)),
    receivedTemplate: (reference) => `\${${present(reference)}} entries`,
    allows: (value) => isMap(value) && Object.keys(value).length <= maximum,
    // Few entries are enough whether or not their values are known when Terraform plans.
    condition: (reference) => `length(${reference}) <= ${maximum} ? true : ${present(reference)} <= ${maximum}`,
  };
}

/** A map whose names all follow a rule. The names that do not are shown, never the values. */
export function namesEach(rule: Rule): Rule {
  return entriesEach(rule, "name");
}

/** A map whose values all follow a rule. The names of those that do not are shown, never the values. */
export function valuesEach(rule: Rule): Rule {
  return entriesEach(rule, "value");
}

function entriesEach(rule: Rule, part: "name" | "value"): Rule {
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
  return {
    text: `in every ${part} ${rule.text}`,
    schema: part === "name" ? { propertyNames: rule.schema } : { additionalProperties: rule.schema },
    received: (value) => (isMap(value) ? `"${rejected(value).join('", "')}"` : String(value)),
    receivedTemplate: (reference) =>
      `"\${join("\\", \\"", [for name, value in ${reference} : name if !(${entryCondition})])}"`,
    allows: (value) => isMap(value) && rejected(value).length === 0,
    condition: (reference) => `alltrue([for name, value in ${reference} : ${entryCondition}])`,
  };
}

/** A map no two names of which are the same but for their case. */
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
