import { asString, isObject, type JsonObject, parsedJson } from "./json";
import { UNKNOWN } from "./unknown";

/** One element of a list in a policy; UNKNOWN may be anything. */
export type Value = string | typeof UNKNOWN;

/** The values of `Action` or `Resource`; negated for `NotAction` and `NotResource`. */
export interface Patterns {
  readonly negated: boolean;
  readonly values: readonly Value[];
}

const PRINCIPAL_TYPES = ["AWS", "Service", "Federated", "CanonicalUser"] as const;

export interface Principal {
  /** `*` for `"Principal": "*"`. */
  readonly type: (typeof PRINCIPAL_TYPES)[number] | "*";
  readonly id: Value;
}

/** The values of `Principal`; negated for `NotPrincipal`. */
export interface Principals {
  readonly negated: boolean;
  readonly ids: readonly Principal[];
}

/** One key of one operator. */
export interface Condition {
  readonly operator: string;
  readonly key: Value;
  readonly values: readonly Value[];
}

/** A statement of a policy. */
export interface Statement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: Patterns;
  /** Undefined in a trust policy. */
  readonly resources: Patterns | undefined;
  /** Undefined in an identity-based policy. */
  readonly principals: Principals | undefined;
  readonly conditions: readonly Condition[];
  /** Whether `${…}` is not a policy variable, as in a policy without version 2012-10-17. */
  readonly ignoresVariables?: boolean;
}

/** IAM would not accept the policy document. */
export class InvalidPolicyDocument extends Error {}

const DOCUMENT_ELEMENTS = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
];
const VERSIONS = ["2012-10-17", "2008-10-17"];

/**
 * Parses the statements of a policy document. Error messages do not quote the document.
 *
 * @throws InvalidPolicyDocument saying which rule of IAM's grammar the document breaks
 */
export function parseStatements(json: string): readonly Statement[] {
  const document = parseJson(json);
  if (!isObject(document)) {
    throw new InvalidPolicyDocument("The policy document must be a JSON object. Write it with a Statement.");
  }
  requireElements("The policy document", document, DOCUMENT_ELEMENTS);
  const version = document["Version"];
  if (version !== undefined && !VERSIONS.some((each) => each === version)) {
    throw new InvalidPolicyDocument(`Version must be one of ${VERSIONS.join(", ")}. Use ${VERSIONS[0] ?? ""}.`);
  }
  const statements = document["Statement"];
  if (statements === undefined) {
    throw new InvalidPolicyDocument("The policy document must have a Statement. Add one.");
  }
  const ignoresVariables = version !== VERSIONS[0];
  return listOf(statements).map((statement, index) => ({
    ...parseStatement(statement, `Statement ${index + 1}`),
    ...(ignoresVariables ? { ignoresVariables } : {}),
  }));
}

function parseJson(json: string): unknown {
  const document = parsedJson(json);
  if (document === undefined) {
    throw new InvalidPolicyDocument("The policy document must be JSON. Correct its syntax.");
  }
  return document;
}

function parseStatement(statement: unknown, name: string): Statement {
  if (!isObject(statement)) {
    throw new InvalidPolicyDocument(`${name} must be a JSON object. Write it with Effect and Action.`);
  }
  requireElements(name, statement, STATEMENT_ELEMENTS);
  const { Sid: sid, Effect: effect } = statement;
  if (effect !== "Allow" && effect !== "Deny") {
    throw new InvalidPolicyDocument(`The Effect of ${name} must be "Allow" or "Deny". Values are case-sensitive.`);
  }
  const actions = patterns(statement, "Action", name);
  if (actions === undefined) {
    throw new InvalidPolicyDocument(`${name} must have an Action or a NotAction. Add one.`);
  }
  return {
    sid: asString(sid) ?? "",
    effect,
    actions,
    resources: patterns(statement, "Resource", name),
    principals: principals(statement, name),
    conditions: conditions(statement["Condition"], name),
  };
}

function requireElements(name: string, found: JsonObject, known: readonly string[]): void {
  if (Object.keys(found).some((element) => !known.includes(element))) {
    throw new InvalidPolicyDocument(
      `${name} must contain only the elements ${known.join(", ")}. Remove or correct the others: names are case-sensitive.`,
    );
  }
}

/** The element or its negation; a statement cannot have both. */
function either(
  statement: JsonObject,
  element: string,
  name: string,
): { negated: boolean; value: unknown } | undefined {
  const [value, negation] = [statement[element], statement[`Not${element}`]];
  if (value !== undefined && negation !== undefined) {
    throw new InvalidPolicyDocument(`${element} of ${name} conflicts with its Not${element}. Remove one of them.`);
  }
  return value !== undefined
    ? { negated: false, value }
    : negation !== undefined
      ? { negated: true, value: negation }
      : undefined;
}

function patterns(statement: JsonObject, element: string, name: string): Patterns | undefined {
  const found = either(statement, element, name);
  return found && { negated: found.negated, values: texts(found.value, `${element} of ${name}`) };
}

function principals(statement: JsonObject, name: string): Principals | undefined {
  const found = either(statement, "Principal", name);
  if (found === undefined) {
    return undefined;
  }
  const { negated, value } = found;
  if (value === "*") {
    return { negated, ids: [{ type: "*", id: "*" }] };
  }
  if (!isObject(value) || Array.isArray(value)) {
    throw new InvalidPolicyDocument(`The Principal of ${name} must be "*" or an object of principals by type.`);
  }
  const ids = Object.entries(value).flatMap(([key, list]) => {
    const type = PRINCIPAL_TYPES.find((each) => each === key);
    if (type === undefined) {
      throw new InvalidPolicyDocument(
        `The types of principals in ${name} must be among ${PRINCIPAL_TYPES.join(", ")}. Types are case-sensitive.`,
      );
    }
    return texts(list, `Principal of ${name}`).map((id) => ({ type, id }));
  });
  return { negated, ids };
}

function conditions(condition: unknown, name: string): readonly Condition[] {
  if (condition === undefined) {
    return [];
  }
  if (!isObject(condition) || !Object.values(condition).every(isObject)) {
    throw new InvalidPolicyDocument(`The Condition of ${name} must be an object of condition keys by operator.`);
  }
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, value]) => ({
      operator,
      key,
      values: listOf(value).map((item) => scalar(item, name)),
    })),
  );
}

/** IAM accepts a boolean or a number as a string. */
function scalar(item: unknown, name: string): string {
  if (typeof item === "string" || typeof item === "boolean" || typeof item === "number") {
    return String(item);
  }
  throw new InvalidPolicyDocument(`The values in the Condition of ${name} must be strings, booleans or numbers.`);
}

function texts(value: unknown, name: string): readonly string[] {
  return listOf(value).map((item) => {
    if (typeof item !== "string") {
      throw new InvalidPolicyDocument(`${name} must be a string or a list of strings.`);
    }
    return item;
  });
}

/** IAM accepts a single element instead of a list of one. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
