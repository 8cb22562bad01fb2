import { memoizedByObject } from "../../iam/memoized";
import { exclusionsOf, isExcluded } from "./exclusive-policies";
import type { Kloudfuse } from "../kloudfuse";
import { type Link, type Plan, type PlannedResource, UNKNOWN } from "../plan";
import { plannedPolicy, policyByArn, type RolePolicy, unknownPolicy, withDocument } from "./role-policies";

/** The policies of a role. */
export interface Grants {
  readonly policies: readonly RolePolicy[];
  /** Policies that a resource of the plan removes from the role, with that resource. */
  readonly excluded: readonly { readonly policy: RolePolicy; readonly by: PlannedResource }[];
}

/** Every policy that a role of the plan will have, wherever it comes from. */
export const grantsOf = (kloudfuse: Kloudfuse, role: PlannedResource): Grants => grants(kloudfuse)(role);

const grants = memoizedByObject((kloudfuse: Kloudfuse) =>
  memoizedByObject((role: PlannedResource) => collect(kloudfuse, role)),
);

function collect(kloudfuse: Kloudfuse, role: PlannedResource): Grants {
  const { plan } = kloudfuse;
  const inline = inlineResources(kloudfuse, role);
  const attached = attachedPolicies(kloudfuse, role);
  const blocks = inlineBlocks(kloudfuse, role, inline);
  const managed = managedPolicies(kloudfuse, role, attached);
  const exclusions = exclusionsOf(plan, role, kloudfuse.related);
  const all = [...inline, ...blocks, ...attached, ...managed];
  const exclusionResults = all.map((policy) => ({ policy, by: isExcluded(policy, exclusions) }));
  return {
    policies: [
      ...exclusionResults.flatMap(({ policy, by }) =>
        by === undefined ? [policy] : by.isCertain ? [] : [{ ...policy, isCertain: false }],
      ),
      ...exclusions.flatMap(({ links, resource, kind }) =>
        kind === "managed" ? namedPolicies(plan, links, resource, "policy_arns", attached) : [],
      ),
    ],
    excluded: exclusionResults.flatMap(({ policy, by }) =>
      by?.isCertain === true && policy.isCertain ? [{ policy, by: by.resource }] : [],
    ),
  };
}

/** `aws_iam_role_policy` resources of any name. */
function inlineResources({ plan, related }: Kloudfuse, role: PlannedResource): RolePolicy[] {
  const { certain, possible } = related("aws_iam_role_policy", "role", role);
  const toPolicy = (resource: PlannedResource, isCertain: boolean): RolePolicy => ({
    ...withDocument(resource, "policy", plan.policyDocument(resource, "policy")),
    isCertain,
  });
  return [
    ...certain.map((resource) => toPolicy(resource, true)),
    ...possible.map((resource) => toPolicy(resource, false)),
  ];
}

/** `inline_policy` blocks, or the inline policies that the state says the role has. */
function inlineBlocks(
  { plan, deletedOfType }: Kloudfuse,
  role: PlannedResource,
  resources: readonly RolePolicy[],
): RolePolicy[] {
  const count = role.count(INLINE);
  if (count === UNKNOWN) {
    return plan.isOmitted(role, INLINE) ? [] : [unknownPolicy(role, INLINE)];
  }
  const paths = Array.from({ length: count }, (_, index) => `${INLINE}.${index}`);
  // The state also lists policies that resources of the plan manage or destroy.
  const managed = new Set<unknown>([
    ...resources.map(({ owner }) => owner.get("name")),
    ...deletedOfType("aws_iam_role_policy")
      .filter(({ isGone }) => isGone)
      .filter((deleted) => isOfRole(plan, deleted.textBefore("role"), role))
      .map((deleted) => deleted.textBefore("name")),
  ]);
  const own = paths.filter((path) => !managed.has(role.get(`${path}.name`)) && hasText(role, `${path}.policy`));
  const unknown = own.filter((path) => role.get(`${path}.policy`) === UNKNOWN);
  const referred = unknown.length === 0 ? UNKNOWN : plan.referredDocuments(role, INLINE);
  const documents = referred !== UNKNOWN && referred.length === unknown.length ? referred : [];
  return own.map((path) => {
    const document = documents[unknown.indexOf(path)] ?? plan.policyDocument(role, `${path}.policy`);
    return withDocument(role, `${path}.policy`, document, `${INLINE} of ${role.address}`);
  });
}

const INLINE = "inline_policy";

