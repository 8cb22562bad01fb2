import { memoizedByObject } from "../../iam/memoized";
import { requestByRole } from "../../iam/request";
import { evaluateResourcePolicy } from "../../iam/resource-policy";
import { groupBy } from "../group-by";
import type { PlannedBackupBucket } from "./backup-buckets";
import { roleArnOf } from "../roles/evaluate-requests";
import type { Kloudfuse } from "../kloudfuse";
import { finding, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { displayedArn } from "../roles/permissions";
import { type Planned, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";
import { requestsOf } from "../roles/requests";
import type { RoleRequests } from "../roles/role-requests";
import { type PlannedResourcePolicy, undeterminedReason } from "./resource-policies";

/** Reports the requests of the S3 backup's roles that a bucket's policy does not allow. */
export function uploadDenials(
  kloudfuse: Kloudfuse,
  bucket: PlannedBackupBucket,
  policy: PlannedResourcePolicy,
): PolicyOutcome[] {
  return bucket.streams
    .flatMap((stream) => backUpRequests(kloudfuse).get(stream) ?? [])
    .filter(({ use }) => use.role.kind !== "absent")
    .flatMap((requests) => denialsOf(requests, policy, isSameAccount(kloudfuse, bucket, requests)));
}

/** The requests to back up, by stream. */
const backUpRequests = memoizedByObject((kloudfuse: Kloudfuse) =>
  groupBy(
    requestsOf(kloudfuse).filter(({ purpose }) => purpose === "backUp"),
    ({ use }) => use.stream,
  ),
);

function isSameAccount(
  { plan }: Kloudfuse,
  { resource }: PlannedBackupBucket,
  { use, location }: RoleRequests,
): Planned<boolean> {
  if (resource === undefined) {
    return UNKNOWN;
  }
  return resource.accountId !== undefined && location.accountId !== UNKNOWN
    ? resource.accountId === location.accountId
    : plan.isSameAccount(resource, use.stream.resource);
}

function denialsOf(requests: RoleRequests, policy: PlannedResourcePolicy, isSame: Planned<boolean>): PolicyOutcome[] {
  const { use, location, resourceArn, region, actions } = requests;
  const decisions = actions.map((action) => ({
    action,
    // KFF-IAM-004 checks what the role's own policies allow.
    decision: evaluateResourcePolicy(
      requestByRole({
        action,
        resource: resourceArn,
        roleArn: roleArnOf(use.role, location),
        location,
        region,
        context: [["s3:tlsversion", ["1.3"]]],
      }),
      policy.statements,
      isSame,
    ),
  }));
  const of = (isIncluded: (one: (typeof decisions)[number]["decision"]) => boolean): string =>
    decisions
      .filter(({ decision }) => isIncluded(decision))
      .map(({ action }) => action)
      .join(", ");
  const denied = of(({ reason }) => reason === "explicitDeny");
  const foreign = of(({ result, reason }) => result === "denied" && reason !== "explicitDeny");
  const open = of(({ result }) => result === "undetermined");
  const conditions = decisions.flatMap(({ decision }) => decision.conditions);
  return [
    ...(denied === ""
      ? []
      : [
          finding(
            policy.owner,
            `it denies the role of the S3 backup ${denied} on ${displayedArn(requests)}`,
            "Exclude the role from the Deny.",
          ),
        ]),
    ...(foreign === ""
      ? []
      : [
          finding(
            policy.owner,
            `it does not grant the role of the S3 backup ${foreign} on ${displayedArn(requests)}`,
            "Allow it: the bucket is in another account than the role.",
          ),
        ]),
    ...(open === "" ? [] : [openOutcome(requests, policy, open, conditions)]),
  ];
}

function openOutcome(
  requests: RoleRequests,
  policy: PlannedResourcePolicy,
  actions: string,
  conditions: Parameters<typeof undeterminedReason>[1],
): PolicyOutcome {
  const reason = undeterminedReason(policy, conditions);
  const whether = `whether it grants the role of the S3 backup ${actions} on ${displayedArn(requests)}`;
  return reason.startsWith("depends")
    ? undeterminedOutcome(policy.owner, `${whether} ${reason}`, "Make sure that the role's requests meet it.")
    : unknownOutcome(policy.owner, whether);
}
