import { meetsCondition } from "./condition";
import { and, not, or } from "./logic";
import { matches, matchesResource, wildcards } from "./pattern";
import {
  deniedByNotPrincipal,
  MATCH_LEVELS,
  type MatchLevel,
  matchPrincipals,
  matchesAtAnyLevel,
  type PrincipalMatch,
} from "./principal";
import type { Request } from "./request";
import type { Condition, Patterns, Statement } from "./statement";
import { type Planned, UNKNOWN } from "./unknown";
import { replaceVariables } from "./variables";

/** Whether a statement applies to a request. */
export interface StatementMatch<S extends Statement = Statement> {
  readonly statement: S;
  readonly applies: Planned<boolean>;
  /** How closely the statement names the requester; always `exact` in an identity-based policy. */
  readonly levels: PrincipalMatch;
  /** The conditions that could not be determined, if the result depends on them. */
  readonly undetermined: readonly Condition[];
}

/** Where a statement comes from. */
export interface StatementOrigin {
  readonly isResourcePolicy: boolean;
  readonly hasBoundary: boolean;
}

export function matchStatement<S extends Statement>(
  statement: S,
  request: Request,
  options: StatementOrigin,
): StatementMatch<S> {
  const isAction = matchesActions(statement, request);
  if (isAction === false) {
    // The usual case: the statement is about other actions.
    return { statement, applies: false, levels: AT_NO_LEVEL, undetermined: [] };
  }
  const met = statement.conditions.map((condition) => meetsCondition(condition, request.context, statement));
  const common = and(isAction, matchesResources(statement, request), ...met);
  const named = nameLevels(statement, request, options);
  const levelOf = (level: MatchLevel): Planned<boolean> => and(common, named[level]);
  const applies = and(common, matchesAtAnyLevel(named));
  return {
    statement,
    applies,
    levels: {
      everyone: levelOf("everyone"),
      account: levelOf("account"),
      role: levelOf("role"),
      session: levelOf("session"),
      exact: levelOf("exact"),
    },
    undetermined: applies === UNKNOWN ? statement.conditions.filter((_, index) => met[index] === UNKNOWN) : [],
  };
}

const AT_NO_LEVEL: PrincipalMatch = { everyone: false, account: false, role: false, session: false, exact: false };

function nameLevels(
  { effect, principals }: Statement,
  { principal }: Request,
  { isResourcePolicy, hasBoundary }: StatementOrigin,
): PrincipalMatch {
  if (!isResourcePolicy) {
    return { ...AT_NO_LEVEL, exact: true };
  }
  if (principals === undefined) {
    return AT_NO_LEVEL;
  }
  if (!principals.negated) {
    return matchPrincipals(principals, principal);
  }
  const isIncluded =
    effect === "Deny"
      ? deniedByNotPrincipal(principals, principal, hasBoundary)
      : not(or(...MATCH_LEVELS.map((level) => matchPrincipals(principals, principal)[level])));
  return { ...AT_NO_LEVEL, everyone: isIncluded };
}

/** Actions are not case-sensitive. */
function matchesActions({ actions }: Statement, { action }: Request): Planned<boolean> {
  return apply(actions, (value) =>
    /[*?]/.test(value)
      ? matches(wildcards(value), action, { ignoresCase: true })
      : value.toLowerCase() === action.toLowerCase(),
  );
}

/** A trust policy has no resources: it applies to its role. */
function matchesResources(
  { resources, ignoresVariables = false }: Statement,
  { resource, context }: Request,
): Planned<boolean> {
  return resources === undefined
    ? true
    : apply(resources, (value) => {
        const pattern = replaceVariables(value, { context, hasWildcards: true, hasVariables: !ignoresVariables });
        return pattern === undefined ? false : matchesResource(pattern, resource);
      });
}

function apply({ negated, values }: Patterns, match: (value: string) => Planned<boolean>): Planned<boolean> {
  const matched = or(...values.map((value) => (value === UNKNOWN ? UNKNOWN : match(value))));
  return negated ? not(matched) : matched;
}
