import type { Statements } from "../../iam/evaluate";
import type { Condition } from "../../iam/statement";
import { BUCKET_POLICY, holdersOf } from "./bucket-settings";
import type { PlannedBackupBucket } from "./backup-buckets";
import type { Kloudfuse } from "../kloudfuse";
import { finding, undeterminedOutcome } from "../outcomes";
import { type Plan, type PlannedResource, SENSITIVE, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";

/** The policy of a bucket, a key or a secret, as far as the plan shows. */
export interface PlannedResourcePolicy {
  /** The resource that holds the document, at `policy`. */
  readonly owner: PlannedResource;
  readonly statements: Statements;
  /** Why it is not a valid policy document. */
  readonly invalid: string | undefined;
}

/** Path of the document of every resource that holds a policy. */
export const POLICY = "policy";

/** Reads the policy that a resource holds. */
export function resourcePolicy(plan: Plan, owner: PlannedResource): PlannedResourcePolicy {
  const { statements, isComplete, invalid } = plan.policyDocument(owner, POLICY);
  return { owner, statements: isComplete || invalid !== undefined ? statements : [...statements, UNKNOWN], invalid };
}

/** The policies of a bucket: from separate resources, else from the deprecated argument of `aws_s3_bucket`. */
export const bucketPolicies = (kloudfuse: Kloudfuse, bucket: PlannedBackupBucket): readonly PlannedResourcePolicy[] =>
  holdersOf(kloudfuse, BUCKET_POLICY, bucket).holders.map(({ resource }) => resourcePolicy(kloudfuse.plan, resource));

/** The resources that hold a key's policy; none if the key has the default policy, which delegates to IAM policies. */
export function holdersOfKeyPolicy({ plan, related }: Kloudfuse, key: PlannedResource): readonly PlannedResource[] {
  const own = related("aws_kms_key_policy", "key_id", key).certain;
  // The argument of the key itself reads back the policy of such a resource.
  return own.length > 0 ? own : ownHolder(plan, key);
}

/** The resources that hold a secret's policy. */
export const holdersOfSecretPolicy = (
  { plan, related }: Kloudfuse,
  secret: PlannedResource,
): readonly PlannedResource[] => [
  ...related("aws_secretsmanager_secret_policy", "secret_arn", secret).certain,
  ...ownHolder(plan, secret),
];

/** The resource itself, if its argument may hold a policy. */
export function ownHolder(plan: Plan, resource: PlannedResource): readonly PlannedResource[] {
  const text = plan.isOmitted(resource, POLICY) ? undefined : resource.get(POLICY);
  return text === undefined || text === "" ? [] : [resource];
}

/** The outcome that a policy grants something to others. */
export const grantOutcome = (
  { owner }: Pick<PlannedResourcePolicy, "owner">,
  grant: string,
  isCertain: boolean,
  remedy: string,
): PolicyOutcome =>
  isCertain
    ? finding(owner, `it grants ${grant}`, remedy)
    : undeterminedOutcome(
        owner,
        `whether it grants ${grant} depends on its conditions, or on what is not known before the apply`,
        remedy,
      );

/** Why the result of a policy is undetermined: conditions that a plan does not determine, or unknown values. */
export function undeterminedReason({ owner }: PlannedResourcePolicy, conditions: readonly Condition[]): string {
  const known = conditions.flatMap(({ operator, key, values }) =>
    key === UNKNOWN || values.includes(UNKNOWN) ? [] : [owner.isSensitive(POLICY) ? SENSITIVE : `${operator} ${key}`],
  );
  return known.length === 0 ? "is not known before the apply" : `depends on ${[...new Set(known)].join(", ")}`;
}
