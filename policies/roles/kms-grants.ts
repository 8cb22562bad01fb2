import { and, or } from "../../iam/logic";
import type { Kloudfuse } from "../kloudfuse";
import { type Link, type Planned, type PlannedResource, UNKNOWN } from "../plan";

/** Whether a KMS grant of the plan allows a role to use a key, in addition to key policy and IAM policies. */
export function isGranted(
  { related, plan }: Kloudfuse,
  key: PlannedResource,
  role: Link,
  action: string,
): Planned<boolean> {
  const { certain, possible } = related("aws_kms_grant", "key_id", key);
  const operation = action.replace(/^kms:/, "");
  const grants = certain.map((grant) =>
    and(
      isGrantee(plan.linked(grant, "grantee_principal", "aws_iam_role"), role),
      covers(grant, operation),
      // Constraints require an encryption context, which Firehose chooses.
      grant.count("constraints") === 0 ? true : UNKNOWN,
    ),
  );
  return or(...grants, possible.length > 0 ? UNKNOWN : false);
}

const isGrantee = (grantee: Link, role: Link): Planned<boolean> =>
  grantee.resource !== undefined && grantee.resource === role.resource
    ? true
    : typeof grantee.value === "string" && typeof role.value === "string"
      ? grantee.value === role.value
      : grantee.kind === "unresolved" || (grantee.resource === undefined && role.resource === undefined)
        ? UNKNOWN
        : false;

function covers(grant: PlannedResource, operation: string): Planned<boolean> {
  const count = grant.count("operations");
  const operations =
    count === UNKNOWN ? [UNKNOWN] : Array.from({ length: count }, (_, index) => grant.get(`operations.${index}`));
  return operations.includes(operation) ? true : operations.includes(UNKNOWN) ? UNKNOWN : false;
}
