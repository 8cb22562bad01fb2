import { grantsOf } from "../../../policies/roles/grants";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { statementsOf } from "../../../policies/roles/role-policies";
import { UNKNOWN } from "../../../iam/unknown";
import { allow, change, document, inlineChange, planWith, ROLE, roleChange } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf } from "../../helpers/plan";

const POLICY_ARN = `arn:aws:iam::${ACCOUNT}:policy/p`;
const policyOf = (...sids: readonly string[]): string =>
  document(...sids.map((Sid) => allow("s3:GetObject", "*", { Sid })));

/** The statements of the role's policies by their Sid, or what is not known. */
function sidsOf(parts: Parameters<typeof planWith>[0], ...more: readonly PlannedChange[]): string[] {
  const plan = planOf(planWith({ inline: undefined, ...parts }, more));
  const role = plan.at(ROLE);
  if (role === undefined) {
    throw new Error(`${ROLE} must be in the plan`);
  }
  return statementsOf(grantsOf(findKloudfuse(plan), role).policies).map((statement) =>
    statement === UNKNOWN
      ? "unknown"
      : statement.actions.values.includes(UNKNOWN)
        ? "allows anything unknown"
        : statement.actions.values.includes("*")
          ? "allows everything"
          : statement.sid,
  );
}

const attach = (policy_arn: string): PlannedChange =>
  change("aws_iam_role_policy_attachment.a", { role: "firehose", policy_arn });

