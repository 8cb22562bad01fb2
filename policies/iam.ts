import { asObject, isObject, type JsonObject } from "./json";
import { type Kloudfuse, lastPart, type Stream } from "./kloudfuse";
import { type Planned, type PlannedResource, UNKNOWN } from "./plan";

/** A statement of an IAM policy, every part a list. */
export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `type:identifier`, such as `Service:firehose.amazonaws.com` or `AWS:*`. */
  readonly principals: readonly string[];
  /** `operator key` to values, such as `StringEquals sts:ExternalId`. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
  /** Parts that turn a grant around: `NotAction`, `NotResource`, `NotPrincipal`. */
  readonly negations: readonly string[];
}

/** A text or a list of texts, as IAM lets each part be. */
export const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");

/** The statements of the policy at a path. */
export function statements(resource: PlannedResource, path: string): Planned<readonly Statement[]> {
  const document = resource.text(path);
  if (document === UNKNOWN) {
    return UNKNOWN;
  }
  return statementsOf(document ?? "{}");
}

/** The statements of a policy document. */
export function statementsOf(document: string): readonly Statement[] {
  const parsed: unknown = JSON.parse(document);
  const list: unknown = asObject(parsed)["Statement"] ?? [];
  return (Array.isArray(list) ? list : [list]).filter(isObject).map(statement);
}

function statement(json: JsonObject): Statement {
  return {
    sid: texts(json["Sid"])[0] ?? "",
    effect: texts(json["Effect"])[0] ?? "",
    actions: texts(json["Action"]),
    resources: texts(json["Resource"]),
    principals: principals(json["Principal"]),
    conditions: conditions(json["Condition"]),
    negations: ["NotAction", "NotResource", "NotPrincipal"].filter((part) => part in json),
  };
}

function principals(principal: unknown): string[] {
  return isObject(principal)
    ? Object.entries(principal).flatMap(([type, ids]) => texts(ids).map((id) => `${type}:${id}`))
    : texts(principal).map((id) => `AWS:${id}`);
}

function conditions(condition: unknown): Map<string, readonly string[]> {
  const entries = Object.entries(asObject(condition)).flatMap(([operator, keys]) =>
    Object.entries(asObject(keys)).map(([key, values]): [string, string[]] => [`${operator} ${key}`, texts(values)]),
  );
  return new Map(entries);
}

/** Whether IAM's pattern, with `*` and `?`, covers a value. */
export function covers(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "is").test(value);
}

/** What the inline policies of a stream's role allow, and whether a part of it is not known. */
export interface Permissions {
  readonly policies: readonly PlannedResource[];
  readonly allowed: readonly Statement[];
  readonly isComplete: boolean;
}

/** The inline policies that the plan adds to a stream's role. */
export function permissionsOf({ plan, related }: Kloudfuse, { role }: Stream): Planned<Permissions> {
  const { certain: policies, possible } =
    role.resource !== undefined
      ? related("aws_iam_role_policy", "role", role.resource)
      : {
          certain:
            typeof role.value === "string" ? plan.withValue("aws_iam_role_policy", "role", lastPart(role.value)) : [],
          possible: [],
        };
  if (role.resource === undefined && role.value === UNKNOWN) {
    return UNKNOWN;
  }
  const documents = policies.map((policy) => statements(policy, "policy"));
  const known = documents.filter((document) => document !== UNKNOWN);
  return {
    policies,
    allowed: known.flat().filter(({ effect, negations }) => effect === "Allow" && negations.length === 0),
    isComplete: known.length === documents.length && possible.length === 0,
  };
}

/** The actions that are allowed on no resource that covers the one asked for. */
export function missingActions(permissions: Permissions, actions: readonly string[], resource: string): string[] {
  return actions.filter((action) => grantsOf(permissions, action, resource).length === 0);
}

function grantsOf({ allowed }: Permissions, action: string, resource: string): Statement[] {
  return allowed.filter(
    (grant) =>
      grant.actions.some((pattern) => covers(pattern, action)) &&
      grant.resources.some((pattern) => covers(pattern, resource)),
  );
}

/** Whether the role may use a key through a service. */
export type KeyAccess =
  | { readonly kind: "allowed" | "missing" }
  /** Every statement that allows it names other services in `kms:ViaService`. */
  | { readonly kind: "otherServices"; readonly grants: readonly Statement[] }
  /** Allowed under conditions that a plan does not decide. */
  | { readonly kind: "undetermined"; readonly conditions: readonly string[] };

/** @param services the values of `kms:ViaService` that the service may have */
export function keyAccess(
  permissions: Permissions,
  action: string,
  key: string,
  services: readonly string[],
): KeyAccess {
  const grants = grantsOf(permissions, action, key).map((grant) => {
    const met = [...grant.conditions].map(([condition, values]) => meetsViaService(condition, values, services));
    const conditions = [...grant.conditions.keys()].filter((_, index) => met[index] === undefined);
    return { grant, conditions, isExcluded: met.includes(false) };
  });
  const possible = grants.filter(({ isExcluded }) => !isExcluded);
  if (possible.some(({ conditions }) => conditions.length === 0)) {
    return { kind: "allowed" };
  }
  if (possible.length > 0) {
    return { kind: "undetermined", conditions: possible.flatMap(({ conditions }) => conditions) };
  }
  return grants.length > 0 ? { kind: "otherServices", grants: grants.map(({ grant }) => grant) } : { kind: "missing" };
}

/**
 * Whether a request through a service meets a condition on `kms:ViaService`; undefined for every other condition.
 *
 * @param services the values of `kms:ViaService` that the service may have
 */
export function meetsViaService(
  condition: string,
  values: readonly string[],
  services: readonly string[],
): boolean | undefined {
  const [operator = "", key = ""] = condition.split(" ");
  if (key.toLowerCase() !== "kms:viaservice") {
    return undefined;
  }
  switch (operator) {
    case "StringEquals":
      return values.some((value) => services.includes(value));
    case "StringLike":
      return values.some((pattern) => services.some((service) => covers(pattern, service)));
    default:
      return undefined;
  }
}
