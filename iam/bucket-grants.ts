import type { Statements } from "./evaluate";
import { matchStatement } from "./match";
import { withOwnResource } from "./own-resource";
import { servicesIn } from "./principal";
import type { AwsLocation, Request } from "./request";
import { RESOURCE_POLICY_ORIGIN, type ExternalGrantee, externalGrantees } from "./resource-policy";
import type { Condition, Patterns, Statement } from "./statement";
import { serviceRequest } from "./trust";
import { UNKNOWN } from "./unknown";

const BUCKET_ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:PutBucketPolicy"];

/** The external principals that a bucket policy grants any access, each principal once. */
export function bucketGrantees<S extends Statement>(
  policy: Statements<S>,
  bucketArn: string,
  location: AwsLocation,
): readonly ExternalGrantee<S>[] {
  const statements = policy.map((statement) => (statement === UNKNOWN ? UNKNOWN : withOwnResource(statement)));
  const resources = new Set([
    bucketArn,
    `${bucketArn}/any/object`,
    ...instancesOf(knownOf(statements), ({ resources: each }) => each),
  ]);
  const actions = [...BUCKET_ACTIONS, ...instancesOf(knownOf(statements), (statement) => statement.actions)];
  const grantees = [...resources].flatMap((resource) => externalGrantees(statements, resource, location, actions));
  return [...mostCertainByPrincipal(grantees).values()];
}

/** Condition keys of the account, organization or resource that an AWS service acts for. */
const SOURCE_KEYS = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/** The services that a policy grants access on behalf of any account: confused deputies. */
export function confusedDeputyServices(policy: Statements): readonly string[] {
  const denies = knownOf(policy).filter(({ effect }) => effect === "Deny");
  const found = knownOf(policy)
    .filter(({ effect, conditions }) => effect === "Allow" && !conditions.some(isSourceCondition))
    .flatMap((statement) =>
      servicesIn(statement).filter((service) =>
        requestsFor(statement, service).some((request) =>
          denies.every((deny) => matchStatement(deny, request, RESOURCE_POLICY_ORIGIN).applies === false),
        ),
      ),
    );
  return [...new Set(found)];
}

/** Requests of a service on behalf of an account and an organization that no policy names. */
function requestsFor(statement: Statement, service: string): readonly Request[] {
  const actions = instancesOf([statement], ({ actions: { negated, values } }) => ({
    negated,
    values: negated ? BUCKET_ACTIONS : values,
  }));
  const named = instancesOf([statement], (each) => each.resources);
  const resources: readonly Request["resource"][] = named.length === 0 ? [UNKNOWN] : named;
  return actions.flatMap((action) =>
    resources.map((resource): Request => {
      const request = serviceRequest(
        [service],
        [
          ["aws:sourceaccount", ["000000000000"]],
          ["aws:sourceorgid", ["o-0000000000"]],
          ["aws:sourceorgpaths", ["o-0000000000/r-0000/"]],
        ],
      );
      return { ...request, action, resource };
    }),
  );
}

const knownOf = <S extends Statement>(policy: Statements<S>): readonly S[] =>
  policy.filter((statement) => statement !== UNKNOWN);

const isSourceCondition = ({ key }: Condition): boolean => key === UNKNOWN || SOURCE_KEYS.includes(key.toLowerCase());

/** For each pattern of the statements, a string that it matches. */
const instancesOf = (
  statements: readonly Statement[],
  patternsOf: (statement: Statement) => Patterns | undefined,
): readonly string[] =>
  statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => patternsOf(statement)?.values ?? [])
    .flatMap((pattern) => (pattern === UNKNOWN ? [] : [pattern.replace(/[*?]/g, "x")]));

/** Each principal once, with a certain grant if it has one. */
function mostCertainByPrincipal<S extends Statement>(
  grantees: readonly ExternalGrantee<S>[],
): ReadonlyMap<string, ExternalGrantee<S>> {
  const byPrincipal = new Map<string, ExternalGrantee<S>>();
  for (const grantee of grantees) {
    const known = byPrincipal.get(grantee.principal);
    if (known === undefined || (grantee.isCertain && !known.isCertain)) {
      byPrincipal.set(grantee.principal, grantee);
    }
  }
  return byPrincipal;
}
