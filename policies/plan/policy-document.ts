import { asString } from "../../iam/json";
import {
  type Condition,
  InvalidPolicyDocument,
  parseStatements,
  type Patterns,
  type Principal,
  type Principals,
  type Statement,
  type Value,
} from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import type { PlannedResource } from "./planned-resource";
import { POLICY_DOCUMENT, type References } from "./references";

/** A policy document, as far as a plan shows. */
export interface PlannedPolicyDocument {
  readonly statements: readonly Statement[];
  /** Whether these are all statements; parts of them may still be UNKNOWN. */
  readonly isComplete: boolean;
  /** Why the text is not a valid policy document, without quoting it. */
  readonly invalid: string | undefined;
}

const NOTHING: PlannedPolicyDocument = { statements: [], isComplete: true, invalid: undefined };
const UNDETERMINED: PlannedPolicyDocument = { statements: [], isComplete: false, invalid: undefined };
const MAX_DEPTH = 5;

/**
 * The policy document at a path: from its text, or, if the text is not known, from the `aws_iam_policy_document` that the
 * expression refers to.
 */
export function readPolicyDocument(
  resource: PlannedResource,
  path: string,
  references: References,
  depth = 0,
): PlannedPolicyDocument {
  const text = resource.get(path);
  if (text !== UNKNOWN) {
    return typeof text === "string" && text !== "" ? parse(text) : NOTHING;
  }
  const { targets, isOpaque } = references.resolve(resource, path, POLICY_DOCUMENT);
  const [target] = targets;
  return target === undefined || targets.length > 1 || isOpaque || depth === MAX_DEPTH
    ? UNDETERMINED
    : rebuild(target.resource, references, depth + 1);
}

/** The documents that the references at a path lead to; UNKNOWN if there may be others. */
export function referredDocuments(
  resource: PlannedResource,
  path: string,
  references: References,
): readonly PlannedPolicyDocument[] | typeof UNKNOWN {
  const { targets, isOpaque } = references.resolve(resource, path, POLICY_DOCUMENT);
  return isOpaque ? UNKNOWN : targets.map((target) => rebuild(target.resource, references, 1));
}

function parse(text: string): PlannedPolicyDocument {
  try {
    return { ...NOTHING, statements: parseStatements(text) };
  } catch (error) {
    if (error instanceof InvalidPolicyDocument) {
      return { ...UNDETERMINED, invalid: error.message };
    }
    throw error;
  }
}

/** Reconstructs the document of an `aws_iam_policy_document`. */
function rebuild(data: PlannedResource, references: References, depth: number): PlannedPolicyDocument {
  const json = data.get("json");
  if (typeof json === "string") {
    return parse(json);
  }
  const own = statementsOf(data);
  const sources = documentsOf(data, "source_policy_documents", "source_json", references, depth);
  const overrides = documentsOf(data, "override_policy_documents", "override_json", references, depth);
  const parts = [...sources, own, ...overrides];
  return {
    statements: [own, ...overrides].reduce(
      (list, { statements }) => override(list, statements),
      [...sources.flatMap(({ statements }) => statements)],
    ),
    isComplete: parts.every(({ isComplete }) => isComplete),
    invalid: parts.find(({ invalid }) => invalid !== undefined)?.invalid,
  };
}

/** A statement replaces the statement with the same Sid. */
function override(list: readonly Statement[], more: readonly Statement[]): Statement[] {
  const sids = new Set(more.flatMap(({ sid }) => (sid === "" ? [] : [sid])));
  return [...list.filter(({ sid }) => !sids.has(sid)), ...more];
}

