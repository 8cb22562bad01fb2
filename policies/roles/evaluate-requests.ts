import { type Decision, evaluate, type Policies, type Statements } from "../../iam/evaluate";
import { requestByRole } from "../../iam/request";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { POLICY } from "../buckets/resource-policies";
import { grantsOf } from "./grants";
import type { Kloudfuse } from "../kloudfuse";
import type { Link, PlannedResource } from "../plan";
import type { RoleRequests } from "./role-requests";
import { allowing, type Grant, type RolePolicy, statementsOf, unknownPolicy, withDocument } from "./role-policies";

/** The policies that decide what a role may do. */
export interface Identity {
  readonly policies: readonly RolePolicy[];
  readonly statements: Statements<Grant>;
}

/** The policies of the role that a use leads to; undefined where the plan does not show which role it is. */
export function identityPoliciesOf(
  kloudfuse: Kloudfuse,
  { role, namedBy, path }: RoleRequests["use"],
): Identity | undefined {
  if (role.resource !== undefined) {
    const { policies } = grantsOf(kloudfuse, role.resource);
    return { policies, statements: statementsOf(policies) };
  }
  if (typeof role.value !== "string") {
    return undefined;
  }
  // The plan may add policies to a role that is managed elsewhere; what that role has besides is not known.
  const { plan } = kloudfuse;
  const added = plan
    .withValue("aws_iam_role_policy", "role", role.value.replace(/^.*[:/]/, ""))
    .filter(({ accountId }) => accountId === undefined || accountId === accountOf(role.value))
    .map((resource) => withDocument(resource, "policy", plan.policyDocument(resource, "policy")));
  const rest: RolePolicy = { ...unknownPolicy(namedBy, path), kind: "elsewhere" };
  return { policies: [...added, rest], statements: [...statementsOf(added), { ...allowing(UNKNOWN), policy: rest }] };
}

const accountOf = (arn: unknown): string | undefined => (typeof arn === "string" ? arn.split(":")[4] : undefined);

/** How the role's policies decide on an action. */
export function decide(
  kloudfuse: Kloudfuse,
  requests: RoleRequests,
  action: string,
  policies: Pick<Policies<Grant>, "identity" | "boundary">,
  isThroughAnyService = false,
): Decision<Grant> {
  const { on, location, use, region, via, policyHolders } = requests;
  const request = requestByRole({
    action,
    resource: on,
    roleArn: roleArnOf(use.role, location),
    location,
    resourceAccount: requests.account ?? location.accountId,
    region,
    ...(via === undefined || isThroughAnyService ? {} : { via: { service: via, region } }),
  });
  // What the policies of bucket and key deny, rules about these report.
  const isOfSecret = requests.purpose === "readSecret";
  const resource = policyHolders.flatMap((holder) => statementsOfResource(kloudfuse, holder, isOfSecret));
  return evaluate(request, {
    ...policies,
    ...(policyHolders.length === 0 ? {} : { resource }),
    // Whether the resource's own policy lets another account in, rules about the resource ask.
    isSameAccount: true,
  });
}

/** The ARN of a role, also of one that the plan creates. */
export function roleArnOf(
  { value, resource }: Link,
  { partition, accountId }: RoleRequests["location"],
): Planned<string> {
  const arn = [value, resource?.get("arn")].find((each) => typeof each === "string" && each.startsWith("arn:"));
  const [name, path] = [resource?.text("name"), resource?.text("path") ?? "/"];
  if (typeof arn === "string") {
    return arn;
  }
  return [partition, accountId, path].includes(UNKNOWN) || typeof name !== "string"
    ? UNKNOWN
    : `arn:${String(partition)}:iam::${String(accountId)}:role${String(path)}${name}`;
}

/** What a resource's own policy allows, and denies if asked; one that is not known may allow anything. */
function statementsOfResource({ plan }: Kloudfuse, holder: PlannedResource, hasDenies: boolean): Statements<Grant> {
  if (plan.isOmitted(holder, POLICY)) {
    return [];
  }
  const { statements, isComplete } = plan.policyDocument(holder, POLICY);
  const policy = withDocument(holder, POLICY, { statements, isComplete, invalid: undefined });
  const unknown: Grant = {
    ...allowing(UNKNOWN),
    principals: { negated: false, ids: [{ type: "AWS", id: UNKNOWN }] },
    policy,
  };
  return [
    ...statements
      .filter(({ effect }) => effect === "Allow" || hasDenies)
      .map((statement) => ({ ...statement, policy })),
    ...(isComplete ? [] : [unknown]),
  ];
}
