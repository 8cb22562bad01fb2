import { and, or } from "./logic";
import { matchStatement, type StatementMatch } from "./match";
import { MATCH_LEVELS, type MatchLevel } from "./principal";
import type { Request } from "./request";
import type { Condition, Statement } from "./statement";
import { type Planned, UNKNOWN } from "./unknown";

/** Statements of policies; UNKNOWN stands for a policy whose content is not known. */
export type Statements<S extends Statement = Statement> = readonly Planned<S>[];

/** The policies that decide on a request. */
export interface Policies<S extends Statement = Statement> {
  /** The identity-based policies of the requester. */
  readonly identity: Statements<S>;
  /** The requester's permissions boundary, if it has one. */
  readonly boundary?: Statements<S> | undefined;
  /** The resource-based policy, if the resource has one. A key without one is assumed to have the default key policy. */
  readonly resource?: Statements<S> | undefined;
  /** Whether requester and resource are in one account. */
  readonly isSameAccount: Planned<boolean>;
}

/** Why a request is allowed, denied or undetermined. */
export type Reason =
  | "allow"
  | "explicitDeny"
  | "implicitDeny"
  /** The permissions boundary does not allow it. */
  | "boundary"
  /** The policy of the key, or of the other account's resource, does not allow it. */
  | "resourcePolicy"
  /** A Deny may apply. */
  | "possibleDeny"
  /** No Allow applies for certain. */
  | "possibleAllow";

/** The result of an evaluation, with the statements that decide it. */
export interface Decision<S extends Statement = Statement> {
  readonly result: "allowed" | "denied" | "undetermined";
  readonly reason: Reason;
  /** The statements that allow or deny the request, or may do so. */
  readonly statements: readonly S[];
  /** The conditions that could not be determined. */
  readonly conditions: readonly Condition[];
}

/**
 * Evaluates a request as IAM documents it: a Deny overrides every Allow; within an account, an identity-based or a
 * resource-based policy must allow the request, across accounts both; a boundary limits what identity-based policies
 * allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate<S extends Statement>(request: Request, policies: Policies<S>): Decision<S> {
  const hasBoundary = policies.boundary !== undefined;
  const identity = matchAll(policies.identity, request, { isResourcePolicy: false, hasBoundary });
  const boundary = matchAll(policies.boundary ?? [], request, { isResourcePolicy: false, hasBoundary });
  const resource = matchAll(policies.resource ?? [], request, { isResourcePolicy: true, hasBoundary });
  const denies = [identity, boundary, resource].flatMap(({ denies }) => denies);
  const denying = denies.filter(({ applies }) => applies === true);
  if (denying.length > 0) {
    return decision("denied", "explicitDeny", denying);
  }
  const isUnknown = [identity, boundary, resource].some(({ hasUnknown }) => hasUnknown);
  const granted = grant(request, policies, {
    identity: allowedBy(identity),
    boundary: hasBoundary ? allowedBy(boundary) : true,
    resource,
  });
  const allows = [...identity.allows, ...resource.allows];
  if (granted === false) {
    return denied(policies, { identity, boundary, resource });
  }
  if (granted === true && (denies.length > 0 || isUnknown)) {
    return decision("undetermined", "possibleDeny", denies);
  }
  return granted === true
    ? decision(
        "allowed",
        "allow",
        allows.filter(({ applies }) => applies === true),
      )
    : decision("undetermined", "possibleAllow", [...allows, ...boundary.allows].filter(isUndetermined));
}

/** The statements of one kind of policy that may apply. */
interface Matches<S extends Statement> {
  readonly allows: readonly StatementMatch<S>[];
  readonly denies: readonly StatementMatch<S>[];
  /** Whether the content of a policy is not known: it may allow and deny everything. */
  readonly hasUnknown: boolean;
}

function matchAll<S extends Statement>(
  statements: Statements<S>,
  request: Request,
  options: Parameters<typeof matchStatement>[2],
): Matches<S> {
  const matched = statements
    .filter((statement) => statement !== UNKNOWN)
    .map((statement) => matchStatement(statement, request, options))
    .filter(({ applies }) => applies !== false);
  return {
    allows: matched.filter(({ statement }) => statement.effect === "Allow"),
    denies: matched.filter(({ statement }) => statement.effect === "Deny"),
    hasUnknown: statements.includes(UNKNOWN),
  };
}

function allowedBy<S extends Statement>(
  { allows, hasUnknown }: Matches<S>,
  levels: readonly MatchLevel[] = MATCH_LEVELS,
): Planned<boolean> {
  return or(...allows.flatMap((match) => levels.map((level) => match.levels[level])), hasUnknown ? UNKNOWN : false);
}

/** Whether the policies allow the request, before any Deny. */
function grant<S extends Statement>(
  { action, principal }: Request,
  policies: Policies<S>,
  allowed: { identity: Planned<boolean>; boundary: Planned<boolean>; resource: Matches<S> },
): Planned<boolean> {
  const by = (...levels: readonly MatchLevel[]): Planned<boolean> => allowedBy(allowed.resource, levels);
  if (principal.kind === "service" || principal.kind === "anonymous" || principal.kind === "federated") {
    // They have no policies of their own.
    return by("everyone", "exact");
  }
  const own = and(allowed.identity, allowed.boundary);
  // The boundary limits a grant to the role's ARN, but not a grant to its session or to everybody.
  const direct = or(by("everyone", "session", "exact"), and(by("role"), allowed.boundary));
  const isKey = /^kms:/i.test(action);
  const isDefaultKeyPolicy = isKey && policies.resource === undefined;
  const within = isKey
    ? or(direct, and(own, or(by("account"), isDefaultKeyPolicy)))
    : or(own, direct, delegated(by("account"), allowed.boundary));
  const across = and(own, by(...MATCH_LEVELS));
  return policies.isSameAccount === UNKNOWN
    ? within === across
      ? within
      : UNKNOWN
    : policies.isSameAccount
      ? within
      : across;
}

/** A policy that names an account delegates to the account's identities. IAM does not document if they also need an Allow. */
const delegated = (account: Planned<boolean>, boundary: Planned<boolean>): Planned<boolean> =>
  and(account, boundary, UNKNOWN);

function denied<S extends Statement>(
  { boundary: bounds }: Policies<S>,
  { identity, boundary, resource }: Record<"identity" | "boundary" | "resource", Matches<S>>,
): Decision<S> {
  const allowing = [...identity.allows, ...resource.allows];
  if (allowing.length === 0 && !identity.hasUnknown) {
    return decision("denied", "implicitDeny", []);
  }
  if (bounds !== undefined && allowedBy(boundary) === false) {
    return decision("denied", "boundary", allowing);
  }
  return identity.allows.length > 0
    ? decision("denied", "resourcePolicy", identity.allows)
    : decision("denied", "implicitDeny", []);
}

const isUndetermined = ({ applies }: { readonly applies: Planned<boolean> }): boolean => applies === UNKNOWN;

function decision<S extends Statement>(
  result: Decision["result"],
  reason: Reason,
  matched: readonly StatementMatch<S>[],
): Decision<S> {
  return {
    result,
    reason,
    statements: [...new Set(matched.map(({ statement }) => statement))],
    conditions: [...new Set(matched.flatMap(({ undetermined }) => undetermined))],
  };
}
