import { deletion, IF_INTENTIONAL } from "../deletions";
import type { Kloudfuse } from "../kloudfuse";
import { groupBy } from "../group-by";
import { finding } from "../outcomes";
import { type PlannedResource, redactedText } from "../plan";
import type { Policy } from "../policy";

const ROLE = "aws_iam_role";

export const changeRole: Policy = {
  id: "KFF-CHG-002",
  severity: "error",
  title: "The role is not replaced or destroyed",
  why: "Every stream and subscription filter that names it stops until it exists again, and the policies that other regions have on the role go with it.",
  source: "IAM API, DeleteRole; AWS provider, aws_iam_role",
  check: (kloudfuse) => {
    const inline = deletedByRole(kloudfuse, "aws_iam_role_policy", "name");
    const attached = deletedByRole(kloudfuse, "aws_iam_role_policy_attachment", "policy_arn");
    return kloudfuse.deleted
      .filter(({ type }) => type === ROLE)
      .map((role) => {
        const remaining = [
          ...listed("inline policy", "inline policies", remainingOf(role, "inline_policy", ".name", inline)),
          ...listed("attached policy", "attached policies", remainingOf(role, "managed_policy_arns", "", attached)),
        ];
        return remaining.length === 0
          ? finding(role, deletion(role), IF_INTENTIONAL)
          : finding(
              role,
              `${deletion(role)} with ${remaining.join(" and ")}, not destroyed by this plan`,
              `First destroy the deployments that they belong to, such as other regions. ${IF_INTENTIONAL}`,
            );
      });
  },
};

/** The resources of a type that the plan destroys, by the name of their role. */
interface Deleted {
  readonly byRole: ReadonlyMap<string | undefined, readonly PlannedResource[]>;
  /** Path of the attribute that identifies each of them. */
  readonly path: string;
}

const deletedByRole = ({ deletedOfType }: Kloudfuse, type: string, path: string): Deleted => ({
  byRole: groupBy(deletedOfType(type), (resource) => resource.textBefore("role")),
  path,
});

/** The policies that the role has at a path, without those that the plan destroys in the role's account. */
function remainingOf(role: PlannedResource, path: string, name: string, deleted: Deleted): string[] {
  const list = role.getBefore(path);
  const destroyed = (deleted.byRole.get(role.textBefore("name")) ?? []).filter(
    ({ accountId }) => accountId === undefined || role.accountId === undefined || accountId === role.accountId,
  );
  const names = new Set(["", ...destroyed.map((resource) => resource.textBefore(deleted.path) ?? "")]);
  return Array.from({ length: Array.isArray(list) ? list.length : 0 }, (_, index) => `${path}.${index}${name}`)
    .map((each) => [each, role.textBefore(each) ?? ""] as const)
    .filter(([, text]) => !names.has(text))
    .map(([each, text]) => redactedText(role, each, text));
}

const listed = (one: string, many: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`the ${names.length === 1 ? one : many} ${[...names].sort().join(", ")}`];