function documentsOf(
  data: PlannedResource,
  list: string,
  single: string,
  references: References,
  depth: number,
): PlannedPolicyDocument[] {
  const count = data.count(list);
  const paths = count === UNKNOWN ? [] : Array.from({ length: count }, (_, index) => `${list}.${index}`);
  const singles = data.get(single) === undefined ? [] : [readPolicyDocument(data, single, references, depth)];
  if (count === UNKNOWN) {
    return [UNDETERMINED, ...singles];
  }
  const texts = paths.map((path) => data.get(path));
  if (!texts.includes(UNKNOWN)) {
    return [...texts.map((text) => (typeof text === "string" ? parse(text) : NOTHING)), ...singles];
  }
  // The list has one expression for all elements: its references match the elements only if there are as many.
  const { targets, isOpaque } = references.resolve(data, list, POLICY_DOCUMENT);
  const isOneEach = !isOpaque && targets.length === texts.length && depth < MAX_DEPTH;
  return [
    ...(isOneEach ? targets.map(({ resource }) => rebuild(resource, references, depth + 1)) : [UNDETERMINED]),
    ...singles,
  ];
}

function statementsOf(data: PlannedResource): PlannedPolicyDocument {
  const count = data.count("statement");
  if (count === UNKNOWN) {
    return UNDETERMINED;
  }
  const statements = Array.from({ length: count }, (_, index) => statementAt(data, `statement.${index}`));
  const known = statements.filter((statement) => statement !== UNKNOWN);
  return { statements: known, isComplete: known.length === statements.length, invalid: undefined };
}

function statementAt(data: PlannedResource, path: string): Statement | typeof UNKNOWN {
  const effect = data.get(`${path}.effect`) ?? "Allow";
  const principals = principalsAt(data, path);
  if ((effect !== "Allow" && effect !== "Deny") || principals === UNKNOWN) {
    return UNKNOWN;
  }
  const sid = data.get(`${path}.sid`);
  return {
    sid: asString(sid) ?? "",
    effect,
    actions: patternsAt(data, path, "actions") ?? { negated: false, values: [] },
    resources: patternsAt(data, path, "resources"),
    principals,
    conditions: conditionsAt(data, `${path}.condition`),
  };
}

function patternsAt(data: PlannedResource, path: string, name: string): Patterns | undefined {
  const [values, negated] = [valuesAt(data, `${path}.${name}`), valuesAt(data, `${path}.not_${name}`)];
  if (values.length === 0 && negated.length === 0) {
    return undefined;
  }
  return values.length === 0 ? { negated: true, values: negated } : { negated: false, values };
}

function principalsAt(data: PlannedResource, path: string): Principals | undefined | typeof UNKNOWN {
  for (const [name, negated] of [
    ["principals", false],
    ["not_principals", true],
  ] as const) {
    const count = data.count(`${path}.${name}`);
    if (count === UNKNOWN) {
      return UNKNOWN;
    }
    const ids: Principal[] = [];
    for (let index = 0; index < count; index += 1) {
      const type = principalType(data.get(`${path}.${name}.${index}.type`));
      if (type === undefined) {
        return UNKNOWN;
      }
      ids.push(...valuesAt(data, `${path}.${name}.${index}.identifiers`).map((id): Principal => ({ type, id })));
    }
    if (ids.length > 0) {
      return { negated, ids };
    }
  }
  return undefined;
}

const TYPES: readonly Principal["type"][] = ["AWS", "Service", "Federated", "CanonicalUser", "*"];

const principalType = (value: unknown): Principal["type"] | undefined => TYPES.find((type) => type === value);

function conditionsAt(data: PlannedResource, path: string): Condition[] {
  const count = data.count(path);
  if (count === UNKNOWN) {
    return [{ operator: "StringEquals", key: UNKNOWN, values: [UNKNOWN] }];
  }
  return Array.from({ length: count }, (_, index) => {
    const [operator, key] = [data.get(`${path}.${index}.test`), data.get(`${path}.${index}.variable`)];
    return {
      operator: asString(operator) ?? "",
      key: operator === UNKNOWN ? UNKNOWN : toValue(key),
      values: valuesAt(data, `${path}.${index}.values`),
    };
  });
}

/** The strings of a list; one UNKNOWN for an unknown list. */
function valuesAt(data: PlannedResource, path: string): Value[] {
  const count = data.count(path);
  return count === UNKNOWN
    ? [UNKNOWN]
    : Array.from({ length: count }, (_, index) => toValue(data.get(`${path}.${index}`)));
}

const toValue = (value: unknown): Value => asString(value) ?? UNKNOWN;