describe("the policies of a role", () => {
  test("are its inline policies of any name", () => {
    const second = change("aws_iam_role_policy.b", { name: "b", role: "firehose", policy: policyOf("B") });
    expect(sidsOf({ inline: inlineChange(policyOf("A")) }, second)).toEqual(["A", "B"]);
  });

  test("are its inline_policy blocks", () => {
    const role = roleChange({ inline_policy: ["A", "B"].map((name) => ({ name, policy: policyOf(name) })) });
    expect(sidsOf({ role })).toEqual(["A", "B"]);
  });

  test("are what the state lists, without what resources of the plan manage or destroy", () => {
    const names = ["permissions", "gone", "other", "left"];
    const role = roleChange(
      { inline_policy: names.map((name) => ({ name, policy: policyOf(`old ${name}`) })) },
      { actions: ["no-op"] },
    );
    const gone = change(
      "aws_iam_role_policy.gone",
      { name: "gone", role: "firehose", policy: "" },
      { actions: ["delete"] },
    );
    const ofOther = change(
      "aws_iam_role_policy.o",
      { name: "other", role: "other", policy: "" },
      { actions: ["delete"] },
    );
    const replaced = change(
      "aws_iam_role_policy.r",
      { name: "left", role: "another", policy: "" },
      { actions: ["delete", "create"], before: { name: "left", role: "firehose", policy: "" } },
    );
    expect(sidsOf({ role, inline: inlineChange(policyOf("new")) }, gone, ofOther, replaced)).toEqual([
      "new",
      "old other",
      "old left",
    ]);
  });

  test("are the documents that blocks refer to, in whatever order Terraform sorts them", () => {
    const data = ["a", "b"].map((name) =>
      change(
        `data.aws_iam_policy_document.${name}`,
        { statement: [{ sid: name, actions: ["s3:GetObject"], resources: ["*"] }] },
        { unknown: ["json"] },
      ),
    );
    const role = roleChange(
      { inline_policy: [{ name: "x" }, { name: "y" }] },
      {
        unknown: ["inline_policy.0.policy", "inline_policy.1.policy"],
        references: {
          "inline_policy.0.policy": ["data.aws_iam_policy_document.b.json"],
          "inline_policy.1.policy": ["data.aws_iam_policy_document.a.json"],
        },
      },
    );
    expect(sidsOf({ role }, ...data).sort()).toEqual(["a", "b"]);
    const one = roleChange(
      { inline_policy: [{ name: "x" }, { name: "y" }] },
      {
        unknown: ["inline_policy.0.policy", "inline_policy.1.policy"],
        references: { "inline_policy.0.policy": ["data.aws_iam_policy_document.b.json"] },
      },
    );
    expect(sidsOf({ role: one }, ...data)).toEqual(["b", "unknown"]);
  });

  test("are unknown where a block's number is", () => {
    const role = roleChange({}, { unknown: ["inline_policy"], references: { inline_policy: ["var.p"] } });
    expect(sidsOf({ role })).toEqual(["unknown"]);
    expect(sidsOf({ role: roleChange({}, { unknown: ["inline_policy"] }) })).toEqual([]);
  });

  test("are customer-managed policies, by whatever attaches them", () => {
    const policy = change("aws_iam_policy.p", { arn: POLICY_ARN, policy: policyOf("P") });
    const shared = change("aws_iam_policy_attachment.s", { roles: ["firehose"], policy_arn: POLICY_ARN });
    const exclusive = change("aws_iam_role_policy_attachments_exclusive.e", {
      role_name: "firehose",
      policy_arns: [POLICY_ARN],
    });
    expect(sidsOf({}, policy)).toEqual([]);
    expect(sidsOf({}, policy, attach(POLICY_ARN))).toEqual(["P"]);
    expect(sidsOf({}, policy, shared)).toEqual(["P"]);
    expect(sidsOf({}, policy, exclusive)).toEqual(["P"]);
    expect(sidsOf({ role: roleChange({ managed_policy_arns: [POLICY_ARN] }) }, policy)).toEqual(["P"]);
    expect(sidsOf({ role: roleChange({ managed_policy_arns: [POLICY_ARN] }) }, policy, attach(POLICY_ARN))).toEqual([
      "P",
    ]);
  });

  test("are found by reference", () => {
    const policies = ["p", "q"].map((name) =>
      change(`aws_iam_policy.${name}`, { policy: policyOf(name) }, { unknown: ["arn", "id"] }),
    );
    const listed = roleChange(
      {},
      {
        unknown: ["managed_policy_arns"],
        references: { managed_policy_arns: ["aws_iam_policy.p.arn", "aws_iam_policy.q.arn"] },
      },
    );
    expect(sidsOf({ role: listed }, ...policies)).toEqual(["p", "q", "allows anything unknown"]);
    const attachment = change(
      "aws_iam_role_policy_attachment.a",
      { role: "firehose" },
      { unknown: ["policy_arn"], references: { policy_arn: ["aws_iam_policy.p.arn"] } },
    );
    expect(sidsOf({ role: listed }, ...policies, attachment)).toEqual(["p", "q", "allows anything unknown"]);
  });

  test("are shared by all roles that a list refers to", () => {
    const policy = change("aws_iam_policy.p", { arn: POLICY_ARN, policy: policyOf("P") });
    const other = change("aws_iam_role.other", { name: "other" }, { unknown: ["id", "arn"] });
    const shared = change(
      "aws_iam_policy_attachment.s",
      { policy_arn: POLICY_ARN },
      { unknown: ["roles"], references: { roles: ["aws_iam_role.firehose.id", "aws_iam_role.other.id"] } },
    );
    expect(sidsOf({ role: roleChange({}, { unknown: ["id"] }) }, policy, other, shared)).toEqual(["P"]);
    const ofOther = { ...shared, references: { roles: ["aws_iam_role.other.id"] } };
    expect(sidsOf({ role: roleChange({}, { unknown: ["id"] }) }, policy, other, ofOther)).toEqual([]);
  });

  test("are unknown where several policies are meant", () => {
    const policies = ["p", "q"].map((name) =>
      change(`aws_iam_policy.${name}`, { policy: policyOf(name) }, { unknown: ["arn", "id"] }),
    );
    const attachment = change(
      "aws_iam_role_policy_attachment.a",
      { role: "firehose" },
      { unknown: ["policy_arn"], references: { policy_arn: ["local.arn"] } },
    );
    expect(sidsOf({}, ...policies, attachment)).toEqual(["unknown"]);
    const listed = roleChange(
      {},
      { unknown: ["managed_policy_arns"], references: { managed_policy_arns: ["local.arns"] } },
    );
    expect(sidsOf({ role: listed }, ...policies)).toEqual(["unknown", "unknown"]);
  });

  test.each([
    ["arn:aws:iam::aws:policy/ReadOnlyAccess", "allows anything unknown"],
    ["arn:aws:iam::aws:policy/AdministratorAccess", "allows everything"],
    ["arn:aws:iam::aws:policy/AWSDenyAll", "unknown"],
    ["arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2", "unknown"],
    [`arn:aws:iam::${ACCOUNT}:policy/elsewhere`, "unknown"],
  ])("by the ARN %s alone: %s", (arn, expected) => {
    expect(sidsOf({}, attach(arn))).toEqual([expected]);
  });

  test("are read from a data source", () => {
    const data = change("data.aws_iam_policy.d", { arn: POLICY_ARN, policy: policyOf("D") });
    expect(sidsOf({}, data, attach(POLICY_ARN))).toEqual(["D"]);
    const other = change("data.aws_iam_policy.d", { arn: `${POLICY_ARN}2`, policy: policyOf("D") });
    expect(sidsOf({}, other, attach(POLICY_ARN))).toEqual(["unknown"]);
  });

  test("are no longer those that the plan detaches", () => {
    const role = roleChange({ managed_policy_arns: [POLICY_ARN] }, { actions: ["no-op"] });
    const detached = (name: string): PlannedChange => ({
      ...attach(POLICY_ARN),
      values: { role: name, policy_arn: POLICY_ARN },
      actions: ["delete"],
    });
    expect(sidsOf({ role }, detached("firehose"))).toEqual([]);
    expect(sidsOf({ role }, detached("other"))).toEqual(["unknown"]);
  });

  test("are collected once", () => {
    const plan = planOf(planWith());
    const [kloudfuse, role] = [findKloudfuse(plan), plan.at(ROLE)];
    expect(role && grantsOf(kloudfuse, role)).toBe(role && grantsOf(kloudfuse, role));
  });
});
