import { iamPutRecords } from "../../../policies/rules/iam-put-records";
import {
  AFTER,
  allow,
  change,
  check,
  document,
  ELSEWHERE,
  grants,
  GRANTS,
  inlineChange,
  missing,
  planWith,
  REGION,
  ROLE_ARN,
  roleChange,
  STREAM,
  STREAM_ARN,
  streamChange,
  streamValues,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";

const BOTH = ["firehose:PutRecord", "firehose:PutRecordBatch"];
const BOTH_TEXT = BOTH.join(", ");
const withGrant = (putRecords: Readonly<Record<string, unknown>> | undefined): string[] =>
  check(iamPutRecords, planWith({ inline: inlineChange(grants({ putRecords })) }));

describe("KFF-IAM-003", () => {
  test("finds that nothing is allowed", () => {
    expect(withGrant(undefined)).toEqual([missing(BOTH_TEXT, STREAM_ARN)]);
  });

  test("names the action that is missing", () => {
    expect(withGrant(allow("firehose:PutRecord", STREAM_ARN))).toEqual([
      missing("firehose:PutRecordBatch", STREAM_ARN),
    ]);
  });

  test("takes actions in another case, and wildcards", () => {
    expect(withGrant(allow(["FIREHOSE:putrecord", "firehose:PutRecordB*"], STREAM_ARN))).toEqual([]);
  });

  test.each([
    ["region", STREAM_ARN.replace(REGION, "us-east-1")],
    ["account", STREAM_ARN.replace(ACCOUNT, "210987654321")],
    ["stream", `${STREAM_ARN}-2`],
    ["case", STREAM_ARN.toUpperCase()],
  ])("does not take the grant on another %s", (_, resource) => {
    expect(withGrant(allow(BOTH, resource))).toEqual([missing(BOTH_TEXT, STREAM_ARN)]);
  });

  test("names the Deny, with its Sid and without", () => {
    const denies = (Sid?: string): string[] =>
      check(
        iamPutRecords,
        planWith({}, [
          change("aws_iam_role_policy.guard", {
            name: "guard",
            role: "firehose",
            policy: document({ Sid, Effect: "Deny", Action: "firehose:*", Resource: "*" }),
          }),
        ]),
      );
    const line = (name: string): string =>
      `finding ${STREAM}: the role cannot perform ${BOTH_TEXT} on ${STREAM_ARN}: ${name} of aws_iam_role_policy.guard denies it | Remove the Deny, or exclude the resource from it.`;
    expect(denies("Guard")).toEqual([line("Guard")]);
    expect(denies()).toEqual([line("a statement")]);
  });

  test("does not quote the Sid of a sensitive policy", () => {
    const policy = document(GRANTS.putRecords, { Sid: "Guard", Effect: "Deny", Action: "*", Resource: "*" });
    expect(check(iamPutRecords, planWith({ inline: inlineChange(policy, { sensitive: ["policy"] }) }))).toEqual([
      `finding ${STREAM}: the role cannot perform ${BOTH_TEXT} on ${STREAM_ARN}: (sensitive value) of aws_iam_role_policy.firehose denies it | Remove the Deny, or exclude the resource from it.`,
    ]);
  });

  test("does not quote a sensitive name", () => {
    const plan = planWith({
      inline: inlineChange(grants({ putRecords: undefined })),
      stream: streamChange({}, { sensitive: ["name"] }),
    });
    expect(check(iamPutRecords, plan)).toEqual([missing(BOTH_TEXT, "(sensitive value)")]);
  });

  test.each([
    ["is met", REGION, []],
    ["is not met", "us-east-1", [missing(BOTH_TEXT, STREAM_ARN)]],
  ])("knows the requested region: a condition on it that %s", (_, region, expected) => {
    const Condition = { StringEquals: { "aws:RequestedRegion": region } };
    expect(withGrant({ ...GRANTS.putRecords, Condition })).toEqual(expected);
  });

  test("says that a condition which the plan does not decide is undetermined", () => {
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    expect(withGrant({ ...GRANTS.putRecords, Condition })).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BOTH_TEXT} on ${STREAM_ARN} depends on StringEquals aws:PrincipalTag/team | Make sure that the requests meet it.`,
    ]);
  });

  test("does not quote the condition of a sensitive policy", () => {
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    const inline = inlineChange(grants({ putRecords: { ...GRANTS.putRecords, Condition } }), { sensitive: ["policy"] });
    expect(check(iamPutRecords, planWith({ inline }))).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BOTH_TEXT} on ${STREAM_ARN} depends on (sensitive value) | Make sure that the requests meet it.`,
    ]);
  });
});

