import { boundaryOf, type Grants, grantsOf, isOfRole, policyOf } from "../../../policies/roles/grants";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { statementsOf } from "../../../policies/roles/role-policies";
import { UNKNOWN } from "../../../iam/unknown";
import { allow, change, document, inlineChange, planWith, ROLE, ROLE_ARN, roleChange } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const POLICY_ARN = `arn:aws:iam::${ACCOUNT}:policy/p`;
const documentOf = (...sids: readonly string[]): string =>
  document(...sids.map((Sid) => allow("s3:GetObject", "*", { Sid })));

function grantsIn(parts: Parameters<typeof planWith>[0], ...more: readonly PlannedChange[]): Grants {
  const plan = planOf(planWith({ inline: undefined, ...parts }, more));
  return grantsOf(findKloudfuse(plan), resourceAt(plan, ROLE));
}

/** The role's policies in short: label, path, kind, and whether the role may not have it. */
const policiesIn = (...parts: Parameters<typeof grantsIn>): string[] =>
  grantsIn(...parts).policies.map(
    ({ label, path, kind, isCertain }) => `${label} | ${path} | ${kind}${isCertain ? "" : " | possible"}`,
  );

/** The statements of the role's policies by their Sid, or what is not known. */
function sidsOf(...parts: Parameters<typeof grantsIn>): string[] {
  return statementsOf(grantsIn(...parts).policies).map((statement) =>
    statement === UNKNOWN
      ? "unknown"
      : statement.actions.values.includes(UNKNOWN)
        ? "allows anything unknown"
        : statement.actions.values.includes("*")
          ? "allows everything"
          : statement.sid,
  );
}

/** A document of which only the text is not known. */
const DOCUMENT_D = change(
  "data.aws_iam_policy_document.d",
  { statement: [{ sid: "D", actions: ["s3:GetObject"], resources: ["*"] }] },
  { unknown: ["json"] },
);

const attach = (policy_arn: string): PlannedChange =>
  change("aws_iam_role_policy_attachment.a", { role: "firehose", policy_arn });

