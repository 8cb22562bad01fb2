import { iamNoWildcards } from "../../../policies/rules/iam-no-wildcards";
import type { JsonObject } from "../../../iam/json";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  check,
  document,
  ELSEWHERE,
  INLINE,
  inlineChange,
  KEY_ARN,
  LOG_GROUP_ARN,
  planWith,
  roleChange,
  SECRET_ARN,
  STREAM,
  STREAM_ARN,
} from "../../helpers/iam-plan";
import { ACCOUNT, unknownAt } from "../../helpers/plan";

const ACTION = "Name each action.";
const RESOURCE = "Name the resource by its ARN.";
const found = (...statements: readonly JsonObject[]): string[] =>
  check(iamNoWildcards, planWith({ inline: inlineChange(document(...statements)) }));

describe("KFF-IAM-007", () => {
  test.each(["*", "s3:*", "s3:Get*", "firehose:PutRecor?"])("finds the action %s", (action) => {
    expect(found(allow(action, BUCKET_ARN))).toEqual([
      `finding ${INLINE}: a statement allows the action ${action} | ${ACTION}`,
    ]);
  });

  test("names the statement by its Sid, and each wildcard once", () => {
    expect(found(allow(["s3:*", "s3:*", "s3:GetObject"], "*", { Sid: "All" }))).toEqual([
      `finding ${INLINE}: All allows the action s3:* | ${ACTION}`,
      `finding ${INLINE}: All allows the resource * | ${RESOURCE}`,
    ]);
  });

  test.each([
    "*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::back*/x",
    "arn:aws:s3:::backup?/x",
    "arn:aws:s3:*:*:backup/x",
    "arn:*:s3:::backup/x",
    "arn:aws:*:::backup/x",
    `arn:aws:logs:*:${ACCOUNT}:log-group:x:*`,
    `arn:aws:logs:eu-west-1:*:log-group:x:*`,
    `arn:aws:logs:eu-west-1:${ACCOUNT}:*`,
    `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:x*:*`,
    `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:x*`,
    STREAM_ARN.replace("kloudfuse-logs", "*"),
    STREAM_ARN.replace("kloudfuse-logs", "kloudfuse-*"),
    KEY_ARN.replace("key/1", "key/*"),
    SECRET_ARN.replace("kloudfuse-AbCdEf", "*"),
    SECRET_ARN.replace("AbCdEf", "*"),
    SECRET_ARN.replace("AbCdEf", "?????"),
    SECRET_ARN.replace("AbCdEf", "??????x"),
    SECRET_ARN.replace("kloudfuse-AbCdEf", "kloud*-??????"),
    "backup/*",
  ])("finds the resource %s", (resource) => {
    expect(found(allow("s3:GetObject", resource))).toEqual([
      `finding ${INLINE}: a statement allows the resource ${resource} | ${RESOURCE}`,
    ]);
  });

  test.each([
    BUCKET_ARN,
    `${BUCKET_ARN}/*`,
    `${BUCKET_ARN}/kloudfuse-logs-failures/*`,
    `${BUCKET_ARN}/??/x`,
    `${LOG_GROUP_ARN}:*`,
    `${LOG_GROUP_ARN}:log-stream:*`,
    SECRET_ARN.replace("AbCdEf", "??????"),
    STREAM_ARN,
  ])("accepts the resource %s", (resource) => {
    expect(found(allow("s3:GetObject", resource))).toEqual([]);
  });

  test("finds NotAction and NotResource", () => {
    expect(found({ Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::x" })).toEqual([
      `finding ${INLINE}: a statement allows everything that NotAction does not name | Replace NotAction. ${ACTION}`,
      `finding ${INLINE}: a statement allows everything that NotResource does not name | Replace NotResource. ${RESOURCE}`,
    ]);
  });

  test("accepts wildcards in a Deny, and a statement without a resource", () => {
    expect(found({ Effect: "Deny", Action: "*", Resource: "*" }, { Effect: "Allow", Action: "s3:GetObject" })).toEqual(
      [],
    );
  });

  test("does not quote a sensitive policy", () => {
    const inline = inlineChange(document(allow("s3:*", BUCKET_ARN, { Sid: "All" })), { sensitive: ["policy"] });
    expect(check(iamNoWildcards, planWith({ inline }))).toEqual([
      `finding ${INLINE}: (sensitive value) allows the action (sensitive value) | ${ACTION}`,
    ]);
  });
});

describe("KFF-IAM-007 on every policy of a role", () => {
  const all = document(allow("s3:*", BUCKET_ARN));
  const line = (address: string): string => `finding ${address}: a statement allows the action s3:* | ${ACTION}`;
  const policy = change("aws_iam_policy.p", { arn: `arn:aws:iam::${ACCOUNT}:policy/p`, policy: all });

  test("reads inline_policy blocks", () => {
    const role = roleChange({ inline_policy: [{ name: "all", policy: all }] });
    expect(check(iamNoWildcards, planWith({ role }))).toEqual([line("aws_iam_role.firehose")]);
  });

  test("reads attached policies, each once", () => {
    const attachments = ["a", "b"].map((name) =>
      change(`aws_iam_role_policy_attachment.${name}`, {
        role: "firehose",
        policy_arn: `arn:aws:iam::${ACCOUNT}:policy/p`,
      }),
    );
    expect(check(iamNoWildcards, planWith({}, [policy, ...attachments]))).toEqual([line("aws_iam_policy.p")]);
  });

  test("reads the policies that the plan adds to a role that is managed elsewhere", () => {
    const inline = inlineChange(all);
    expect(check(iamNoWildcards, planWith({ role: undefined, inline }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role arn:aws:iam::${ACCOUNT}:role/firehose: whether it allows a wildcard is undetermined | ${ELSEWHERE}`,
      line(INLINE),
    ]);
  });

  test("does not read the policies of another role, nor of nobody's", () => {
    const other = change("aws_iam_role_policy.o", { name: "o", role: "other", policy: all });
    expect(check(iamNoWildcards, planWith({}, [policy, other]))).toEqual([]);
  });

  test("says that a policy may be of the role", () => {
    const role = roleChange({}, { unknown: ["id", "arn"] });
    const inline = inlineChange(all, unknownAt("role", "local.role"));
    const others = ["x", "y"].map((name) => change(`aws_iam_role.${name}`, { name }, { unknown: ["id"] }));
    expect(check(iamNoWildcards, planWith({ role, inline }, others))).toEqual([
      `unknown ${INLINE}: a statement allows the action s3:*, which matters only if it is a policy of the role | ${ACTION}`,
    ]);
  });
});

describe("KFF-IAM-007 on what is not known", () => {
  const attachmentOf = (policy_arn: string): string[] =>
    check(iamNoWildcards, planWith({}, [change("aws_iam_role_policy_attachment.a", { role: "firehose", policy_arn })]));

  test("says that a policy is not known", () => {
    expect(check(iamNoWildcards, planWith({ inline: inlineChange(undefined, { unknown: ["policy"] }) }))).toEqual([
      `unknown ${INLINE}: policy is not known before the apply: whether it allows a wildcard is undetermined | ${AFTER}`,
    ]);
  });

  test.each([`arn:aws:iam::${ACCOUNT}:policy/p`, "arn:aws:iam::aws:policy/ReadOnlyAccess"])(
    "says that the plan does not have the policy %s",
    (arn) => {
      expect(attachmentOf(arn)).toEqual([
        `unknown aws_iam_role_policy_attachment.a: the plan does not have the policy ${arn}: whether it allows a wildcard is undetermined | ${ELSEWHERE}`,
      ]);
    },
  );

  test("leaves FullAccess policies to KFF-IAM-009", () => {
    expect(attachmentOf("arn:aws:iam::aws:policy/AmazonS3FullAccess")).toEqual([]);
  });

  test("leaves a text that is no policy document to KFF-IAM-011", () => {
    expect(check(iamNoWildcards, planWith({ inline: inlineChange("{") }))).toEqual([]);
  });

  test("says that an element is not known", () => {
    const data = change(
      "data.aws_iam_policy_document.d",
      { statement: [{ sid: "Some", actions: [null], resources: [null] }] },
      { unknown: ["json", "statement.0.actions.0", "statement.0.resources.0"] },
    );
    const inline = inlineChange(undefined, unknownAt("policy", "data.aws_iam_policy_document.d.json"));
    expect(check(iamNoWildcards, planWith({ inline }, [data]))).toEqual(
      ["action", "resource"].map(
        (name) => `unknown ${INLINE}: whether Some allows a wildcard ${name} is not known before the apply | ${AFTER}`,
      ),
    );
  });
});
