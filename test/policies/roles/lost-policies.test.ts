import { findKloudfuse } from "../../../policies/kloudfuse";
import { lostPolicies } from "../../../policies/roles/lost-policies";
import type { JsonObject } from "../../../iam/json";
import { change, document, GRANTS, planWith, ROLE, roleChange } from "../../helpers/iam-plan";
import { ACCOUNT, inAccount, type PlannedChange, planOf, type PlanParts } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const TEXT = document(GRANTS.putRecords);
const ARN = `arn:aws:iam::${ACCOUNT}:policy/p`;
const DELETE = { actions: ["delete"] };
const UPDATE = { actions: ["update"] };
const KEPT = roleChange({}, { actions: ["no-op"] });

/** The policies that the role loses: by what, how, and what was in them. */
function lostIn(role: PlannedChange, more: readonly PlannedChange[] = [], parts: PlanParts = {}): readonly string[] {
  const plan = planOf(planWith({ role, inline: undefined }, more), parts);
  return lostPolicies(findKloudfuse(plan), resourceAt(plan, ROLE)).map(({ policy, by, how }) => {
    const { statements, isComplete } = policy.document;
    const sids = statements.map(({ sid }) => sid).join(" ");
    return `${by.address}: ${how} | ${policy.owner.address} ${policy.path} | ${sids}${isComplete ? "" : " unknown"}`;
  });
}

const DESTROYED = "the plan destroys the policy";
const DETACHED = "the plan detaches the policy";

describe("an inline policy", () => {
  const ADDRESS = "aws_iam_role_policy.gone";
  const inline = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
    change(ADDRESS, { name: "p", role: "firehose", policy: TEXT, ...values }, { ...DELETE, ...more });
  const LOST = [`${ADDRESS}: ${DESTROYED} | ${ADDRESS} policy | PutRecords`];

  test("is lost where the plan destroys it", () => {
    expect(lostIn(KEPT, [inline()])).toEqual(LOST);
  });

  test("is lost, and unknown, where it has no document", () => {
    expect(lostIn(KEPT, [inline({ policy: undefined })])).toEqual([
      `${ADDRESS}: ${DESTROYED} | ${ADDRESS} policy |  unknown`,
    ]);
  });

  test("is not lost where the plan replaces it, or it is deposed, or another role's", () => {
    expect(lostIn(KEPT, [inline({}, { actions: ["delete", "create"] })])).toEqual([]);
    expect(lostIn(KEPT, [inline({}, { deposed: "1" })])).toEqual([]);
    expect(lostIn(KEPT, [inline({ role: "other" })])).toEqual([]);
    expect(lostIn(KEPT, [inline({ role: undefined })])).toEqual([]);
  });

  test("is lost by a resource that lets the role have others alone", () => {
    const kept = change("aws_iam_role_policy.kept", { name: "kept", role: "firehose", policy: TEXT });
    const exclusive = change("aws_iam_role_policies_exclusive.e", { role_name: "firehose", policy_names: [] });
    expect(lostIn(KEPT, [kept, exclusive])).toEqual([
      "aws_iam_role_policies_exclusive.e: it removes aws_iam_role_policy.kept from the role | aws_iam_role_policy.kept policy | PutRecords",
    ]);
  });

  const unlocated = roleChange({ arn: undefined }, { actions: ["no-op"] });

  test("is lost only in the account of the role", () => {
    expect(lostIn(KEPT, [inline()], inAccount(ACCOUNT))).toEqual(LOST);
    const foreign = inline({ arn: "arn:aws:iam::999999999999:x" });
    expect(lostIn(KEPT, [foreign])).toEqual([]);
    expect(lostIn({ ...unlocated, isUnconfigured: true }, [foreign])).toEqual(LOST);
  });
});

describe("an attached policy", () => {
  const ADDRESS = "aws_iam_role_policy_attachment.gone";
  const POLICY = "aws_iam_policy.p";
  const policy = change(POLICY, { arn: ARN, policy: TEXT }, { actions: ["no-op"] });
  const attachment = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
    change(ADDRESS, { role: "firehose", policy_arn: ARN, ...values }, { ...DELETE, ...more });

  test("is lost where the plan destroys its attachment", () => {
    expect(lostIn(KEPT, [policy, attachment()])).toEqual([`${ADDRESS}: ${DETACHED} | ${POLICY} policy | PutRecords`]);
  });

  test("is lost with its own resource", () => {
    expect(lostIn(KEPT, [{ ...policy, ...DELETE }, attachment()])).toEqual([
      `${ADDRESS}: ${DETACHED} | ${POLICY} policy | PutRecords`,
    ]);
  });

  test("is lost, and unknown, where another root manages it, or nothing names it", () => {
    const unknown = [`${ADDRESS}: ${DETACHED} | ${ADDRESS} policy_arn |  unknown`];
    expect(lostIn(KEPT, [attachment()])).toEqual(unknown);
    expect(lostIn(KEPT, [policy, attachment({ policy_arn: undefined })])).toEqual(unknown);
  });

  test("is lost, and unknown, where its document is not there before the plan", () => {
    expect(lostIn(KEPT, [{ ...policy, before: { arn: ARN }, ...UPDATE }, attachment()])).toEqual([
      `${ADDRESS}: ${DETACHED} | ${ADDRESS} policy_arn |  unknown`,
    ]);
  });

  test("is not lost where the plan replaces its attachment, or it is deposed, or another role's", () => {
    expect(lostIn(KEPT, [attachment({}, { actions: ["delete", "create"] })])).toEqual([]);
    expect(lostIn(KEPT, [attachment({}, { deposed: "1" })])).toEqual([]);
    expect(lostIn(KEPT, [attachment({ role: "other" })])).toEqual([]);
  });

  test("is not lost by an attachment in another account", () => {
    expect(lostIn(KEPT, [policy, attachment({ arn: "arn:aws:iam::999999999999:x" })])).toEqual([]);
  });
});

