import { asObject } from "../json";
import type { Kloudfuse } from "../kloudfuse";
import { deletion, finding, IF_INTENTIONAL } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { Policy } from "../policy";

const ROLE = "aws_iam_role";

export const changeRole: Policy = {
  id: "KFF-CHG-002",
  severity: "error",
  title: "The role is not replaced or destroyed",
  why: "Every stream and subscription filter that names it stops until it is there again, and the policies that other regions have on the role go with it.",
  source: "IAM API, DeleteRole; AWS provider, aws_iam_role",
  check: (kloudfuse) =>
    kloudfuse.deleted
      .filter(({ type }) => type === ROLE)
      .map((role) => {
        const carried = [
          ...named("inline policy", "inline policies", inlinePolicies(kloudfuse, role)),
          ...named("attached policy", "attached policies", attachedPolicies(kloudfuse, role)),
        ];
        return carried.length === 0
          ? finding(role, deletion(role), IF_INTENTIONAL)
          : finding(
              role,
              `${deletion(role)} with ${carried.join(" and ")}, not destroyed by this plan`,
              `First destroy the deployments that they belong to, such as other regions. ${IF_INTENTIONAL}`,
            );
      }),
};

/** The inline policies that are on the role now, without those that the plan destroys. */
function inlinePolicies({ deletedOfType }: Kloudfuse, role: PlannedResource): string[] {
  const destroyed = deletedOfType("aws_iam_role_policy")
    .filter((policy) => policy.getBefore("role") === role.getBefore("name"))
    .map((policy) => policy.getBefore("name"));
  return listBefore(role, "inline_policy")
    .flatMap((policy) => texts(asObject(policy)["name"]))
    .filter((name) => name !== "" && !destroyed.includes(name));
}

/** The managed policies that are attached to the role now, without those that the plan detaches. */
function attachedPolicies({ deletedOfType }: Kloudfuse, role: PlannedResource): string[] {
  const detached = deletedOfType("aws_iam_role_policy_attachment")
    .filter((attachment) => attachment.getBefore("role") === role.getBefore("name"))
    .map((attachment) => attachment.getBefore("policy_arn"));
  return texts(listBefore(role, "managed_policy_arns")).filter((arn) => !detached.includes(arn));
}

function listBefore(role: PlannedResource, path: string): readonly unknown[] {
  const list = role.getBefore(path);
  return Array.isArray(list) ? list : [];
}

const named = (one: string, many: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`the ${names.length === 1 ? one : many} ${[...names].sort().join(", ")}`];

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
