import { findKloudfuse } from "../../../policies/kloudfuse";
import { exclusionsOf, isExcluded } from "../../../policies/roles/exclusive-policies";
import { plannedPolicy, policyByArn, type RolePolicy, withDocument } from "../../../policies/roles/role-policies";
import type { Plan } from "../../../policies/plan";
import { change, INLINE, inlineChange, planWith, ROLE, roleChange } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const ARN = `arn:aws:iam::${ACCOUNT}:policy/p`;
const ofInline = (policy_names: readonly unknown[], more: Partial<PlannedChange> = {}): PlannedChange =>
  change("aws_iam_role_policies_exclusive.i", { role_name: "firehose", policy_names }, more);
const ofManaged = (policy_arns: readonly unknown[], more: Partial<PlannedChange> = {}): PlannedChange =>
  change("aws_iam_role_policy_attachments_exclusive.m", { role_name: "firehose", policy_arns }, more);

const planIn = (...more: readonly PlannedChange[]): Plan => planOf(planWith({}, more));

const exclusionsIn = (plan: Plan): ReturnType<typeof exclusionsOf> =>
  exclusionsOf(plan, resourceAt(plan, ROLE), findKloudfuse(plan).related);

describe("the exclusive resources of a role", () => {
  const short = (...more: readonly PlannedChange[]): string[] =>
    exclusionsIn(planIn(...more)).map(
      ({ resource, kind, links, isComplete }) =>
        `${resource.address}: ${links.length} ${kind}${isComplete ? "" : ", incomplete"}`,
    );

  test("are those of inline policies, then those of attached ones", () => {
    expect(short(ofManaged([ARN, `${ARN}2`]), ofInline(["permissions"]))).toEqual([
      "aws_iam_role_policies_exclusive.i: 1 inline",
      "aws_iam_role_policy_attachments_exclusive.m: 2 managed",
    ]);
  });

  test("are incomplete where the list is not known", () => {
    expect(short(ofInline([], unknownAt("policy_names", "random_pet.p.id")))).toEqual([
      "aws_iam_role_policies_exclusive.i: 0 inline, incomplete",
    ]);
  });

  test("are not those of another role", () => {
    expect(short({ ...ofInline([]), values: { role_name: "other", policy_names: [] } })).toEqual([]);
  });
});

describe("a policy of a role", () => {
  /** What removes a policy, and how surely. */
  const excludedIn = (plan: Plan, policy: RolePolicy): string | undefined => {
    const excluded = isExcluded(policy, exclusionsIn(plan));
    return excluded && `${excluded.resource.address}${excluded.isCertain ? "" : ", possibly"}`;
  };
  const inlineIn = (...more: readonly PlannedChange[]): string | undefined => {
    const plan = planIn(...more);
    const owner = resourceAt(plan, INLINE);
    return excludedIn(plan, withDocument(owner, "policy", plan.policyDocument(owner, "policy")));
  };
  const blockIn = (...more: readonly PlannedChange[]): string | undefined => {
    const role = roleChange({ inline_policy: [{ name: "block", policy: "" }] });
    const plan = planOf(planWith({ role }, more));
    const owner = resourceAt(plan, ROLE);
    const path = "inline_policy.0.policy";
    return excludedIn(plan, withDocument(owner, path, plan.policyDocument(owner, path)));
  };
  const managedIn = (...more: readonly PlannedChange[]): string | undefined => {
    const plan = planIn(...more);
    return excludedIn(plan, policyByArn(plan, ARN, resourceAt(plan, ROLE), "managed_policy_arns"));
  };
  const BY_INLINE = "aws_iam_role_policies_exclusive.i";
  const BY_MANAGED = "aws_iam_role_policy_attachments_exclusive.m";

  test("stays without an exclusive resource", () => {
    expect(inlineIn()).toBeUndefined();
  });

  test("stays where an exclusive resource of its kind lists it", () => {
    expect(inlineIn(ofInline(["permissions"]))).toBeUndefined();
    expect(blockIn(ofInline(["block"]))).toBeUndefined();
    expect(managedIn(ofManaged([ARN]))).toBeUndefined();
  });

  test("is removed where an exclusive resource of its kind does not list it", () => {
    expect(inlineIn(ofInline(["other"]))).toBe(BY_INLINE);
    expect(blockIn(ofInline(["other"]))).toBe(BY_INLINE);
    expect(managedIn(ofManaged([`${ARN}2`]))).toBe(BY_MANAGED);
  });

  test("stays whatever an exclusive resource of the other kind lists", () => {
    expect(inlineIn(ofManaged([]))).toBeUndefined();
    expect(managedIn(ofInline([]))).toBeUndefined();
  });

  test("stays where an exclusive resource refers to it", () => {
    const reference = { unknown: ["policy_names.0"], references: { policy_names: [`${INLINE}.name`] } };
    expect(inlineIn(inlineChange(undefined, { unknown: ["name", "id"] }), ofInline([null], reference))).toBeUndefined();
  });

  test("stays where an exclusive resource refers to the customer-managed policy", () => {
    const reference = { unknown: ["policy_arns.0"], references: { policy_arns: ["aws_iam_policy.p.arn"] } };
    const plan = planIn(
      change("aws_iam_policy.p", { policy: "" }, { unknown: ["arn", "id"] }),
      ofManaged([null], reference),
    );
    expect(excludedIn(plan, plannedPolicy(plan, resourceAt(plan, "aws_iam_policy.p")))).toBeUndefined();
  });

  test("is removed for certain where an exclusive resource refers to another one", () => {
    const reference = { unknown: ["policy_arns.0"], references: { policy_arns: ["aws_iam_policy.q.arn"] } };
    const other = change("aws_iam_policy.q", { policy: "" }, { unknown: ["arn", "id"] });
    expect(managedIn(other, ofManaged([null], reference))).toBe(BY_MANAGED);
  });

  test("is possibly removed where a name of the list is not known", () => {
    const unknown = { unknown: ["policy_names.0"], references: { policy_names: ["var.name"] } };
    expect(inlineIn(ofInline([null], unknown))).toBe(`${BY_INLINE}, possibly`);
  });

  test("is possibly removed where the list is not known", () => {
    const unknown = unknownAt("policy_names", "random_pet.p.id");
    expect(inlineIn(ofInline([], unknown))).toBe(`${BY_INLINE}, possibly`);
  });

  test("is removed by the resource that surely does, of several", () => {
    const unknown = ofInline([], unknownAt("policy_names", "random_pet.p.id"));
    const certain = { ...ofInline(["other"]), address: "aws_iam_role_policies_exclusive.j" };
    expect(inlineIn(unknown, certain)).toBe("aws_iam_role_policies_exclusive.j");
  });

  test("without a name that is known is removed by a list without it", () => {
    const unnamed = inlineChange(undefined, unknownAt("name", "random_pet.p.id"));
    const plan = planOf(planWith({ inline: unnamed }, [ofInline(["other"])]));
    const owner = resourceAt(plan, INLINE);
    expect(excludedIn(plan, withDocument(owner, "policy", plan.policyDocument(owner, "policy")))).toBe(BY_INLINE);
  });
});
