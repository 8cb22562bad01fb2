import { iamGrants } from "../../../policies/rules/iam-grants";
import { iamPutRecords } from "../../../policies/rules/iam-put-records";
import {
  allow,
  change,
  check,
  document,
  ELSEWHERE,
  grants,
  GRANTS,
  INLINE,
  inlineChange,
  planWith,
  ROLE,
  ROLE_ARN,
  roleChange,
  STREAM,
  STREAM_ARN,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";

const DELETE = { actions: ["delete"] };
const POLICY_ARN = `arn:aws:iam::${ACCOUNT}:policy/p`;
const POLICY = "aws_iam_policy.p";
const ATTACHMENT = "aws_iam_role_policy_attachment.a";
const KEEP = "Keep the policy, or replace it.";
const EMPTY = `finding ${ROLE}: the role has no policy | Attach a policy with the documented permissions.`;
const ALL = `firehose:PutRecord on ${STREAM_ARN}, firehose:PutRecordBatch on ${STREAM_ARN}, s3:GetBucketLocation on arn:aws:s3:::backup and 7 more`;
const lost = (address: string, how: string, what = ALL): string =>
  `finding ${address}: ${how}, and nothing else grants the role ${what} | ${KEEP}`;
const maybe = (address: string, how: string): string =>
  `unknown ${address}: ${how}, which may be the only policy that grants the role ${ALL} | ${ELSEWHERE}`;

const found = (parts: Parameters<typeof planWith>[0], ...more: readonly PlannedChange[]): string[] =>
  check(iamGrants, planWith({ inline: undefined, ...parts }, more));
const policy = (text = grants(), more: Partial<PlannedChange> = {}): PlannedChange =>
  change(POLICY, { arn: POLICY_ARN, name: "p", policy: text }, more);
const attachment = (more: Partial<PlannedChange> = {}): PlannedChange =>
  change(ATTACHMENT, { role: "firehose", policy_arn: POLICY_ARN }, more);
const shared = (roles: readonly string[], more: Partial<PlannedChange> = {}): PlannedChange =>
  change("aws_iam_policy_attachment.s", { roles, policy_arn: POLICY_ARN }, more);
const noOp = { actions: ["no-op"] };

describe("KFF-IAM-011 on a role without a policy", () => {
  test("finds it", () => {
    expect(found({})).toEqual([EMPTY]);
  });

  test("finds it where the only policy is another role's", () => {
    expect(
      found({}, change("aws_iam_role_policy.o", { name: "o", role: "other", policy: grants() }), policy()),
    ).toEqual([EMPTY]);
  });

  test("finds it where an inline_policy block is empty", () => {
    expect(
      found({
        role: roleChange({
          inline_policy: [
            { name: undefined, policy: undefined },
            { name: "", policy: "" },
          ],
        }),
      }),
    ).toEqual([EMPTY]);
  });

  test("says that an incomplete plan does not have them", () => {
    expect(check(iamGrants, planWith({ inline: undefined }), { complete: false })).toEqual([
      `unknown ${ROLE}: the plan does not have the role's policies | Evaluate a plan of the whole root module.`,
    ]);
  });

  test.each<[string, readonly PlannedChange[]]>([
    ["an attached policy", [policy(), attachment()]],
    ["a policy that is managed elsewhere", [attachment()]],
    ["a policy that several roles share", [policy(), shared(["other", "firehose"])]],
    [
      "an exclusive list of attached policies",
      [
        policy(),
        change("aws_iam_role_policy_attachments_exclusive.e", { role_name: "firehose", policy_arns: [POLICY_ARN] }),
      ],
    ],
  ])("accepts %s", (_, more) => {
    expect(found({}, ...more)).toEqual([]);
  });

  test("accepts what the state says the role has, from another root", () => {
    expect(found({ role: roleChange({ inline_policy: [{ name: "x", policy: grants() }] }, noOp) })).toEqual([]);
    expect(found({ role: roleChange({ managed_policy_arns: [POLICY_ARN] }, noOp) })).toEqual([]);
  });

  test("finds a text that is no policy document", () => {
    expect(found({ inline: inlineChange("[]") })).toEqual([
      `finding ${INLINE}: policy is not a policy document: The policy document must have a Statement. Add one. | Correct the document.`,
    ]);
  });

  test("says that the role is managed elsewhere", () => {
    expect(found({ role: undefined })).toEqual([
      `unknown ${STREAM}: the plan does not have the role ${ROLE_ARN}: what it grants is undetermined | ${ELSEWHERE}`,
    ]);
  });
});

describe("KFF-IAM-011 on a policy that is lost", () => {
  const state = roleChange({ inline_policy: [{ name: "permissions", policy: grants() }] }, noOp);

  test("finds that the plan destroys the inline policy", () => {
    expect(found({ role: state, inline: inlineChange(undefined, DELETE) })).toEqual([
      lost(INLINE, "the plan destroys the policy"),
    ]);
  });

  test("names what is lost alone", () => {
    const put = change(
      "aws_iam_role_policy.put",
      { name: "put", role: "firehose", policy: document(GRANTS.putRecords) },
      DELETE,
    );
    const left = inlineChange(grants({ putRecords: undefined }));
    expect(found({ role: state, inline: left }, put)).toEqual([
      lost(
        "aws_iam_role_policy.put",
        "the plan destroys the policy",
        `firehose:PutRecord on ${STREAM_ARN}, firehose:PutRecordBatch on ${STREAM_ARN}`,
      ),
    ]);
  });

  test("counts three and no more", () => {
    const find = change(
      "aws_iam_role_policy.f",
      { name: "f", role: "firehose", policy: document(GRANTS.findBucket) },
      DELETE,
    );
    expect(found({ role: state, inline: inlineChange(grants({ findBucket: undefined })) }, find)[0]).toMatch(
      /grants the role (s3:\w+ on arn:aws:s3:::backup(, )?){3} \|/,
    );
  });

  test("accepts that another policy replaces it", () => {
    const replacement = change("aws_iam_role_policy.new", { name: "new", role: "firehose", policy: grants() });
    expect(found({ role: state, inline: inlineChange(undefined, DELETE) }, replacement)).toEqual([]);
    expect(found({ role: state, inline: inlineChange(undefined, { actions: ["delete", "create"] }) })).toEqual([]);
  });

  test("accepts the loss of what the streams do not need", () => {
    const other = change(
      "aws_iam_role_policy.o",
      { name: "o", role: "firehose", policy: document(allow("s3:DeleteObject", "*")) },
      DELETE,
    );
    expect(found({ inline: inlineChange() }, other)).toEqual([]);
  });

  test("does not take the policy of another role, or a deposed one, for the role's", () => {
    const of = (more: Partial<PlannedChange>, role = "firehose"): PlannedChange =>
      change("aws_iam_role_policy.o", { name: "o", role, policy: document(GRANTS.putRecords) }, more);
    const left = inlineChange(grants({ putRecords: undefined }));
    expect(found({ role: state, inline: left }, of(DELETE))).toHaveLength(1);
    expect(found({ role: state, inline: left }, of(DELETE, "other"))).toEqual([]);
    expect(found({ role: state, inline: left }, of({ ...DELETE, deposed: "a1b2c3d4" }))).toEqual([]);
  });

  test("does not take the policy of a role of that name in another account for the role's", () => {
    const put = change(
      "module.other.aws_iam_role_policy.put",
      { name: "put", role: "firehose", policy: document(GRANTS.putRecords) },
      { actions: ["delete", "create"], provider: "aws.other" },
    );
    const parts = {
      providers: { "aws.other": { assume_role: [{ role_arn: "arn:aws:iam::210987654321:role/deploy" }] } },
    };
    const left = inlineChange(grants({ putRecords: undefined }));
    expect(check(iamGrants, planWith({ role: state, inline: left }, [put]), parts)).toEqual([]);
  });

  test("finds that the plan detaches the policy", () => {
    const role = roleChange({ managed_policy_arns: [POLICY_ARN] }, noOp);
    expect(found({ role }, policy(grants(), noOp), attachment(DELETE))).toEqual([
      lost(ATTACHMENT, "the plan detaches the policy"),
    ]);
    expect(found({ role }, policy(grants(), DELETE), attachment(DELETE))).toEqual([
      lost(ATTACHMENT, "the plan detaches the policy"),
    ]);
  });

  test("says that the policy which the plan detaches is managed elsewhere", () => {
    expect(found({ role: roleChange({}, noOp) }, attachment(DELETE))).toEqual([EMPTY]);
    expect(
      found(
        { role: roleChange({}, noOp), inline: inlineChange(document(allow("s3:DeleteObject", "*"))) },
        attachment(DELETE),
      ),
    ).toEqual([maybe(ATTACHMENT, "the plan detaches the policy")]);
  });

  test("finds that a shared attachment leaves the role", () => {
    const leaving = shared(["other"], {
      before: { roles: ["other", "firehose"], policy_arn: POLICY_ARN },
      actions: ["update"],
    });
    const how = "the plan detaches the policy";
    expect(found({ role: roleChange({}, noOp) }, policy(grants(), noOp), leaving)).toEqual([
      lost("aws_iam_policy_attachment.s", how),
    ]);
    const gone = shared(["other", "firehose"], DELETE);
    expect(found({ role: roleChange({}, noOp) }, policy(grants(), noOp), gone)).toEqual([
      lost("aws_iam_policy_attachment.s", how),
    ]);
    const staying = shared(["firehose"], {
      before: { roles: ["other", "firehose"], policy_arn: POLICY_ARN },
      actions: ["update"],
    });
    expect(found({ role: roleChange({}, noOp) }, policy(grants(), noOp), staying)).toEqual([]);
    const unchanged = shared(["other"], noOp);
    expect(found({ role: roleChange({}, noOp), inline: inlineChange() }, policy(grants(), noOp), unchanged)).toEqual(
      [],
    );
  });

  test("finds that an inline_policy block is removed", () => {
    const role = roleChange(
      { inline_policy: [{ name: "other", policy: document(GRANTS.findBucket) }] },
      {
        before: {
          ...roleChange().values,
          inline_policy: [
            { name: "permissions", policy: document(GRANTS.putRecords) },
            { name: "other", policy: document(GRANTS.findBucket) },
          ],
        },
        actions: ["update"],
      },
    );
    expect(found({ role })).toEqual([
      lost(
        ROLE,
        "the plan removes an inline_policy block",
        `firehose:PutRecord on ${STREAM_ARN}, firehose:PutRecordBatch on ${STREAM_ARN}`,
      ),
    ]);
    expect(found({ role: { ...role, actions: ["no-op"] } })).toEqual([]);
  });

  test("finds that managed_policy_arns lists the policy no longer", () => {
    const role = roleChange(
      { managed_policy_arns: [] },
      {
        before: { ...roleChange().values, managed_policy_arns: [POLICY_ARN] },
        actions: ["update"],
      },
    );
    const more = [policy(grants(), noOp), inlineChange(document(allow("s3:DeleteObject", "*")))];
    expect(found({ role }, ...more)).toEqual([lost(ROLE, "the plan removes a policy from managed_policy_arns")]);
    expect(found({ role: { ...role, actions: ["no-op"] } }, ...more)).toEqual([]);
  });
});

describe("KFF-IAM-011 on exclusive resources", () => {
  const INLINE_EXCLUSIVE = "aws_iam_role_policies_exclusive.e";
  const ATTACHED_EXCLUSIVE = "aws_iam_role_policy_attachments_exclusive.e";
  const names = (policy_names: readonly unknown[], more: Partial<PlannedChange> = {}): PlannedChange =>
    change(INLINE_EXCLUSIVE, { role_name: "firehose", policy_names }, more);
  const arns = (policy_arns: readonly unknown[], more: Partial<PlannedChange> = {}): PlannedChange =>
    change(ATTACHED_EXCLUSIVE, { role_name: "firehose", policy_arns }, more);

  test("find that one removes the inline policy", () => {
    expect(found({ inline: inlineChange() }, names(["other"]))).toEqual([
      lost(INLINE_EXCLUSIVE, `it removes ${INLINE} from the role`),
    ]);
    expect(check(iamPutRecords, planWith({}, [names([])]))).toHaveLength(1);
  });

  test("find that one removes the attached policy", () => {
    expect(found({}, policy(), attachment(), arns([]))).toEqual([
      lost(ATTACHED_EXCLUSIVE, `it removes ${POLICY} from the role`),
    ]);
  });

  test("accept what they list", () => {
    expect(found({ inline: inlineChange() }, names(["permissions"]), arns([]))).toEqual([]);
    expect(found({}, policy(), attachment(), arns([POLICY_ARN]), names([]))).toEqual([]);
  });

  test("accept a block that they list", () => {
    const role = roleChange({ inline_policy: [{ name: "block", policy: grants() }] });
    expect(found({ role }, names(["block"]))).toEqual([]);
    expect(found({ role }, names(["other"]))).toEqual([
      lost(INLINE_EXCLUSIVE, `it removes inline_policy of ${ROLE} from the role`),
    ]);
  });

  test("accept what they refer to", () => {
    const inline = inlineChange(grants(), { unknown: ["name", "id"] });
    const listed = names([null, "other"], {
      unknown: ["policy_names.0"],
      references: { policy_names: [`${INLINE}.name`] },
    });
    expect(found({ inline }, listed)).toEqual([]);
    const attached = arns([null], { unknown: ["policy_arns.0"], references: { policy_arns: [`${POLICY}.arn`] } });
    const unnamed = policy(grants(), { unknown: ["arn", "id"] });
    const link = attachment(unknownAt("policy_arn", `${POLICY}.arn`));
    expect(found({}, unnamed, link, attached)).toEqual([]);
  });

  test("leave undetermined whether a list that is not known removes the policy", () => {
    const unknown = names([], unknownAt("policy_names", "local.names"));
    expect(found({ inline: inlineChange() }, unknown)).toEqual([]);
    expect(check(iamPutRecords, planWith({}, [unknown]))).toEqual([
      `unknown ${STREAM}: whether the role can perform firehose:PutRecord, firehose:PutRecordBatch on ${STREAM_ARN} is not known before the apply | Evaluate the plan again after the apply.`,
    ]);
    const part = names([null], { unknown: ["policy_names.0"], references: { policy_names: ["local.names"] } });
    expect(found({ inline: inlineChange() }, part)).toEqual([]);
  });

  test("are those of the role alone", () => {
    expect(
      found({ inline: inlineChange() }, change(INLINE_EXCLUSIVE, { role_name: "other", policy_names: [] })),
    ).toEqual([]);
  });
});
