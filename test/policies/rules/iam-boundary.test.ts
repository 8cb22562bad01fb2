import { iamBackUp } from "../../../policies/rules/iam-back-up";
import { iamBoundary } from "../../../policies/rules/iam-boundary";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  check,
  document,
  ELSEWHERE,
  grants,
  GRANTS,
  LOG_GROUP_ARN,
  planWith,
  ROLE,
  ROLE_ARN,
  roleChange,
  STREAM,
  streamChange,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";

const ARN = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const BOUNDARY = "aws_iam_policy.boundary";
const role = (more: Partial<PlannedChange> = {}): PlannedChange => roleChange({ permissions_boundary: ARN }, more);
const boundary = (text: string, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(BOUNDARY, { arn: ARN, policy: text }, more);
const found = (text: string, more: Partial<PlannedChange> = {}): string[] =>
  check(iamBoundary, planWith({ role: role() }, [boundary(text, more)]));
const blocks = (actions: string, on: string): string =>
  `finding ${ROLE}: the permissions boundary does not allow ${actions} on ${on} | Allow ${actions} in the boundary.`;
const unknown = `unknown ${ROLE}: the permissions boundary is not known before the apply | ${AFTER}`;
const PUT_LOG = "logs:PutLogEvents";
const OPTIONS = "http_endpoint_configuration.0.cloudwatch_logging_options.0";

describe("KFF-IAM-012", () => {
  test("accepts a boundary that allows what the role needs, and more", () => {
    expect(found(grants())).toEqual([]);
    expect(found(document(allow(["firehose:*", "s3:*", "logs:*"], "*")))).toEqual([]);
  });

  test("finds what the boundary leaves out", () => {
    expect(found(document(allow(["firehose:*", "logs:*", "s3:Get*"], "*")))).toEqual([
      blocks("s3:ListBucket, s3:ListBucketMultipartUploads", BUCKET_ARN),
      blocks("s3:AbortMultipartUpload, s3:PutObject", `${BUCKET_ARN}/kloudfuse-logs-failures/*`),
    ]);
  });

  test("finds what the boundary denies", () => {
    expect(found(document(allow("*", "*"), { Effect: "Deny", Action: "logs:*", Resource: "*" }))).toEqual(
      ["http", "s3"].map((name) => blocks(PUT_LOG, `${LOG_GROUP_ARN}:log-stream:${name}`)),
    );
  });

  test("leaves the role's own policies to other rules", () => {
    expect(check(iamBoundary, planWith({ role: role(), inline: undefined }, [boundary(grants())]))).toEqual([]);
    expect(check(iamBackUp, planWith({ role: role() }, [boundary(document(allow("firehose:*", "*")))]))).toEqual([]);
  });

  test("does not count what the bucket's own policy allows the role", () => {
    const policy = document({
      Effect: "Allow",
      Principal: { AWS: ROLE_ARN },
      Action: "s3:*",
      Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
    });
    const bucketPolicy = change("aws_s3_bucket_policy.p", { bucket: "backup", policy });
    const text = grants({ findBucket: undefined, backUp: undefined });
    expect(check(iamBoundary, planWith({ role: role() }, [boundary(text), bucketPolicy]))).toHaveLength(2);
  });

  test("says that a finding matters only if the role needs the permission", () => {
    const stream = streamChange({}, { unknown: [`${OPTIONS}.enabled`] });
    const of = (text: string): string | undefined =>
      check(iamBoundary, planWith({ role: role(), stream }, [boundary(text)]))[0];
    expect(of(grants({ logErrors: undefined }))).toBe(
      `unknown ${ROLE}: the permissions boundary does not allow ${PUT_LOG} on ${LOG_GROUP_ARN}:log-stream:http, which matters only if the error log is enabled | Allow ${PUT_LOG} in the boundary.`,
    );
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    expect(of(grants({ logErrors: { ...GRANTS.logErrors, Condition } }))).toBe(
      `unknown ${ROLE}: whether the permissions boundary allows ${PUT_LOG} on ${LOG_GROUP_ARN}:log-stream:http is not known before the apply, which matters only if the error log is enabled | ${AFTER}`,
    );
  });

  test("asks nothing where there is no boundary", () => {
    expect(check(iamBoundary, planWith({ role: roleChange({ permissions_boundary: "" }) }))).toEqual([]);
    expect(check(iamBoundary, planWith({ role: roleChange({}, { unknown: ["permissions_boundary"] }) }))).toEqual([]);
  });

  test("accepts AdministratorAccess as a boundary", () => {
    const admin = roleChange({ permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess" });
    expect(check(iamBoundary, planWith({ role: admin }))).toEqual([]);
  });

  test("finds a text that is no policy document", () => {
    expect(found("{")).toEqual([
      `finding ${BOUNDARY}: policy is not a policy document: The policy document must be JSON. Correct its syntax. | Correct the document.`,
    ]);
  });

  test("reads the document of a data source", () => {
    const data = change("data.aws_iam_policy.boundary", { arn: ARN, policy: grants({ putRecords: undefined }) });
    expect(check(iamBoundary, planWith({ role: role() }, [data]))).toHaveLength(1);
    const unread = change("data.aws_iam_policy.boundary", { arn: ARN }, { unknown: ["policy"] });
    expect(check(iamBoundary, planWith({ role: role() }, [unread]))).toEqual([
      `unknown ${ROLE}: the plan does not have the permissions boundary ${ARN} | ${ELSEWHERE}`,
    ]);
  });
});

describe("KFF-IAM-012 on what is not known", () => {
  test("says once that the boundary is managed elsewhere", () => {
    expect(check(iamBoundary, planWith({ role: role() }))).toEqual([
      `unknown ${ROLE}: the plan does not have the permissions boundary ${ARN} | ${ELSEWHERE}`,
    ]);
    const ofAws = "arn:aws:iam::aws:policy/PowerUserAccess";
    expect(check(iamBoundary, planWith({ role: roleChange({ permissions_boundary: ofAws }) }))).toEqual([
      `unknown ${ROLE}: the plan does not have the permissions boundary ${ofAws} | ${ELSEWHERE}`,
    ]);
  });

  test("does not quote a sensitive ARN", () => {
    expect(check(iamBoundary, planWith({ role: role({ sensitive: ["permissions_boundary"] }) }))).toEqual([
      `unknown ${ROLE}: the plan does not have the permissions boundary (sensitive value) | ${ELSEWHERE}`,
    ]);
  });

  test("says once that its document, or its ARN, is not known", () => {
    expect(found(grants(), unknownAt("policy", "var.policy"))).toEqual([unknown]);
    const open = role(unknownAt("permissions_boundary", "var.boundary"));
    expect(check(iamBoundary, planWith({ role: open }))).toEqual([unknown]);
  });

  test("follows a reference", () => {
    const linked = role(unknownAt("permissions_boundary", `${BOUNDARY}.arn`));
    const policy = boundary(grants({ putRecords: undefined }), { unknown: ["arn", "id"] });
    expect(check(iamBoundary, planWith({ role: linked }, [policy]))).toHaveLength(1);
  });

  test("says what a condition leaves undetermined", () => {
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    expect(found(grants({ findBucket: { ...GRANTS.findBucket, Condition } }))).toEqual([
      `unknown ${ROLE}: whether the permissions boundary allows s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads on ${BUCKET_ARN} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the role is managed elsewhere", () => {
    expect(check(iamBoundary, planWith({ role: undefined }))).toEqual([
      `unknown ${STREAM}: the plan does not have the role ${ROLE_ARN}: its permissions boundary is undetermined | ${ELSEWHERE}`,
    ]);
  });
});
