import { iamNoManagedFullAccess } from "../../../policies/rules/iam-no-managed-full-access";
import {
  AFTER,
  change,
  check,
  ELSEWHERE,
  inlineChange,
  planWith,
  ROLE,
  roleChange,
  STREAM,
} from "../../helpers/iam-plan";
import { ACCOUNT, unknownAt } from "../../helpers/plan";

const S3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
const ATTACHMENT = "aws_iam_role_policy_attachment.a";
const REMEDY = "Detach it. Allow only the documented actions.";
const line = (address: string, arn = S3): string => `finding ${address}: ${arn} is attached | ${REMEDY}`;
const attached = (arn: string): string[] =>
  check(iamNoManagedFullAccess, planWith({}, [change(ATTACHMENT, { role: "firehose", policy_arn: arn })]));

describe("KFF-IAM-009", () => {
  test.each([
    S3,
    "arn:aws-cn:iam::aws:policy/AmazonS3FullAccess",
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/AdministratorAccess-Amplify".replace("-Amplify", ""),
    "arn:aws:iam::aws:policy/PowerUserAccess",
    "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
    "arn:aws:iam::aws:policy/service-role/AmazonXFullAccess",
  ])("finds %s", (arn) => {
    expect(attached(arn)).toEqual([line(ATTACHMENT, arn)]);
  });

  test.each([
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/AmazonS3FullAccessX",
    `arn:aws:iam::${ACCOUNT}:policy/OurFullAccess`,
    "xarn:aws:iam::aws:policy/AmazonS3FullAccess",
  ])("accepts %s", (arn) => {
    expect(attached(arn)).toEqual([]);
  });

  test("finds it in managed_policy_arns", () => {
    const role = roleChange({ managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", S3] });
    expect(check(iamNoManagedFullAccess, planWith({ role }))).toEqual([line(ROLE)]);
  });

  test("finds it in aws_iam_policy_attachment", () => {
    const shared = change("aws_iam_policy_attachment.a", { roles: ["other", "firehose"], policy_arn: S3 });
    expect(check(iamNoManagedFullAccess, planWith({}, [shared]))).toEqual([line("aws_iam_policy_attachment.a")]);
    const other = change("aws_iam_policy_attachment.a", { roles: ["other"], policy_arn: S3 });
    expect(check(iamNoManagedFullAccess, planWith({}, [other]))).toEqual([]);
  });

  test("finds it in aws_iam_role_policy_attachments_exclusive", () => {
    const exclusive = change("aws_iam_role_policy_attachments_exclusive.e", {
      role_name: "firehose",
      policy_arns: [S3],
    });
    expect(check(iamNoManagedFullAccess, planWith({}, [exclusive]))).toEqual([
      line("aws_iam_role_policy_attachments_exclusive.e"),
    ]);
  });

  test("finds it once where the state lists what an attachment attaches", () => {
    const role = roleChange({ managed_policy_arns: [S3] });
    expect(
      check(iamNoManagedFullAccess, planWith({ role }, [change(ATTACHMENT, { role: "firehose", policy_arn: S3 })])),
    ).toEqual([line(ATTACHMENT)]);
  });

  test("finds it where a data source reads it", () => {
    const data = change("data.aws_iam_policy.s3", { arn: S3, policy: '{"Version":"2012-10-17","Statement":[]}' });
    expect(
      check(iamNoManagedFullAccess, planWith({}, [data, change(ATTACHMENT, { role: "firehose", policy_arn: S3 })])),
    ).toEqual([line("data.aws_iam_policy.s3", "data.aws_iam_policy.s3")]);
  });

  test("does not find what the plan detaches", () => {
    const role = roleChange({ managed_policy_arns: [S3] }, { actions: ["no-op"] });
    const detached = change(ATTACHMENT, { role: "firehose", policy_arn: S3 }, { actions: ["delete"] });
    expect(check(iamNoManagedFullAccess, planWith({ role }, [detached]))).toEqual([]);
  });

  test("does not quote a sensitive ARN", () => {
    const attachment = change(ATTACHMENT, { role: "firehose", policy_arn: S3 }, { sensitive: ["policy_arn"] });
    expect(check(iamNoManagedFullAccess, planWith({}, [attachment]))).toEqual([line(ATTACHMENT, "(sensitive value)")]);
  });
});

describe("KFF-IAM-009 on what is not known", () => {
  const unknown = (address: string, path: string): string =>
    `unknown ${address}: ${path} is not known before the apply: whether it names a FullAccess policy is undetermined | ${AFTER}`;

  test("says that an attachment's ARN is not known", () => {
    const attachment = change(ATTACHMENT, { role: "firehose" }, unknownAt("policy_arn", "var.arn"));
    expect(check(iamNoManagedFullAccess, planWith({}, [attachment]))).toEqual([unknown(ATTACHMENT, "policy_arn")]);
  });

  test("says that managed_policy_arns may name more than it refers to", () => {
    const policy = change(
      "aws_iam_policy.p",
      { policy: '{"Version":"2012-10-17","Statement":[]}' },
      { unknown: ["arn", "id"] },
    );
    const role = roleChange({}, unknownAt("managed_policy_arns", "aws_iam_policy.p.arn"));
    expect(check(iamNoManagedFullAccess, planWith({ role }, [policy]))).toEqual([unknown(ROLE, "managed_policy_arns")]);
  });

  test("says nothing of managed_policy_arns that the configuration leaves out", () => {
    expect(
      check(iamNoManagedFullAccess, planWith({ role: roleChange({}, { unknown: ["managed_policy_arns"] }) })),
    ).toEqual([]);
  });

  test("leaves an unknown inline policy to other rules", () => {
    const role = roleChange({}, unknownAt("inline_policy", "var.policies"));
    expect(
      check(iamNoManagedFullAccess, planWith({ role, inline: inlineChange(undefined, { unknown: ["policy"] }) })),
    ).toEqual([]);
  });

  test("says that an attachment may be the role's", () => {
    const attachment = change(ATTACHMENT, { policy_arn: S3 }, unknownAt("role", "local.role"));
    const role = roleChange({}, { unknown: ["id"] });
    const other = change("aws_iam_role.x", { name: "x" }, { unknown: ["id"] });
    expect(check(iamNoManagedFullAccess, planWith({ role }, [other, attachment]))).toEqual([
      `unknown ${ATTACHMENT}: ${S3} is attached, which matters only if it is attached to the role | ${REMEDY}`,
    ]);
  });

  test("says that an attachment to roles that are not known may be the role's", () => {
    const shared = change("aws_iam_policy_attachment.a", { policy_arn: S3 }, unknownAt("roles", "local.roles"));
    expect(check(iamNoManagedFullAccess, planWith({}, [shared]))).toEqual([
      `unknown aws_iam_policy_attachment.a: ${S3} is attached, which matters only if it is attached to the role | ${REMEDY}`,
    ]);
  });

  test("says that the role is managed elsewhere", () => {
    expect(check(iamNoManagedFullAccess, planWith({ role: undefined }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role arn:aws:iam::${ACCOUNT}:role/firehose: what is attached to it is undetermined | ${ELSEWHERE}`,
    ]);
  });
});
