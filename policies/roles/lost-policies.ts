import { grantsOf, isOfRole } from "./grants";
import type { Kloudfuse } from "../kloudfuse";
import type { PlannedResource } from "../plan";
import { parseDocument, type RolePolicy, unknownPolicy, withDocument } from "./role-policies";

/** A policy that a role loses. */
export interface LostPolicy {
  readonly policy: RolePolicy;
  /** The resource of the plan that causes the loss. */
  readonly by: PlannedResource;
  readonly how: string;
}

/** The policies that the plan removes from a role: destroyed, detached, no longer listed, or excluded. */
export function lostPolicies(kloudfuse: Kloudfuse, role: PlannedResource): readonly LostPolicy[] {
  const { excluded } = grantsOf(kloudfuse, role);
  return [
    ...excluded.map(({ policy, by }) => ({ policy, by, how: `it removes ${policy.label} from the role` })),
    ...destroyedInline(kloudfuse, role),
    ...detached(kloudfuse, role),
    ...unlistedInline(role),
    ...unlistedManaged(kloudfuse, role),
  ];
}

function destroyedInline({ plan, deletedOfType }: Kloudfuse, role: PlannedResource): LostPolicy[] {
  return deletedOfType("aws_iam_role_policy")
    .filter(({ isGone, isDeposed }) => isGone && !isDeposed)
    .filter((deleted) => isOfRole(plan, deleted.textBefore("role"), role) && isInAccountOf(deleted, role))
    .map((deleted) => ({
      policy: withDocument(deleted, "policy", parseDocument(deleted.textBefore("policy") ?? "")),
      by: deleted,
      how: "the plan destroys the policy",
    }));
}

const isInAccountOf = (deleted: PlannedResource, role: PlannedResource): boolean =>
  deleted.accountId === undefined || role.accountId === undefined || deleted.accountId === role.accountId;

function detached(kloudfuse: Kloudfuse, role: PlannedResource): LostPolicy[] {
  const { plan, deletedOfType } = kloudfuse;
  const single = deletedOfType("aws_iam_role_policy_attachment")
    .filter(({ isGone, isDeposed }) => isGone && !isDeposed)
    .filter((deleted) => isOfRole(plan, deleted.textBefore("role"), role));
  const shared = [...plan.ofType(SHARED), ...deletedOfType(SHARED).filter(({ isGone }) => isGone)].filter(
    (attachment) => attachment.actions.some((action) => action === "delete" || action === "update"),
  );
  const leaving = shared.filter((attachment) =>
    textsBefore(attachment, "roles").some(
      (name) => isOfRole(plan, name, role) && (attachment.isGone || !isListed(attachment.get("roles"), name)),
    ),
  );
  return [...single, ...leaving]
    .filter((attachment) => isInAccountOf(attachment, role))
    .map((attachment) => ({
      policy: policyBefore(kloudfuse, attachment.textBefore("policy_arn"), attachment, "policy_arn"),
      by: attachment,
      how: "the plan detaches the policy",
    }));
}

const SHARED = "aws_iam_policy_attachment";

const isListed = (list: unknown, text: string): boolean => !Array.isArray(list) || list.includes(text);

function textsBefore(resource: PlannedResource, path: string): readonly string[] {
  const list = resource.getBefore(path);
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}

/** A policy by its ARN before the plan. */
function policyBefore({ plan }: Kloudfuse, arn: string | undefined, owner: PlannedResource, path: string): RolePolicy {
  const [policy] = arn === undefined ? [] : plan.namedBefore("aws_iam_policy", arn);
  const text = policy?.textBefore("policy");
  return policy === undefined || text === undefined
    ? unknownPolicy(owner, path)
    : withDocument(policy, "policy", parseDocument(text));
}

/** `inline_policy` blocks that the plan removes. */
function unlistedInline(role: PlannedResource): LostPolicy[] {
  const [before, after] = [role.getBefore("inline_policy"), role.get("inline_policy")];
  if (!role.actions.includes("update") || !Array.isArray(before) || !Array.isArray(after)) {
    return [];
  }
  const names = new Set(after.map((_, index) => role.get(`inline_policy.${index}.name`)));
  return before
    .map((_, index) => `inline_policy.${index}`)
    .filter((path) => !names.has(role.textBefore(`${path}.name`)))
    .map((path) => ({
      policy: withDocument(role, `${path}.policy`, parseDocument(role.textBefore(`${path}.policy`) ?? "")),
      by: role,
      how: "the plan removes an inline_policy block",
    }));
}

/** ARNs that the plan removes from `managed_policy_arns`. */
function unlistedManaged(kloudfuse: Kloudfuse, role: PlannedResource): LostPolicy[] {
  const after = role.get("managed_policy_arns");
  return !role.actions.includes("update") || !Array.isArray(after)
    ? []
    : textsBefore(role, "managed_policy_arns")
        .filter((arn) => !isListed(after, arn))
        .map((arn) => ({
          policy: policyBefore(kloudfuse, arn, role, "managed_policy_arns"),
          by: role,
          how: "the plan removes a policy from managed_policy_arns",
        }));
}