describe("the policies of a role", () => {
  test("are its inline policies of any name", () => {
    const second = change("aws_iam_role_policy.b", { name: "b", role: "firehose", policy: documentOf("B") });
    expect(sidsOf({ inline: inlineChange(documentOf("A")) }, second)).toEqual(["A", "B"]);
  });

  test("are its inline_policy blocks", () => {
    const role = roleChange({ inline_policy: ["A", "B"].map((name) => ({ name, policy: documentOf(name) })) });
    expect(sidsOf({ role })).toEqual(["A", "B"]);
  });

  test("are what the state lists, without what resources of the plan manage or destroy", () => {
    const names = ["permissions", "gone", "other", "left"];
    const role = roleChange(
      { inline_policy: names.map((name) => ({ name, policy: documentOf(`old ${name}`) })) },
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
    expect(sidsOf({ role, inline: inlineChange(documentOf("new")) }, gone, ofOther, replaced)).toEqual([
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
    const role = roleChange({}, unknownAt("inline_policy", "var.p"));
    expect(sidsOf({ role })).toEqual(["unknown"]);
    expect(sidsOf({ role: roleChange({}, { unknown: ["inline_policy"] }) })).toEqual([]);
  });

  test("are customer-managed policies, by whatever attaches them", () => {
    const policy = change("aws_iam_policy.p", { arn: POLICY_ARN, policy: documentOf("P") });
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
      change(`aws_iam_policy.${name}`, { policy: documentOf(name) }, { unknown: ["arn", "id"] }),
    );
    const listed = roleChange({}, unknownAt("managed_policy_arns", "aws_iam_policy.p.arn", "aws_iam_policy.q.arn"));
    expect(sidsOf({ role: listed }, ...policies)).toEqual(["p", "q", "allows anything unknown"]);
    const attachment = change(
      "aws_iam_role_policy_attachment.a",
      { role: "firehose" },
      unknownAt("policy_arn", "aws_iam_policy.p.arn"),
    );
    expect(sidsOf({ role: listed }, ...policies, attachment)).toEqual(["p", "q", "allows anything unknown"]);
  });

  test("are shared by all roles that a list refers to", () => {
    const policy = change("aws_iam_policy.p", { arn: POLICY_ARN, policy: documentOf("P") });
    const other = change("aws_iam_role.other", { name: "other" }, { unknown: ["id", "arn"] });
    const shared = change(
      "aws_iam_policy_attachment.s",
      { policy_arn: POLICY_ARN },
      unknownAt("roles", "aws_iam_role.firehose.id", "aws_iam_role.other.id"),
    );
    expect(sidsOf({ role: roleChange({}, { unknown: ["id"] }) }, policy, other, shared)).toEqual(["P"]);
    const ofOther = { ...shared, references: { roles: ["aws_iam_role.other.id"] } };
    expect(sidsOf({ role: roleChange({}, { unknown: ["id"] }) }, policy, other, ofOther)).toEqual([]);
  });

  test("are unknown where several policies are meant", () => {
    const policies = ["p", "q"].map((name) =>
      change(`aws_iam_policy.${name}`, { policy: documentOf(name) }, { unknown: ["arn", "id"] }),
    );
    const attachment = change(
      "aws_iam_role_policy_attachment.a",
      { role: "firehose" },
      unknownAt("policy_arn", "local.arn"),
    );
    expect(sidsOf({}, ...policies, attachment)).toEqual(["unknown"]);
    const listed = roleChange({}, unknownAt("managed_policy_arns", "local.arns"));
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
    const data = change("data.aws_iam_policy.d", { arn: POLICY_ARN, policy: documentOf("D") });
    expect(sidsOf({}, data, attach(POLICY_ARN))).toEqual(["D"]);
    const other = change("data.aws_iam_policy.d", { arn: `${POLICY_ARN}2`, policy: documentOf("D") });
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

const FROM_ELSEWHERE = { role: ["random_pet.p.id"], roles: ["random_pet.p.id"] };
const UNNAMED_ROLE = roleChange({}, { unknown: ["id"] });
const POLICY = change("aws_iam_policy.p", { arn: POLICY_ARN, policy: documentOf("P") });

describe("an inline policy", () => {
  const inline = (more: Partial<PlannedChange> = {}): PlannedChange =>
    change("aws_iam_role_policy.b", { name: "b", role: "firehose", policy: documentOf("B") }, more);

  test("of a resource is named by its address", () => {
    expect(policiesIn({}, inline())).toEqual(["aws_iam_role_policy.b | policy | document"]);
  });

  test("of a resource is possible where the plan does not show its role", () => {
    const unknown = inline({ unknown: ["role"], references: FROM_ELSEWHERE });
    expect(policiesIn({ role: UNNAMED_ROLE }, unknown)).toEqual([
      "aws_iam_role_policy.b | policy | document | possible",
    ]);
  });

  test("of a block is named by the block and the role", () => {
    const role = roleChange({ inline_policy: [{ name: "a", policy: documentOf("A") }] });
    expect(policiesIn({ role })).toEqual([`inline_policy of ${ROLE} | inline_policy.0.policy | document`]);
  });

  test.each([undefined, ""])("is none where the document of a block is %j", (policy) => {
    expect(policiesIn({ role: roleChange({ inline_policy: [{ name: "a", policy }] }) })).toEqual([]);
  });

  test("is undetermined in each block where the references are fewer than the unknown documents", () => {
    const role = roleChange(
      { inline_policy: [{ name: "x" }, { name: "y" }] },
      {
        unknown: ["inline_policy.0.policy", "inline_policy.1.policy"],
        references: { "inline_policy.0.policy": ["var.p"], "inline_policy.1.policy": ["var.q"] },
      },
    );
    expect(sidsOf({ role })).toEqual(["unknown", "unknown"]);
  });

  test("of a block keeps its own text where another block refers to a document", () => {
    const role = roleChange(
      { inline_policy: [{ name: "x", policy: documentOf("X") }, { name: "y" }] },
      unknownAt("inline_policy.1.policy", "data.aws_iam_policy_document.d.json"),
    );
    expect(sidsOf({ role }, DOCUMENT_D)).toEqual(["X", "D"]);
  });

  test("of a block has the document that the configuration refers to in a block at another place", () => {
    const role = roleChange(
      { inline_policy: [{ name: "x", policy: documentOf("X") }, { name: "y" }] },
      {
        unknown: ["inline_policy.1.policy"],
        references: { "inline_policy.0.policy": ["data.aws_iam_policy_document.d.json"] },
      },
    );
    expect(sidsOf({ role }, DOCUMENT_D)).toEqual(["X", "D"]);
  });

  test("of a block has its own document where the configuration refers to more than are unknown", () => {
    const data = ["d", "e"].map((name) =>
      change(
        `data.aws_iam_policy_document.${name}`,
        { statement: [{ sid: name, actions: ["s3:GetObject"], resources: ["*"] }] },
        { unknown: ["json"] },
      ),
    );
    const role = roleChange(
      { inline_policy: [{ name: "x", policy: documentOf("X") }, { name: "y" }] },
      {
        unknown: ["inline_policy.1.policy"],
        references: {
          "inline_policy.0.policy": ["data.aws_iam_policy_document.d.json"],
          "inline_policy.1.policy": ["data.aws_iam_policy_document.e.json"],
        },
      },
    );
    expect(sidsOf({ role }, ...data)).toEqual(["X", "e"]);
  });

  test("of a number of blocks that is not known is named by the argument", () => {
    const role = roleChange({}, unknownAt("inline_policy", "var.p"));
    expect(policiesIn({ role })).toEqual([`inline_policy of ${ROLE} | inline_policy | unknown`]);
  });

  test("stays where the plan destroys one of the same name of another role", () => {
    const role = roleChange({ inline_policy: [{ name: "a", policy: documentOf("A") }] }, { actions: ["no-op"] });
    const gone = change("aws_iam_role_policy.gone", { name: "a", policy: "" }, { actions: ["delete"] });
    expect(sidsOf({ role }, gone)).toEqual(["A"]);
  });
});

describe("an attached policy", () => {
  const shared = (values: PlannedChange["values"], more: Partial<PlannedChange> = {}): PlannedChange =>
    change("aws_iam_policy_attachment.s", { policy_arn: POLICY_ARN, ...values }, more);

  test("is possible where the plan does not show the role of its attachment", () => {
    const attachment = {
      ...attach(POLICY_ARN),
      values: { policy_arn: POLICY_ARN },
      unknown: ["role"],
      references: FROM_ELSEWHERE,
    };
    expect(policiesIn({ role: UNNAMED_ROLE }, POLICY, attachment)).toEqual([
      "aws_iam_policy.p | policy | document | possible",
    ]);
  });

  test("is certain where the plan shows the role of its attachment", () => {
    expect(policiesIn({}, POLICY, attach(POLICY_ARN))).toEqual(["aws_iam_policy.p | policy | document"]);
  });

  test("is possible where the plan does not show the roles that share it", () => {
    expect(policiesIn({}, POLICY, shared({}, unknownAt("roles", "local.roles")))).toEqual([
      "aws_iam_policy.p | policy | document | possible",
    ]);
  });

  test("is none that only roles of another root share", () => {
    expect(policiesIn({}, POLICY, shared({ roles: ["other"] }))).toEqual([]);
  });

  test("is one where an attachment lists the role twice", () => {
    expect(policiesIn({}, POLICY, shared({ roles: ["firehose", ROLE_ARN] }))).toEqual([
      "aws_iam_policy.p | policy | document",
    ]);
  });

  test("is one of each attachment that several roles share", () => {
    const second = change("aws_iam_policy_attachment.t", { roles: ["firehose"], policy_arn: `${POLICY_ARN}2` });
    expect(policiesIn({}, POLICY, shared({ roles: ["firehose"] }), second)).toEqual([
      "aws_iam_policy.p | policy | document",
      `${POLICY_ARN}2 | policy_arn | elsewhere`,
    ]);
  });
});

describe("a policy in managed_policy_arns", () => {
  const listing = (...arns: readonly string[]): PlannedChange => roleChange({ managed_policy_arns: arns });

  test("that is managed elsewhere is named by its ARN", () => {
    expect(policiesIn({ role: listing(POLICY_ARN) })).toEqual([`${POLICY_ARN} | managed_policy_arns | elsewhere`]);
  });

  test("is not counted again where an attachment names the same ARN", () => {
    expect(policiesIn({ role: listing(POLICY_ARN, `${POLICY_ARN}2`) }, attach(POLICY_ARN))).toEqual([
      `${POLICY_ARN} | policy_arn | elsewhere`,
      `${POLICY_ARN}2 | managed_policy_arns | elsewhere`,
    ]);
  });

  test("is one that the list alone refers to, beside an attached one", () => {
    const policies = ["p", "q"].map((name) =>
      change(`aws_iam_policy.${name}`, { policy: documentOf(name) }, { unknown: ["arn", "id"] }),
    );
    const role = roleChange({}, unknownAt("managed_policy_arns", "aws_iam_policy.q.arn"));
    const attachment = change(
      "aws_iam_role_policy_attachment.a",
      { role: "firehose" },
      unknownAt("policy_arn", "aws_iam_policy.p.arn"),
    );
    expect(policiesIn({ role }, ...policies, attachment)).toEqual([
      "aws_iam_policy.p | policy | document",
      "aws_iam_policy.q | policy | document",
      `managed_policy_arns of ${ROLE} | managed_policy_arns | rest`,
    ]);
  });

  test("is unknown where the list refers to no policy of the plan", () => {
    const role = roleChange({}, unknownAt("managed_policy_arns", "var.p"));
    expect(policiesIn({ role })).toEqual([`managed_policy_arns of ${ROLE} | managed_policy_arns | unknown`]);
  });

  test("is none where the configuration leaves the list out", () => {
    expect(policiesIn({ role: roleChange({}, { unknown: ["managed_policy_arns"] }) })).toEqual([]);
  });

  test("stays where the plan replaces its attachment", () => {
    const values = { role: "firehose", policy_arn: POLICY_ARN };
    const replaced = {
      ...attach(`${POLICY_ARN}2`),
      before: values,
      actions: ["delete", "create"],
    };
    expect(policiesIn({ role: { ...listing(POLICY_ARN), actions: ["no-op"] } }, replaced)).toEqual([
      `${POLICY_ARN}2 | policy_arn | elsewhere`,
      `${POLICY_ARN} | managed_policy_arns | elsewhere`,
    ]);
  });
});

describe("a resource that excludes other policies", () => {
  const EXCLUSIVE = "aws_iam_role_policies_exclusive.e";
  const exclusive = (policy_names: readonly string[], more: Partial<PlannedChange> = {}): PlannedChange =>
    change(EXCLUSIVE, { role_name: "firehose", policy_names }, more);
  const onlyManaged = (policy_arns: readonly string[]): PlannedChange =>
    change("aws_iam_role_policy_attachments_exclusive.m", { role_name: "firehose", policy_arns });
  const grantsWith = (
    parts: Parameters<typeof planWith>[0],
    ...more: readonly PlannedChange[]
  ): Readonly<Record<string, readonly string[]>> => ({
    policies: policiesIn(parts, ...more),
    excluded: grantsIn(parts, ...more).excluded.map(({ policy, by }) => `${policy.label} by ${by.address}`),
  });
  const INLINE_POLICY = "aws_iam_role_policy.firehose";

  test("removes the inline policies that it does not list", () => {
    expect(grantsWith({ inline: inlineChange() }, exclusive([]))).toEqual({
      policies: [],
      excluded: [`${INLINE_POLICY} by ${EXCLUSIVE}`],
    });
  });

  test("leaves the inline policies that it lists", () => {
    expect(grantsWith({ inline: inlineChange() }, exclusive(["permissions"]))).toEqual({
      policies: [`${INLINE_POLICY} | policy | document`],
      excluded: [],
    });
  });

  test("may leave an inline policy where its list is not known", () => {
    const unknown = exclusive([], unknownAt("policy_names", "var.names"));
    expect(grantsWith({ inline: inlineChange() }, unknown)).toEqual({
      policies: [`${INLINE_POLICY} | policy | document | possible`],
      excluded: [],
    });
  });

  test("is not said to remove a policy that the role may not have", () => {
    const inline = inlineChange(documentOf("A"), { unknown: ["role"], references: FROM_ELSEWHERE });
    expect(grantsWith({ role: UNNAMED_ROLE, inline }, exclusive([]))).toEqual({ policies: [], excluded: [] });
  });

  test("of inline policies grants none by their names", () => {
    expect(grantsWith({}, exclusive(["missing"]))).toEqual({ policies: [], excluded: [] });
  });

  test("of attached policies grants those that it lists, and removes the others", () => {
    expect(grantsWith({}, POLICY, attach(POLICY_ARN), onlyManaged([`${POLICY_ARN}2`]))).toEqual({
      policies: [`${POLICY_ARN}2 | policy_arns | elsewhere`],
      excluded: ["aws_iam_policy.p by aws_iam_role_policy_attachments_exclusive.m"],
    });
  });
});

describe("the name or ARN of a role", () => {
  test.each([
    ["firehose", true],
    [ROLE_ARN, true],
    ["other", false],
    [undefined, false],
  ])("%s is that of the role: %s", (text, expected) => {
    const plan = planOf(planWith({ role: roleChange({}, { actions: ["no-op"] }) }));
    expect(isOfRole(plan, text, resourceAt(plan, ROLE))).toBe(expected);
  });

  test("is not that of a role that the plan creates", () => {
    const plan = planOf(planWith());
    expect(isOfRole(plan, "firehose", resourceAt(plan, ROLE))).toBe(false);
  });
});

describe("the policy that a link leads to", () => {
  const policyAt = (values: PlannedChange["values"], more: Partial<PlannedChange> = {}): string => {
    const attachment = change("aws_iam_role_policy_attachment.a", { role: "firehose", ...values }, more);
    const plan = planOf(planWith({}, [POLICY, attachment]));
    const owner = resourceAt(plan, attachment.address);
    const { label, kind } = policyOf(plan, plan.linked(owner, "policy_arn", "aws_iam_policy"), owner, "policy_arn");
    return `${label} | ${kind}`;
  };

  test("is the resource of the plan", () => {
    expect(policyAt({ policy_arn: POLICY_ARN })).toBe("aws_iam_policy.p | document");
  });

  test("is known by its ARN alone where the plan does not have it", () => {
    expect(policyAt({ policy_arn: `${POLICY_ARN}2` })).toBe(`${POLICY_ARN}2 | elsewhere`);
  });

  test("is unknown where its ARN is", () => {
    expect(policyAt({}, unknownAt("policy_arn", "random_pet.p.id"))).toBe(
      "policy_arn of aws_iam_role_policy_attachment.a | unknown",
    );
  });
});

describe("the permissions boundary of a role", () => {
  const boundaryIn = (role: PlannedChange): string | undefined => {
    const plan = planOf(planWith({ role }, [POLICY]));
    return boundaryOf(findKloudfuse(plan), resourceAt(plan, ROLE))?.label;
  };

  test("is the policy that the role names", () => {
    expect(boundaryIn(roleChange({ permissions_boundary: POLICY_ARN }))).toBe("aws_iam_policy.p");
  });

  test("is none where the role names none", () => {
    expect(boundaryIn(roleChange())).toBeUndefined();
  });

  test("is none where the configuration leaves it out", () => {
    expect(boundaryIn(roleChange({}, { unknown: ["permissions_boundary"] }))).toBeUndefined();
  });

  test("is unknown where its ARN is", () => {
    const role = roleChange({}, unknownAt("permissions_boundary", "var.boundary"));
    expect(boundaryIn(role)).toBe(`permissions_boundary of ${ROLE}`);
  });
});
