import { meetsCondition } from "./condition";
import { and, not, or } from "./logic";
import { matches, matchesResource, wildcards } from "./pattern";
import {
  deniesAsNotPrincipal,
  MATCH_LEVELS,
  type MatchLevel,
  matchPrincipals,
  namesAtAll,
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
  /** By how closely the statement names the requester; of a policy of an identity, `exact` alone. */
  readonly levels: PrincipalMatch;
  /** The conditions of which it is not known whether the request meets them, if that matters. */
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
    // Most statements are about other actions.
    return { statement, applies: false, levels: AT_NO_LEVEL, undetermined: [] };
  }
  const met = statement.conditions.map((condition) => meetsCondition(condition, request.context, statement));
  const common = and(isAction, matchesResources(statement, request), ...met);
  const named = nameLevels(statement, request, options);
  const levelOf = (level: MatchLevel): Planned<boolean> => and(common, named[level]);
  const applies = and(common, namesAtAll(named));
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
      ? deniesAsNotPrincipal(principals, principal, hasBoundary)
      : not(or(...MATCH_LEVELS.map((level) => matchPrincipals(principals, principal)[level])));
  return { ...AT_NO_LEVEL, everyone: isIncluded };
}

/** Actions ignore the case. */
function matchesActions({ actions }: Statement, { action }: Request): Planned<boolean> {
  return apply(actions, (value) =>
    /[*?]/.test(value)
      ? matches(wildcards(value), action, { ignoresCase: true })
      : value.toLowerCase() === action.toLowerCase(),
  );
}

/** A trust policy names no resource: it is the role's own. */
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
