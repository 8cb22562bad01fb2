import { bucketGrantees, confusedDeputyServices } from "../../iam/bucket-grants";
import { REMEDIES } from "../../iam/remedies";
import type { ExternalGrantee } from "../../iam/resource-policy";
import type { PlannedBackupBucket } from "./backup-buckets";
import { arnOfBucket, locationOfBucket, NAMELESS_BUCKET_ARN } from "./bucket-location";
import type { Kloudfuse } from "../kloudfuse";
import { finding } from "../outcomes";
import { redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";
import { grantOutcome, POLICY, type PlannedResourcePolicy } from "./resource-policies";
import { locationOf } from "../roles/role-uses";

/** Reports the principals outside of the account that a bucket policy grants access. */
export function grantsToOthers(
  { plan }: Kloudfuse,
  bucket: PlannedBackupBucket,
  policy: PlannedResourcePolicy,
): PolicyOutcome[] {
  const arn = arnOfBucket(plan, bucket, policy.statements) ?? NAMELESS_BUCKET_ARN;
  const location = locationOfBucket(plan, bucket);
  const own = new Set(bucket.streams.map((stream) => locationOf(stream).accountId));
  return [
    ...confusedDeputyServices(policy.statements).map((service) => serviceOutcome(policy, service)),
    ...bucketGrantees(policy.statements, arn, location)
      .filter(({ principal }) => {
        const account = accountIn(principal);
        return account === undefined || !own.has(account);
      })
      .map((grantee) => report(policy, grantee, grantee.kind === "everyone" || location.accountId !== UNKNOWN)),
  ];
}

const serviceOutcome = ({ owner }: PlannedResourcePolicy, service: string): PolicyOutcome =>
  finding(
    owner,
    `it grants the service ${redactedText(owner, POLICY, service)} access on behalf of any account`,
    REMEDIES.conditionOnAccount,
  );

/** The account in a principal. The account of a role that backs up to the bucket is not reported. */
const accountIn = (principal: string): string | undefined => /:([0-9]{12})(?::|$)/.exec(principal)?.[1];

function report(policy: PlannedResourcePolicy, grantee: ExternalGrantee, isOfOthers: boolean): PolicyOutcome {
  const { kind, action, isCertain, principal } = grantee;
  const { owner } = policy;
  const who = kind === "everyone" ? "everybody" : redactedText(owner, POLICY, principal);
  return grantOutcome(
    policy,
    `${who} ${redactedText(owner, POLICY, action)}`,
    isCertain && isOfOthers,
    REMEDIES.principalsOfBucket,
  );
}
