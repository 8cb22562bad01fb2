import type { Kloudfuse } from "../kloudfuse";
import { type Link, type Plan, type PlannedResource, UNKNOWN } from "../plan";
import type { RolePolicy } from "./role-policies";

/** A resource that removes all inline or managed policies from a role, except those that it lists. */
export interface Exclusion {
  readonly resource: PlannedResource;
  readonly kind: "inline" | "managed";
  readonly links: readonly Link[];
  /** Whether the plan shows the whole list. */
  readonly isComplete: boolean;
}

/** The exclusive resources of a role. */
export function exclusionsOf(plan: Plan, role: PlannedResource, related: Kloudfuse["related"]): readonly Exclusion[] {
  return KINDS.flatMap(({ type, kind, path, named }) =>
    related(type, "role_name", role).certain.map((resource) => ({
      resource,
      kind,
      ...plan.linkedList(resource, path, named),
    })),
  );
}

const KINDS = [
  {
    type: "aws_iam_role_policies_exclusive",
    kind: "inline",
    path: "policy_names",
    named: "aws_iam_role_policy",
  },
  {
    type: "aws_iam_role_policy_attachments_exclusive",
    kind: "managed",
    path: "policy_arns",
    named: "aws_iam_policy",
  },
] as const;

/** The resource that removes a policy from the role, and whether it certainly does; undefined if none does. */
export function isExcluded(
  policy: RolePolicy,
  exclusions: readonly Exclusion[],
): { readonly resource: PlannedResource; readonly isCertain: boolean } | undefined {
  const kind = isInline(policy) ? "inline" : "managed";
  const name = kind === "inline" ? nameOf(policy) : policy.arn;
  const found = exclusions
    .filter((exclusion) => exclusion.kind === kind)
    .filter(({ links }) => !links.some((link) => names(link, policy.owner, name)))
    .map(({ resource, links, isComplete }) => ({
      resource,
      isCertain: isComplete && links.every((link) => link.value !== UNKNOWN || link.resource !== undefined),
    }));
  return found.find(({ isCertain }) => isCertain) ?? found[0];
}

const isInline = ({ owner, path }: RolePolicy): boolean =>
  owner.type === "aws_iam_role_policy" || path.startsWith("inline_policy");

const names = (link: Link, owner: PlannedResource, name: unknown): boolean =>
  link.resource === owner || (typeof name === "string" && link.value === name);

/** The name of a policy: an attribute next to its document. */
const nameOf = ({ owner, path }: RolePolicy): unknown => owner.get(path.replace(/policy$/, "name"));
