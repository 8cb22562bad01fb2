import { type OutsideGrantee, outsideGrantees } from "../../iam/resource-policy";
import type { Condition, Patterns, Statement } from "../../iam/statement";
import type { BackupBucket } from "./backup-buckets";
import { arnOfBucket, locationOfBucket, NAMELESS_BUCKET_ARN } from "./bucket-location";
import type { Kloudfuse } from "../kloudfuse";
import { finding } from "../outcomes";
import { quotedText, UNKNOWN } from "../plan";
import type { Outcome } from "../policy";
import { grantOutcome, POLICY, type ResourcePolicy } from "./resource-policies";
import { locationOf } from "../roles/role-uses";

const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:PutBucketPolicy"];

/** Says whom, beside principals of the account, a bucket's policy allows anything. */
export function grantsToOthers({ plan }: Kloudfuse, bucket: BackupBucket, policy: ResourcePolicy): Outcome[] {
  const statements = policy.statements.flatMap((statement) => (statement === UNKNOWN ? [] : [inBucket(statement)]));
  const arn = arnOfBucket(plan, bucket, policy.statements) ?? NAMELESS_BUCKET_ARN;
  const location = locationOfBucket(plan, bucket);
  const own = new Set(bucket.streams.map((stream) => locationOf(stream).accountId));
  const resources = new Set([arn, `${arn}/any/object`, ...instancesOf(statements, ({ resources: each }) => each)]);
  const actions = [...ACTIONS, ...instancesOf(statements, (statement) => statement.actions)];
  const grantees = [...resources].flatMap((resource) => outsideGrantees(statements, resource, location, actions));
  return [
    ...servicesOfAnyAccount(statements).map((service) => serviceOutcome(policy, service)),
    ...[...best(grantees).values()]
      .filter(({ principal }) => {
        const account = accountIn(principal);
        return account === undefined || !own.has(account);
      })
      .map((grantee) => report(policy, grantee, grantee.kind === "everyone" || location.accountId !== UNKNOWN)),
  ];
}

/** Keys of the account, organization or resource that a service of AWS acts for. */
const SOURCE_KEYS = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/** The services that a policy allows anything on behalf of every account: the confused deputy. */
const servicesOfAnyAccount = (statements: readonly Statement[]): readonly string[] => [
  ...new Set(
    statements
      .filter(({ effect, conditions }) => effect === "Allow" && !conditions.some(isOfSource))
      .flatMap(({ principals }) => (principals?.negated === false ? principals.ids : []))
      .flatMap(({ type, id }) => (type === "Service" && id !== UNKNOWN ? [id] : [])),
  ),
];

const isOfSource = ({ key }: Condition): boolean => key === UNKNOWN || SOURCE_KEYS.includes(key.toLowerCase());

const serviceOutcome = ({ owner }: ResourcePolicy, service: string): Outcome =>
  finding(
    owner,
    `it allows the service ${quotedText(owner, POLICY, service)} on behalf of any account`,
    "Add a condition on aws:SourceAccount.",
  );

/** S3 takes only resources of the bucket itself: one that is not known is the bucket or objects of it. */
const inBucket = (statement: Statement): Statement =>
  statement.resources?.negated === false && statement.resources.values.includes(UNKNOWN) && statement.effect === "Allow"
    ? { ...statement, resources: { negated: false, values: ["*"] } }
    : statement;

/** Texts that the patterns of statements cover, each one of its pattern. */
const instancesOf = (
  statements: readonly Statement[],
  patternsOf: (statement: Statement) => Patterns | undefined,
): readonly string[] =>
  statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => patternsOf(statement)?.values ?? [])
    .flatMap((pattern) => (pattern === UNKNOWN ? [] : [pattern.replace(/[*?]/g, "x")]));

/** Each principal of a statement once, as certain as any of its grants. */
function best(grantees: readonly OutsideGrantee[]): ReadonlyMap<string, OutsideGrantee> {
  const byPrincipal = new Map<string, OutsideGrantee>();
  for (const grantee of grantees) {
    const known = byPrincipal.get(grantee.principal);
    if (known === undefined || (grantee.isCertain && !known.isCertain)) {
      byPrincipal.set(grantee.principal, grantee);
    }
  }
  return byPrincipal;
}

/** The account of a role of another account that backs up to the bucket is none of others. */
const accountIn = (principal: string): string | undefined => /:([0-9]{12})(?::|$)/.exec(principal)?.[1];

function report(policy: ResourcePolicy, grantee: OutsideGrantee, isOfOthers: boolean): Outcome {
  const { kind, action, isCertain, principal } = grantee;
  const { owner } = policy;
  const who = kind === "everyone" ? "everybody" : quotedText(owner, POLICY, principal);
  return grantOutcome(
    policy,
    `${who} ${quotedText(owner, POLICY, action)}`,
    isCertain && isOfOthers,
    "Name only principals of the bucket's own account.",
  );
}