/** An empty block means that there is no policy. */
const hasText = (role: PlannedResource, path: string): boolean => role.get(path) !== undefined && role.get(path) !== "";

/** Whether the name or ARN of a role, which a resource had before the plan, identifies a role of the plan. */
export const isOfRole = (plan: Plan, text: string | undefined, role: PlannedResource): boolean =>
  text !== undefined && plan.namedBefore("aws_iam_role", text).includes(role);

/** The policies that attachments attach: one policy to one role, or one policy to several. */
function attachedPolicies(kloudfuse: Kloudfuse, role: PlannedResource): RolePolicy[] {
  const { plan, related } = kloudfuse;
  const single = related("aws_iam_role_policy_attachment", "role", role);
  const shared = sharedAttachments(plan).get(role) ?? [];
  const possible = sharedAttachments(plan).get(undefined) ?? [];
  const toPolicies = (attachments: readonly PlannedResource[], isCertain: boolean): RolePolicy[] =>
    attachments.map((attachment) => {
      const policy = policyOf(plan, plan.linked(attachment, "policy_arn", "aws_iam_policy"), attachment, "policy_arn");
      return isCertain ? policy : { ...policy, isCertain };
    });
  return [...toPolicies([...single.certain, ...shared], true), ...toPolicies([...single.possible, ...possible], false)];
}

/** `aws_iam_policy_attachment` resources by role; those of unknown roles by `undefined`. */
const sharedAttachments = memoizedByObject((plan: Plan) => {
  const index = new Map<PlannedResource | undefined, readonly PlannedResource[]>();
  for (const attachment of plan.ofType("aws_iam_policy_attachment")) {
    const { links } = plan.linkedList(attachment, "roles", "aws_iam_role");
    const roles = new Set(
      links.filter(({ kind }) => kind === "linked" || kind === "unresolved").map(({ resource }) => resource),
    );
    for (const role of roles) {
      index.set(role, [...(index.get(role) ?? []), attachment]);
    }
  }
  return index;
});

/** `managed_policy_arns`, or the attached policies that the state says the role has. */
function managedPolicies(
  { plan, deletedOfType }: Kloudfuse,
  role: PlannedResource,
  attached: readonly RolePolicy[],
): RolePolicy[] {
  const { links, isComplete } = plan.linkedList(role, MANAGED, "aws_iam_policy");
  if (!isComplete && plan.isOmitted(role, MANAGED)) {
    return [];
  }
  const detached = new Set(
    deletedOfType("aws_iam_role_policy_attachment")
      .filter(({ isGone }) => isGone)
      .filter((deleted) => isOfRole(plan, deleted.textBefore("role"), role))
      .map((deleted) => deleted.textBefore("policy_arn")),
  );
  const left = links.filter(({ value }) => typeof value !== "string" || !detached.has(value));
  return [
    ...namedPolicies(plan, left, role, MANAGED, attached),
    ...(isComplete
      ? []
      : [
          restOf(
            role,
            links.some(({ resource }) => resource !== undefined),
          ),
        ]),
  ];
}

const MANAGED = "managed_policy_arns";

const restOf = (role: PlannedResource, hasReferences: boolean): RolePolicy => ({
  ...unknownPolicy(role, MANAGED),
  kind: hasReferences ? "rest" : "unknown",
});

/** The policies that a list of ARNs names, without those that an attachment attaches too. */
function namedPolicies(
  plan: Plan,
  links: readonly Link[],
  owner: PlannedResource,
  path: string,
  attached: readonly RolePolicy[],
): RolePolicy[] {
  return links
    .map((link) => policyOf(plan, link, owner, path))
    .filter(
      (policy) =>
        !attached.some((other) =>
          policy.arn === undefined
            ? other.owner === policy.owner
            : other.arn === policy.arn || other.owner === policy.owner,
        ),
    );
}

/** The policy that a link leads to. */
export function policyOf(plan: Plan, link: Link, owner: PlannedResource, path: string): RolePolicy {
  return link.resource !== undefined
    ? plannedPolicy(plan, link.resource)
    : typeof link.value === "string"
      ? policyByArn(plan, link.value, owner, path)
      : unknownPolicy(owner, path);
}

/** The permissions boundary of a role; undefined where it has none. */
export function boundaryOf({ plan }: Kloudfuse, role: PlannedResource): RolePolicy | undefined {
  const link = plan.linked(role, "permissions_boundary", "aws_iam_policy");
  return link.kind === "absent" || plan.isOmitted(role, "permissions_boundary")
    ? undefined
    : policyOf(plan, link, role, "permissions_boundary");
}
