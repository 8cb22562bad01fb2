import { iamLogErrors } from "../../../policies/rules/iam-log-errors";
import {
  AFTER,
  allow,
  change,
  check,
  document,
  grants,
  GRANTS,
  inlineChange,
  LOG_GROUP,
  LOG_GROUP_ARN,
  planWith,
  REGION,
  ROLE_ARN,
  STREAM,
  streamChange,
} from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";

const PUT = "logs:PutLogEvents";
const [HTTP, S3] = ["http", "s3"].map((name) => `${LOG_GROUP_ARN}:log-stream:${name}`);
const OPTIONS = "http_endpoint_configuration.0.cloudwatch_logging_options.0";
const missing = (on = ""): string => `finding ${STREAM}: the role cannot perform ${PUT} on ${on} | Allow ${PUT} on it.`;
const open = (on: string, more = ""): string =>
  `unknown ${STREAM}: whether the role can perform ${PUT} on ${on} is not known before the apply${more} | ${AFTER}`;
const withGrant = (resource: unknown): string[] =>
  check(iamLogErrors, planWith({ inline: inlineChange(grants({ logErrors: allow(PUT, resource) })) }));
const nothing = inlineChange(grants({ logErrors: undefined }));
const options = (more: object): Readonly<Record<string, unknown>> => ({
  cloudwatch_logging_options: [{ enabled: true, log_group_name: LOG_GROUP, log_stream_name: "http", ...more }],
});

describe("KFF-IAM-005", () => {
  test("finds each error log that the role cannot write to", () => {
    expect(check(iamLogErrors, planWith({ inline: nothing }))).toEqual([missing(HTTP), missing(S3)]);
    expect(withGrant(HTTP)).toEqual([missing(S3)]);
  });

  test.each([
    ["all streams of the group", `${LOG_GROUP_ARN}:*`],
    ["all log streams of the group", `${LOG_GROUP_ARN}:log-stream:*`],
  ])("takes the grant on %s", (_, resource) => {
    expect(withGrant(resource)).toEqual([]);
  });

  test.each([
    ["the group without its streams", LOG_GROUP_ARN],
    ["another region", `${LOG_GROUP_ARN}:*`.replace(REGION, "us-east-1")],
    ["another group", `${LOG_GROUP_ARN}-2:*`],
  ])("does not take the grant on %s", (_, resource) => {
    expect(withGrant(resource)).toEqual([missing(HTTP), missing(S3)]);
  });

  test("asks it of the role of each delivery path", () => {
    const arn = ROLE_ARN.replace("firehose", "s3");
    const role = change("aws_iam_role.s3", { name: "s3", arn });
    const policy = change("aws_iam_role_policy.s3", { name: "s3", role: "s3", policy: document(allow(PUT, HTTP)) });
    expect(
      check(iamLogErrors, planWith({ stream: streamChange({ backup: { role_arn: arn } }) }, [role, policy])),
    ).toEqual([missing(S3)]);
  });

  test("knows the ARN of a log group that is managed elsewhere", () => {
    expect(check(iamLogErrors, planWith({ logGroup: undefined }))).toEqual([]);
    expect(check(iamLogErrors, planWith({ logGroup: undefined, inline: nothing }))).toEqual([
      missing(HTTP),
      missing(S3),
    ]);
  });

  test.each<[string, object]>([
    ["disabled", { enabled: false }],
    ["not enabled", { enabled: undefined }],
    ["without a log group", { log_group_name: undefined }],
    ["without a log stream", { log_stream_name: undefined }],
  ])("asks nothing where the log is %s", (_, more) => {
    const stream = streamChange({ http: options(more) });
    expect(check(iamLogErrors, planWith({ inline: nothing, stream }))).toEqual([missing(S3)]);
  });

  test("does not quote a sensitive log group or log stream", () => {
    const of = (name: string): string[] =>
      check(
        iamLogErrors,
        planWith({ inline: nothing, stream: streamChange({}, { sensitive: [`${OPTIONS}.${name}`] }) }),
      );
    expect(of("log_group_name")).toEqual([missing("(sensitive value)"), missing(S3)]);
    expect(of("log_stream_name")).toEqual([missing("(sensitive value)"), missing(S3)]);
  });
});

describe("KFF-IAM-005 on what is not known", () => {
  test("takes the name of the log group that a reference leads to", () => {
    const path = `${OPTIONS}.log_group_name`;
    const stream = streamChange({}, unknownAt(path, "aws_cloudwatch_log_group.errors.id"));
    const logGroup = change("aws_cloudwatch_log_group.errors", { name: LOG_GROUP }, { unknown: ["id", "arn"] });
    expect(check(iamLogErrors, planWith({ stream, logGroup }))).toEqual([]);
    const unnamed = change("aws_cloudwatch_log_group.errors", {}, { unknown: ["id", "arn", "name"] });
    const arn = LOG_GROUP_ARN.replace(LOG_GROUP, "(not known):log-stream:http");
    expect(check(iamLogErrors, planWith({ stream, logGroup: unnamed }))).toEqual([open(arn)]);
  });

  test("says that the log stream is not known, and takes a grant on the group", () => {
    const stream = streamChange({}, { unknown: [`${OPTIONS}.log_stream_name`] });
    expect(check(iamLogErrors, planWith({ stream }))).toEqual([open(`${LOG_GROUP_ARN}:log-stream:(not known)`)]);
    const inline = inlineChange(grants({ logErrors: allow(PUT, `${LOG_GROUP_ARN}:*`) }));
    expect(check(iamLogErrors, planWith({ stream, inline }))).toEqual([]);
  });

  test("says that a permission matters only if the log is enabled", () => {
    const stream = streamChange({}, { unknown: [`${OPTIONS}.enabled`] });
    expect(check(iamLogErrors, planWith({ stream }))).toEqual([]);
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    expect(check(iamLogErrors, planWith({ stream, inline: nothing }))).toEqual([
      `unknown ${STREAM}: the role cannot perform ${PUT} on ${HTTP ?? ""}, which matters only if the error log is enabled | Allow ${PUT} on it.`,
      missing(S3),
    ]);
    const conditional = inlineChange(grants({ logErrors: { ...GRANTS.logErrors, Condition } }));
    expect(check(iamLogErrors, planWith({ stream, inline: conditional }))[0]).toBe(
      `unknown ${STREAM}: whether the role can perform ${PUT} on ${HTTP ?? ""} depends on StringEquals aws:PrincipalTag/team, which matters only if the error log is enabled | Make sure that the requests meet it.`,
    );
    const unknown = inlineChange(undefined, { unknown: ["policy"] });
    expect(check(iamLogErrors, planWith({ stream, inline: unknown }))[0]).toBe(
      open(HTTP ?? "", ", which matters only if the error log is enabled"),
    );
  });
});