describe("KFF-IAM-003 on what is not known", () => {
  const whether = (arn = STREAM_ARN): string =>
    `unknown ${STREAM}: whether the role can perform ${BOTH_TEXT} on ${arn}`;

  test("says that the policy is not known", () => {
    const inline = inlineChange(undefined, { unknown: ["policy"] });
    expect(check(iamPutRecords, planWith({ inline }))).toEqual([
      `${whether()} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("finds no permission in a text that is no policy document", () => {
    expect(check(iamPutRecords, planWith({ inline: inlineChange("{}") }))).toEqual([missing(BOTH_TEXT, STREAM_ARN)]);
  });

  test("says that the name is not known, and takes a grant on every name", () => {
    const stream = streamChange({}, { unknown: ["name"] });
    const arn = STREAM_ARN.replace("kloudfuse-logs", "(not known)");
    expect(check(iamPutRecords, planWith({ stream }))).toEqual([
      `${whether(arn)} is not known before the apply | ${AFTER}`,
    ]);
    const every = inlineChange(grants({ putRecords: allow(BOTH, STREAM_ARN.replace("kloudfuse-logs", "*")) }));
    expect(check(iamPutRecords, planWith({ stream, inline: every }))).toEqual([]);
  });

  test("finds that the role cannot, whatever the name is", () => {
    const plan = planWith({
      inline: inlineChange(grants({ putRecords: undefined })),
      stream: streamChange({}, { unknown: ["name"] }),
    });
    expect(check(iamPutRecords, plan)).toEqual([
      missing(BOTH_TEXT, STREAM_ARN.replace("kloudfuse-logs", "(not known)")),
    ]);
  });

  test("takes the stream's own ARN where it is known", () => {
    const stream = streamChange({ values: { arn: STREAM_ARN } }, { unknown: ["name"] });
    expect(check(iamPutRecords, planWith({ stream }))).toEqual([]);
  });

  test("takes account and partition from the role's ARN, and the region as any", () => {
    const stream = streamChange({ values: { region: undefined } });
    const bucket = change("aws_s3_bucket.backup", { bucket: "backup" });
    const inline = inlineChange(grants({ putRecords: allow(BOTH, STREAM_ARN.replace(REGION, "*")) }));
    expect(check(iamPutRecords, planWith({ stream, bucket, inline }))).toEqual([]);
    expect(check(iamPutRecords, planWith({ stream, bucket }))).toEqual([
      `${whether(STREAM_ARN.replace(REGION, "(not known)"))} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the role is not known", () => {
    const path = "http_endpoint_configuration.0.role_arn";
    const stream = streamChange({}, unknownAt(path, "aws_iam_role.x.arn", "aws_iam_role.y.arn"));
    const roles = ["x", "y"].map((name) => change(`aws_iam_role.${name}`, {}, { unknown: ["arn", "name"] }));
    expect(check(iamPutRecords, planWith({ stream }, roles))).toEqual([
      `unknown ${STREAM}: ${path} is not known before the apply: whether it allows ${BOTH_TEXT} on ${STREAM_ARN} is undetermined | ${AFTER}`,
    ]);
  });

  describe("of a role that is managed elsewhere", () => {
    const elsewhere = (...more: readonly PlannedChange[]): string[] =>
      check(iamPutRecords, planWith({ role: undefined, inline: undefined }, more));
    const rest = `depends on http_endpoint_configuration.0.role_arn of ${STREAM}, not in this plan | ${ELSEWHERE}`;

    test("says so", () => {
      expect(elsewhere()).toEqual([`${whether()} ${rest}`]);
    });

    test("takes the policy that the plan adds to it", () => {
      expect(elsewhere(inlineChange())).toEqual([]);
    });

    test("does not take the policy of another role, or of a role of that name in another account", () => {
      const other = change("aws_iam_role_policy.x", { name: "x", role: "other", policy: grants() });
      expect(elsewhere(other)).toEqual([`${whether()} ${rest}`]);
      const roleOfOther = change(
        "aws_iam_role.other",
        { arn: "arn:aws:iam::210987654321:role/z" },
        { provider: "aws.other" },
      );
      expect(elsewhere(roleOfOther, inlineChange(undefined, { provider: "aws.other" }))).toEqual([
        `${whether()} ${rest}`,
      ]);
    });
  });

  test("says nothing where no role is named", () => {
    const stream = streamChange({ http: { role_arn: undefined }, backup: { role_arn: undefined } });
    expect(check(iamPutRecords, planWith({ stream }))).toEqual([]);
  });
});

describe("KFF-IAM-003 on who puts the records", () => {
  const WRITER_ARN = `arn:aws:iam::${ACCOUNT}:role/writer`;
  const writer = change("aws_iam_role.writer", { name: "writer", arn: WRITER_ARN });
  const nothing = inlineChange(grants({ putRecords: undefined }));

  test("asks the role of the subscription filter, and not that of the stream", () => {
    const filter = change("aws_cloudwatch_log_subscription_filter.f", {
      destination_arn: STREAM_ARN,
      role_arn: WRITER_ARN,
    });
    expect(check(iamPutRecords, planWith({ inline: nothing }, [writer, filter]))).toEqual([
      missing(BOTH_TEXT, STREAM_ARN, "aws_cloudwatch_log_subscription_filter.f"),
    ]);
    const policy = change("aws_iam_role_policy.w", { role: "writer", name: "w", policy: document(GRANTS.putRecords) });
    expect(check(iamPutRecords, planWith({ inline: nothing }, [writer, filter, policy]))).toEqual([]);
  });

  test("asks the role of the metric stream", () => {
    const arn = STREAM_ARN.replace("logs", "metrics");
    const metricStream = change("aws_cloudwatch_metric_stream.m", { firehose_arn: arn, role_arn: WRITER_ARN });
    const stream = streamChange({ signal: "metrics" });
    expect(check(iamPutRecords, planWith({ inline: nothing, stream }, [writer, metricStream]))).toEqual([
      missing(BOTH_TEXT, arn, "aws_cloudwatch_metric_stream.m"),
    ]);
  });

  test("does not ask a metric stream for a stream of logs, or a subscription filter for one of metrics", () => {
    const metricStream = change("aws_cloudwatch_metric_stream.m", { firehose_arn: STREAM_ARN, role_arn: WRITER_ARN });
    expect(check(iamPutRecords, planWith({}, [writer, metricStream]))).toEqual([]);
    const arn = STREAM_ARN.replace("logs", "metrics");
    const filter = change("aws_cloudwatch_log_subscription_filter.f", { destination_arn: arn, role_arn: WRITER_ARN });
    const inline = inlineChange(grants({ putRecords: allow(BOTH, arn) }));
    expect(
      check(iamPutRecords, planWith({ inline, stream: streamChange({ signal: "metrics" }) }, [writer, filter])),
    ).toEqual([]);
  });
});

describe("KFF-IAM-003 on two deployments", () => {
  test("keeps streams of one name in two regions apart", () => {
    const second = change("aws_kinesis_firehose_delivery_stream.us", streamValues({ values: { region: "us-east-1" } }));
    expect(check(iamPutRecords, planWith({}, [second]))).toEqual([
      missing(BOTH_TEXT, STREAM_ARN.replace(REGION, "us-east-1"), "aws_kinesis_firehose_delivery_stream.us"),
    ]);
  });

  test("keeps roles of one name in two accounts apart", () => {
    const arn = ROLE_ARN.replace(ACCOUNT, "210987654321");
    const role = change("aws_iam_role.other", { ...roleChange().values, arn }, { provider: "aws.other" });
    const inline = change(
      "aws_iam_role_policy.other",
      { name: "other", role: "firehose", policy: document(GRANTS.findBucket) },
      { provider: "aws.other" },
    );
    const stream = change(
      "aws_kinesis_firehose_delivery_stream.other",
      streamValues({ http: { role_arn: arn }, backup: { role_arn: arn } }),
      { provider: "aws.other" },
    );
    expect(check(iamPutRecords, planWith({}, [role, inline, stream]))).toEqual([
      missing(BOTH_TEXT, STREAM_ARN.replace(ACCOUNT, "210987654321"), "aws_kinesis_firehose_delivery_stream.other"),
    ]);
  });
});
