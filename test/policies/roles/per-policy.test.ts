import { findKloudfuse } from "../../../policies/kloudfuse";
import { finding } from "../../../policies/outcomes";
import { perPolicy, policiesOf, statementName, textOfPolicy } from "../../../policies/roles/per-policy";
import { type RolePolicy, withDocument } from "../../../policies/roles/role-policies";
import {
  AFTER,
  change,
  document,
  ELSEWHERE,
  GRANTS,
  INLINE,
  inlineChange,
  planWith,
  ROLE,
  ROLE_ARN,
  roleChange,
  STREAM,
  STREAM_ARN,
  streamChange,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const ATTACHMENT = "aws_iam_role_policy_attachment.a";
const attach = (policy_arn: string): PlannedChange => change(ATTACHMENT, { role: "firehose", policy_arn });
const added = change("aws_iam_role_policy.added", {
  name: "added",
  role: "firehose",
  policy: document(GRANTS.putRecords),
});
/** A policy of which the plan does not show whether it is the role's. */
const possible = change(
  "aws_iam_role_policy.possible",
  { name: "possible", policy: document(GRANTS.putRecords) },
  unknownAt("role", "random_pet.p.id"),
);
const UNNAMED = roleChange({}, { unknown: ["id"] });

describe("the policies of the roles", () => {
  const policiesIn = (...plan: Parameters<typeof planWith>): readonly string[] =>
    policiesOf(findKloudfuse(planOf(planWith(...plan)))).map(
      ({ label, kind, isCertain }) => `${label} | ${kind}${isCertain ? "" : " | possible"}`,
    );

  test("are each once", () => {
    expect(policiesIn()).toEqual([`${INLINE} | document`]);
  });

  test("of one label are all where they are at other paths", () => {
    const block = (name: string): Readonly<Record<string, string>> => ({ name, policy: document(GRANTS.putRecords) });
    expect(policiesIn({ inline: undefined, role: roleChange({ inline_policy: [block("a"), block("b")] }) })).toEqual([
      `inline_policy of ${ROLE} | document`,
      `inline_policy of ${ROLE} | document`,
    ]);
  });

  test("are certain where one of the roles surely has them", () => {
    const OTHER_ARN = `arn:aws:iam::${ACCOUNT}:role/other`;
    const other = change("aws_iam_role.other", { name: "other", arn: OTHER_ARN }, { unknown: ["id"] });
    const stream = streamChange({ backup: { role_arn: OTHER_ARN } });
    const exclusive = (role: string): PlannedChange =>
      change(
        "aws_iam_role_policy_attachments_exclusive.e",
        { role_name: role },
        unknownAt("policy_arns", "random_pet.p.id"),
      );
    const policy = change("aws_iam_policy.p", { arn: `arn:aws:iam::${ACCOUNT}:policy/p`, policy: "" });
    const shared = change("aws_iam_policy_attachment.s", {
      roles: ["firehose", "other"],
      policy_arn: `arn:aws:iam::${ACCOUNT}:policy/p`,
    });
    for (const role of ["firehose", "other"]) {
      expect(policiesIn({ inline: undefined, stream }, [other, policy, shared, exclusive(role)])).toEqual([
        "aws_iam_policy.p | document",
      ]);
    }
  });

  test("of a role of another root are those that the plan adds", () => {
    expect(policiesIn({ role: undefined, inline: undefined }, [added])).toEqual([
      "aws_iam_role_policy.added | document",
    ]);
  });

  test("of a role of another root that another service assumes are none", () => {
    const metricStream = change("aws_cloudwatch_metric_stream.m", { firehose_arn: STREAM_ARN, role_arn: ROLE_ARN });
    const stream = streamChange({
      signal: "metrics",
      values: { arn: STREAM_ARN },
      http: { role_arn: undefined },
      backup: { role_arn: undefined },
    });
    expect(policiesIn({ role: undefined, inline: undefined, stream }, [metricStream, added])).toEqual([]);
  });
});

describe("the evaluation of each policy", () => {
  const evaluatedIn = (...plan: Parameters<typeof planWith>): readonly string[] =>
    perPolicy(findKloudfuse(planOf(planWith(...plan))), "its use", ({ owner, label }) => [
      finding(owner, `evaluated ${label}`, "None."),
    ]).map(({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`);
  const evaluated = (address: string, label = address): string => `finding ${address}: evaluated ${label} | None.`;

  test("says each outcome once", () => {
    expect(evaluatedIn()).toEqual([evaluated(INLINE)]);
  });

  test("says that an outcome matters only if the policy is one of the role", () => {
    expect(evaluatedIn({ role: UNNAMED, inline: undefined }, [possible])).toEqual([
      "unknown aws_iam_role_policy.possible: evaluated aws_iam_role_policy.possible, which matters only if it is a policy of the role | None.",
    ]);
  });

  test("says that a role of another root is not in the plan", () => {
    expect(evaluatedIn({ role: undefined, inline: undefined })).toEqual([
      `unknown ${STREAM}: the plan does not have the role ${ROLE_ARN}: its use is undetermined | ${ELSEWHERE}`,
    ]);
  });

  test.each(["arn:aws:iam::aws:policy/ReadOnlyAccess", `arn:aws:iam::${ACCOUNT}:policy/elsewhere`])(
    "says that the plan does not have the policy %s",
    (arn) => {
      expect(evaluatedIn({ inline: undefined }, [attach(arn)])).toEqual([
        `unknown ${ATTACHMENT}: the plan does not have the policy ${arn}: its use is undetermined | ${ELSEWHERE}`,
        evaluated(ATTACHMENT, arn),
      ]);
    },
  );

  test("leaves a policy with full access to another rule", () => {
    const arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    expect(evaluatedIn({ inline: undefined }, [attach(arn)])).toEqual([evaluated(ATTACHMENT, arn)]);
  });

  test("leaves the rest of a list to another rule", () => {
    const role = roleChange({}, unknownAt("managed_policy_arns", "aws_iam_policy.p.arn"));
    const policy = change("aws_iam_policy.p", { policy: "" }, { unknown: ["arn", "id"] });
    expect(evaluatedIn({ inline: undefined, role }, [policy])).toEqual([
      evaluated("aws_iam_policy.p"),
      evaluated(ROLE, `managed_policy_arns of ${ROLE}`),
    ]);
  });

  test("says that a document is not known", () => {
    expect(evaluatedIn({ inline: inlineChange("", unknownAt("policy")) })).toEqual([
      `unknown ${INLINE}: policy is not known before the apply: its use is undetermined | ${AFTER}`,
      evaluated(INLINE),
    ]);
  });

  test("says that a policy is not known", () => {
    const role = roleChange({}, unknownAt("managed_policy_arns"));
    expect(evaluatedIn({ inline: undefined, role })).toEqual([
      `unknown ${ROLE}: managed_policy_arns is not known before the apply: its use is undetermined | ${AFTER}`,
      evaluated(ROLE, `managed_policy_arns of ${ROLE}`),
    ]);
  });

  test("leaves an invalid document to another rule", () => {
    expect(evaluatedIn({ inline: inlineChange("{}") })).toEqual([evaluated(INLINE)]);
  });
});

describe("a text of a policy for a message", () => {
  const policyOf = (more: Partial<PlannedChange> = {}): RolePolicy => {
    const plan = planOf(planWith({ inline: inlineChange(undefined, more) }));
    const owner = resourceAt(plan, INLINE);
    return withDocument(owner, "policy", plan.policyDocument(owner, "policy"));
  };
  const sensitive = { sensitive: ["policy"] };

  test("is quoted unless the policy is sensitive", () => {
    expect([textOfPolicy(policyOf(), "s3:*"), textOfPolicy(policyOf(sensitive), "s3:*")]).toEqual([
      "s3:*",
      "(sensitive value)",
    ]);
  });

  test("names a statement by its Sid, if it has one", () => {
    expect([
      statementName(policyOf(), "PutRecords"),
      statementName(policyOf(sensitive), "PutRecords"),
      statementName(policyOf(sensitive), ""),
    ]).toEqual(["PutRecords", "(sensitive value)", "a statement"]);
  });
});
