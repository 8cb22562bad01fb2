import type { Statements } from "../../iam/evaluate";
import type { Condition } from "../../iam/statement";
import { holdersOf } from "./bucket-settings";
import type { BackupBucket } from "./backup-buckets";
import type { Kloudfuse } from "../kloudfuse";
import { type Plan, type PlannedResource, SENSITIVE, UNKNOWN } from "../plan";

/** The policy of a bucket or a key, as far as the plan shows. */
export interface ResourcePolicy {
  /** The resource that holds the document, at `policy`. */
  readonly owner: PlannedResource;
  readonly statements: Statements;
  /** Why it is no policy document. */
  readonly invalid: string | undefined;
}

/** Path of the document of every resource that holds a policy. */
export const POLICY = "policy";

/** Reads the policy that a resource holds. */
export function resourcePolicy(plan: Plan, owner: PlannedResource): ResourcePolicy {
  const { statements, isComplete, invalid } = plan.policyDocument(owner, POLICY);
  return { owner, statements: isComplete || invalid !== undefined ? statements : [...statements, UNKNOWN], invalid };
}

/** The policies of a bucket: of resources of their own, else the deprecated argument of `aws_s3_bucket`. */
export const bucketPolicies = (kloudfuse: Kloudfuse, bucket: BackupBucket): readonly ResourcePolicy[] =>
  holdersOf(kloudfuse, BUCKET_POLICY, bucket).holders.map(({ resource }) => resourcePolicy(kloudfuse.plan, resource));

export const BUCKET_POLICY = { type: "aws_s3_bucket_policy", argument: POLICY } as const;

/** Why a policy does not decide a request: the conditions that a plan does not determine, or values not known yet. */
export function undecidedBy({ owner }: ResourcePolicy, conditions: readonly Condition[]): string {
  const known = conditions.flatMap(({ operator, key, values }) =>
    key === UNKNOWN || values.includes(UNKNOWN) ? [] : [owner.isSensitive(POLICY) ? SENSITIVE : `${operator} ${key}`],
  );
  return known.length === 0 ? "is not known before the apply" : `depends on ${[...new Set(known)].join(", ")}`;
}
