import { createdInPlaceOf } from "../deletions";
import type { Kloudfuse } from "../kloudfuse";
import { finding } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

export const changeRename: Policy = {
  id: "KFF-CHG-004",
  severity: "error",
  title: "A rename in the configuration does not destroy streams, roles, buckets or their parts",
  why: "Without a moved block, Terraform destroys the resource and creates another one of the same name, in any order: if the destroy comes last, the resource is gone.",
  source: "Terraform language, moved blocks",
  check: (kloudfuse) => [
    ...kloudfuse.deleted.flatMap((resource) => renamed(resource, kloudfuse.plan.successorOf(resource))),
    ...partsOf(kloudfuse).flatMap(({ part, paths }) => renamed(part, createdInPlaceOf(kloudfuse, part, paths))),
  ],
};

function renamed(resource: PlannedResource, successor: PlannedResource | undefined): PolicyOutcome[] {
  return successor === undefined
    ? []
    : [
        finding(
          resource,
          `it is destroyed and created again as ${successor.address}`,
          `Add a moved block from ${resource.address} to ${successor.address}.`,
        ),
      ];
}

/** Resources that AWS identifies by the resource that they belong to, the first path, and by their own names. */
const PARTS: readonly (readonly [type: string, ...paths: readonly [string, ...string[]]])[] = [
  ["aws_iam_role_policy", "role", "name"],
  ["aws_iam_role_policy_attachment", "role", "policy_arn"],
  ["aws_s3_bucket_policy", "bucket"],
  ["aws_s3_bucket_public_access_block", "bucket"],
  ["aws_s3_bucket_ownership_controls", "bucket"],
  ["aws_s3_bucket_server_side_encryption_configuration", "bucket"],
  ["aws_s3_bucket_versioning", "bucket"],
  ["aws_s3_bucket_lifecycle_configuration", "bucket"],
  ["aws_cloudwatch_log_group", "name"],
  ["aws_cloudwatch_log_stream", "log_group_name", "name"],
];

const NAMELESS = Symbol("no name");

interface DestroyedPart {
  readonly part: PlannedResource;
  readonly paths: readonly [string, ...string[]];
}

/** The parts of roles, buckets and error logs that the plan destroys. */
function partsOf({ roles, buckets, streams, deletedOfType }: Kloudfuse): DestroyedPart[] {
  const owners = new Set<unknown>([
    ...roles.map((role) => role.textBefore("name") ?? role.get("name")),
    ...buckets.map((bucket) => bucket.textBefore("bucket") ?? bucket.get("bucket")),
    ...streams.flatMap(({ deliveryLogGroup, backupLogGroup }) => [deliveryLogGroup.value, backupLogGroup.value]),
  ]);
  return PARTS.flatMap(([type, ...paths]) =>
    deletedOfType(type)
      .filter(({ isGone, isDeposed }) => isGone && !isDeposed)
      .filter((part) => owners.has(part.textBefore(paths[0]) ?? NAMELESS))
      .map((part) => ({ part, paths })),
  );
}
