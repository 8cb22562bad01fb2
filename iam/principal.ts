import { and, not, or } from "./logic";
import { matches, wildcards } from "./pattern";
import type { Principal, Principals, Statement } from "./statement";
import type { Text } from "./text";
import { type Planned, UNKNOWN } from "./unknown";

/** Who makes a request. */
export type Requester =
  /** A session of a role. */
  | { readonly kind: "role"; readonly arn: Text; readonly accountId: Planned<string> }
  /** Any user or role of an account, or a particular one, by its ARN. */
  | { readonly kind: "account"; readonly accountId: Planned<string>; readonly arn?: Text | undefined }
  /** An AWS service principal; a service may have a global name and a name in each region. */
  | { readonly kind: "service"; readonly names: readonly Text[] }
  /** An identity of an identity provider. */
  | { readonly kind: "federated"; readonly provider: Text }
  | { readonly kind: "anonymous" };

/** How closely a principal of a policy names a requester. */
export const MATCH_LEVELS = ["everyone", "account", "role", "session", "exact"] as const;

export type MatchLevel = (typeof MATCH_LEVELS)[number];

/** Whether principals of a policy name a requester, at each level. */
export type PrincipalMatch = Readonly<Record<MatchLevel, Planned<boolean>>>;

const NO_MATCH: PrincipalMatch = { everyone: false, account: false, role: false, session: false, exact: false };

/** Whether a principal of a policy names a requester. A wildcard cannot match a part of a principal's name. */
export function matchPrincipal(principal: Principal, requester: Requester): PrincipalMatch {
  const { type, id } = principal;
  if (type === "*" || (type === "AWS" && id === "*")) {
    return { ...NO_MATCH, everyone: true };
  }
  switch (requester.kind) {
    case "anonymous":
      return { ...NO_MATCH, everyone: type === "AWS" && id === UNKNOWN ? UNKNOWN : false };
    case "service":
      return { ...NO_MATCH, exact: type === "Service" ? namesService(id, requester.names) : false };
    case "federated":
      return { ...NO_MATCH, exact: type === "Federated" ? equals(id, requester.provider) : false };
    case "account":
    case "role":
      // A canonical user id identifies an account by another id.
      return type === "CanonicalUser"
        ? { ...NO_MATCH, account: UNKNOWN }
        : type === "AWS"
          ? namesAwsPrincipal(id, requester)
          : NO_MATCH;
  }
}

/** Whether `Principal` or `NotPrincipal` names a requester, at any level. */
export const matchesAtAnyLevel = (match: PrincipalMatch): Planned<boolean> =>
  or(...MATCH_LEVELS.map((level) => match[level]));

/** Whether any principal of an element names a requester, at each level. */
export function matchPrincipals({ ids }: Principals, requester: Requester): PrincipalMatch {
  const found = ids.map((principal) => matchPrincipal(principal, requester));
  const together = (level: MatchLevel): Planned<boolean> => or(...found.map((match) => match[level]));
  return {
    everyone: together("everyone"),
    account: together("account"),
    role: together("role"),
    session: together("session"),
    exact: together("exact"),
  };
}

/**
 * Whether a Deny with `NotPrincipal` applies to a requester. A role is exempt when its ARN and its account are named;
 * with a permissions boundary it is never exempt.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function deniedByNotPrincipal(
  principals: Principals,
  requester: Requester,
  hasBoundary: boolean,
): Planned<boolean> {
  const { everyone, account, role, session, exact } = matchPrincipals(principals, requester);
  const isNamed = or(everyone, role, session, exact);
  if (requester.kind !== "role") {
    // If the account is named, at least its root user is exempt.
    return not(or(isNamed, account));
  }
  if (hasBoundary || isNamed === false) {
    return true;
  }
  return or(everyone, and(isNamed, account)) === true ? false : UNKNOWN;
}

/** The services that a statement names in `Principal`. */
export const servicesIn = ({ principals }: Pick<Statement, "principals">): readonly string[] =>
  (principals?.negated === false ? principals.ids : []).flatMap(({ type, id }) =>
    type === "Service" && id !== UNKNOWN ? [id] : [],
  );

/** IAM does not document `*` as a service: it may be every service or none. */
function namesService(id: Principal["id"], names: readonly Text[]): Planned<boolean> {
  return id === "*" ? UNKNOWN : or(...names.map((name) => equals(id, name)));
}

function namesAwsPrincipal(id: Principal["id"], requester: Requester & { kind: "account" | "role" }): PrincipalMatch {
  if (id === UNKNOWN) {
    return { ...NO_MATCH, account: UNKNOWN, exact: UNKNOWN };
  }
  const { accountId } = requester;
  const account = accountNamedBy(id);
  if (account !== undefined) {
    return { ...NO_MATCH, account: accountId === UNKNOWN ? UNKNOWN : account === accountId };
  }
  if (requester.kind === "account") {
    return { ...NO_MATCH, exact: requester.arn === undefined ? isOfAccount(id, accountId) : equals(id, requester.arn) };
  }
  if (isUniqueId(id)) {
    // IAM shows the id of a deleted principal, but a policy may also name an existing principal by its id.
    return { ...NO_MATCH, role: id.startsWith("AROA") ? UNKNOWN : false };
  }
  const session = /^(arn:[^:]+):sts::([0-9]{12}):assumed-role\/([^/*?]+)\/[^*?]+$/.exec(id);
  return session === null
    ? { ...NO_MATCH, role: equals(id, requester.arn) }
    : { ...NO_MATCH, session: isSessionOf(session, requester.arn) };
}

/** The account that a principal names by its id or by its root user. */
export const accountNamedBy = (id: string): string | undefined =>
  /^(?:arn:[^:]+:iam::)?([0-9]{12})(?::root)?$/.exec(id)?.[1];

/** The service chooses the name of the session. The ARN of a session does not contain the role's path. */
function isSessionOf([, partition = "", account = "", role = ""]: RegExpExecArray, roleArn: Text): Planned<boolean> {
  const isPossible = ["", "*/"].some((path) => {
    const pattern = wildcards(`${partition}:iam::${account}:role/${path}${role}`);
    return matches(pattern, roleArn, CASE) !== false;
  });
  return isPossible ? UNKNOWN : false;
}

/** Whether a user or role that a policy names is in an account, by its ARN. */
function isOfAccount(id: string, accountId: Planned<string>): Planned<boolean> {
  const named = /^arn:[^:]+:(?:iam|sts)::([0-9]{12}):[^*?]+$/.exec(id)?.[1];
  return isUniqueId(id) || accountId === UNKNOWN || named === accountId ? UNKNOWN : false;
}

const CASE = { ignoresCase: false };

const isUniqueId = (id: string): boolean => /^A[A-Z0-9]{15,}$/.test(id);

const equals = (id: Principal["id"], text: Text): Planned<boolean> =>
  id === UNKNOWN ? UNKNOWN : matches(Array.from(id), text, CASE);
