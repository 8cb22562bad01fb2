import { isArn, lastPart, parseArn } from "../../iam/arn";
import { type Decision, evaluate, type Policies, type Statements } from "../../iam/evaluate";
import { requestByRole } from "../../iam/request";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { POLICY } from "../buckets/resource-policies";
import { grantsOf } from "./grants";
import type { Kloudfuse } from "../kloudfuse";
import type { Link, PlannedResource } from "../plan";
import type { RoleRequests } from "./role-requests";
import {
  allowing,
  type RoleStatement,
  type RolePolicy,
  statementsOf,
  unknownPolicy,
  withDocument,
} from "./role-policies";

/** The identity-based policies of a role. */
export interface Identity {
  readonly policies: readonly RolePolicy[];
  readonly statements: Statements<RoleStatement>;
}

/** The policies of the role of a use; undefined if the plan does not show which role it is. */
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
  // The plan may add policies to a role that is managed elsewhere; the role's other policies are not known.
  const { plan } = kloudfuse;
  const account = parseArn(role.value)?.account;
  const added = plan
    .withValue("aws_iam_role_policy", "role", lastPart(role.value))
    .filter(({ accountId }) => accountId === undefined || accountId === account)
    .map((resource) => withDocument(resource, "policy", plan.policyDocument(resource, "policy")));
  const rest: RolePolicy = { ...unknownPolicy(namedBy, path), kind: "elsewhere" };
  return { policies: [...added, rest], statements: [...statementsOf(added), { ...allowing(UNKNOWN), policy: rest }] };
}

/** Evaluates an action by the role's policies. */
export function evaluateAction(
  kloudfuse: Kloudfuse,
  requests: RoleRequests,
  action: string,
  policies: Pick<Policies<RoleStatement>, "identity" | "boundary">,
  isThroughAnyService = false,
): Decision<RoleStatement> {
  const { resourceArn, location, use, region, via, policyHolders } = requests;
  const request = requestByRole({
    action,
    resource: resourceArn,
    roleArn: roleArnOf(use.role, location),
    location,
    resourceAccount: requests.account ?? location.accountId,
    region,
    ...(via === undefined || isThroughAnyService ? {} : { via: { service: via, region } }),
  });
  // The policies about buckets and keys report what a bucket or key policy denies.
  const isOfSecret = requests.purpose === "readSecret";
  const resource = policyHolders.flatMap((holder) => statementsOfResource(kloudfuse, holder, isOfSecret));
  return evaluate(request, {
    ...policies,
    ...(policyHolders.length === 0 ? {} : { resource }),
    // The policies about the resource check whether its own policy allows another account.
    isSameAccount: true,
  });
}

/** The ARN of a role, also of one that the plan creates. */
export function roleArnOf(
  { value, resource }: Link,
  { partition, accountId }: RoleRequests["location"],
): Planned<string> {
  const arn = [value, resource?.get("arn")].find(isArn);
  const [name, path] = [resource?.text("name"), resource?.text("path") ?? "/"];
  if (arn !== undefined) {
    return arn;
  }
  return [partition, accountId, path].includes(UNKNOWN) || typeof name !== "string"
    ? UNKNOWN
    : `arn:${String(partition)}:iam::${String(accountId)}:role${String(path)}${name}`;
}

/** The statements of a resource-based policy, with or without Deny; an unknown policy may allow anything. */
function statementsOfResource(
  { plan }: Kloudfuse,
  holder: PlannedResource,
  hasDenies: boolean,
): Statements<RoleStatement> {
  if (plan.isOmitted(holder, POLICY)) {
    return [];
  }
  const { statements, isComplete } = plan.policyDocument(holder, POLICY);
  const policy = withDocument(holder, POLICY, { statements, isComplete, invalid: undefined });
  const unknown: RoleStatement = {
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