describe("a policy that several roles share", () => {
  const ADDRESS = "aws_iam_policy_attachment.s";
  const shared = (roles: unknown, more: Partial<PlannedChange>): PlannedChange =>
    change(ADDRESS, { roles, policy_arn: ARN }, { before: { roles: ["firehose", "other"], policy_arn: ARN }, ...more });
  const LOST = [`${ADDRESS}: ${DETACHED} | ${ADDRESS} policy_arn |  unknown`];

  test("is lost where the attachment lists the role no longer", () => {
    expect(lostIn(KEPT, [shared(["other"], UPDATE)])).toEqual(LOST);
    expect(lostIn(KEPT, [shared(["other"], { actions: ["delete", "create"] })])).toEqual(LOST);
  });

  test("is lost where the plan destroys the attachment", () => {
    expect(lostIn(KEPT, [shared(["firehose", "other"], DELETE)])).toEqual(LOST);
  });

  test("is not lost where the attachment still lists the role, or may", () => {
    expect(lostIn(KEPT, [shared(["firehose"], UPDATE)])).toEqual([]);
    expect(
      lostIn(KEPT, [shared(undefined, { ...UPDATE, unknown: ["roles"], references: { roles: ["var.roles"] } })]),
    ).toEqual([]);
  });

  test("is not lost where the plan does not change the attachment", () => {
    expect(lostIn(KEPT, [shared(["other"], { actions: ["no-op"] })])).toEqual([]);
  });

  test("is not lost where only other roles shared it", () => {
    const before = { roles: ["other", 3], policy_arn: ARN };
    expect(lostIn(KEPT, [shared([], { ...UPDATE, before })])).toEqual([]);
    expect(lostIn(KEPT, [shared([], { ...UPDATE, before: { policy_arn: ARN } })])).toEqual([]);
  });
});

describe("an inline_policy block", () => {
  const block = (name: string, policy: string | undefined = TEXT): JsonObject => ({ name, policy });
  const changed = (before: unknown, after: unknown, more: Partial<PlannedChange> = UPDATE): PlannedChange => {
    const role = roleChange({ inline_policy: after }, more);
    return { ...role, before: { ...role.values, inline_policy: before } };
  };
  const lost = (path: string, sids = "PutRecords"): string =>
    `${ROLE}: the plan removes an inline_policy block | ${ROLE} ${path} | ${sids}`;

  test("is lost where the plan removes it", () => {
    expect(lostIn(changed([block("a"), block("b")], [block("a")]))).toEqual([lost("inline_policy.1.policy")]);
  });

  test("is lost, and unknown, where it has no document", () => {
    expect(lostIn(changed([{ name: "a" }], []))).toEqual([lost("inline_policy.0.policy", " unknown")]);
  });

  test("is not lost where it only changes its place", () => {
    expect(lostIn(changed([block("a"), block("b")], [block("b"), block("a")]))).toEqual([]);
  });

  test("is not lost where the plan does not update the role, or the blocks are not known", () => {
    expect(lostIn(changed([block("a")], [], { actions: ["no-op"] }))).toEqual([]);
    expect(lostIn(changed(undefined, [block("a")]))).toEqual([]);
    expect(
      lostIn(
        changed([block("a")], undefined, {
          ...UPDATE,
          unknown: ["inline_policy"],
          references: { inline_policy: ["var.p"] },
        }),
      ),
    ).toEqual([]);
  });
});

describe("a policy in managed_policy_arns", () => {
  const changed = (before: unknown, after: unknown, more: Partial<PlannedChange> = UPDATE): PlannedChange => {
    const role = roleChange({ managed_policy_arns: after }, more);
    return { ...role, before: { ...role.values, managed_policy_arns: before } };
  };
  const HOW = "the plan removes a policy from managed_policy_arns";

  test("is lost where the plan removes it", () => {
    expect(lostIn(changed([ARN, `${ARN}2`], [`${ARN}2`]))).toEqual([
      `${ROLE}: ${HOW} | ${ROLE} managed_policy_arns |  unknown`,
    ]);
  });

  test("is lost with the document that it has in the plan", () => {
    const policy = change("aws_iam_policy.p", { arn: ARN, policy: TEXT }, { actions: ["no-op"] });
    expect(lostIn(changed([ARN], []), [policy])).toEqual([`${ROLE}: ${HOW} | aws_iam_policy.p policy | PutRecords`]);
  });

  test("is not lost where the plan does not update the role, or the list is not known", () => {
    expect(lostIn(changed([ARN], [], { actions: ["no-op"] }))).toEqual([]);
    expect(
      lostIn(
        changed([ARN], undefined, {
          ...UPDATE,
          unknown: ["managed_policy_arns"],
          references: { managed_policy_arns: ["var.p"] },
        }),
      ),
    ).toEqual([]);
  });
});
