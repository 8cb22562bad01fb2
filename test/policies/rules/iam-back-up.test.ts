import { iamBackUp } from "../../../policies/rules/iam-back-up";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  check,
  document,
  grants,
  GRANTS,
  inlineChange,
  missing,
  planWith,
  REGION,
  ROLE_ARN,
  STREAM,
  streamChange,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";

const OBJECTS = `${BUCKET_ARN}/kloudfuse-logs-failures/*`;
const FIND = "s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads";
const BACK_UP = "s3:AbortMultipartUpload, s3:GetObject, s3:PutObject";
const PREFIX = "http_endpoint_configuration.0.s3_configuration.0.prefix";
const BUCKET_PATH = "http_endpoint_configuration.0.s3_configuration.0.bucket_arn";

const open = (actions: string, on: string): string =>
  `unknown ${STREAM}: whether the role can perform ${actions} on ${on} is not known before the apply | ${AFTER}`;
const withGrants = (other: Parameters<typeof grants>[0], more: readonly PlannedChange[] = []): string[] =>
  check(iamBackUp, planWith({ inline: inlineChange(grants(other)) }, more));
const backUpOn = (resource: string): Parameters<typeof grants>[0] => ({
  backUp: allow(BACK_UP.split(", "), resource),
});
const withBackup = (backup: object, other: Parameters<typeof grants>[0] = {}): string[] =>
  check(iamBackUp, planWith({ inline: inlineChange(grants(other)), stream: streamChange({ backup: { ...backup } }) }));

describe("KFF-IAM-004", () => {
  test("finds what is missing on the bucket and on the objects", () => {
    expect(withGrants({ findBucket: undefined, backUp: undefined })).toEqual([
      missing(FIND, BUCKET_ARN),
      missing(BACK_UP, OBJECTS),
    ]);
  });

  test("names the action that is missing", () => {
    expect(withGrants({ backUp: allow(["s3:AbortMultipartUpload", "s3:GetObject"], OBJECTS) })).toEqual([
      missing("s3:PutObject", OBJECTS),
    ]);
  });

  test.each([
    ["another prefix", `${BUCKET_ARN}/kloudfuse-metrics-failures/*`],
    ["another bucket", "arn:aws:s3:::other/kloudfuse-logs-failures/*"],
    ["one year", `${BUCKET_ARN}/kloudfuse-logs-failures/2024/*`],
    ["the bucket alone", BUCKET_ARN],
    ["another case", OBJECTS.replace("backup", "Backup")],
  ])("does not take the grant on %s", (_, resource) => {
    expect(withGrants(backUpOn(resource))).toEqual([missing(BACK_UP, OBJECTS)]);
  });

  test.each([
    ["every object", `${BUCKET_ARN}/*`],
    ["the stream's objects by day", `${BUCKET_ARN}/kloudfuse-logs-failures/????/??/??/??/kloudfuse-logs-*`],
  ])("takes the grant on %s", (_, resource) => {
    expect(withGrants(backUpOn(resource))).toEqual([]);
  });

  test("asks it of the role of the S3 backup", () => {
    const arn = ROLE_ARN.replace("firehose", "s3");
    const role = change("aws_iam_role.s3", { name: "s3", arn });
    const policy = change("aws_iam_role_policy.s3", { name: "s3", role: "s3", policy: document(GRANTS.findBucket) });
    const stream = streamChange({ backup: { role_arn: arn } });
    expect(check(iamBackUp, planWith({ stream }, [role, policy]))).toEqual([missing(BACK_UP, OBJECTS)]);
  });

  test("asks it of the error output prefix, too", () => {
    const backup = { error_output_prefix: "errors/" };
    expect(withBackup(backup)).toEqual([missing(BACK_UP, `${BUCKET_ARN}/errors/*`)]);
    expect(withBackup(backup, backUpOn(`${BUCKET_ARN}/*`))).toEqual([]);
    expect(withBackup({ error_output_prefix: "" })).toEqual([]);
  });

  test("takes what Firehose fills in for any text", () => {
    const backup = { error_output_prefix: "kloudfuse-logs-failures/!{firehose:error-output-type}/!{timestamp:yyyy}/" };
    expect(withBackup(backup)).toEqual([]);
    const on = `${BUCKET_ARN}/kloudfuse-logs-failures/!{firehose:error-output-type}/x*`;
    const one = { error_output_prefix: "kloudfuse-logs-failures/!{firehose:error-output-type}/x" };
    expect(withBackup(one, backUpOn(`${BUCKET_ARN}/kloudfuse-logs-failures/http-endpoint-failed/*`))).toEqual([
      missing(BACK_UP, OBJECTS),
      open(BACK_UP, on),
    ]);
  });

  test("does not treat a prefix as the whole bucket", () => {
    expect(withBackup({ prefix: undefined })).toEqual([missing(BACK_UP, `${BUCKET_ARN}/*`)]);
  });

  test("knows the requested region by the bucket's", () => {
    const conditional = (region: string): Parameters<typeof grants>[0] => ({
      backUp: { ...GRANTS.backUp, Condition: { StringEquals: { "aws:RequestedRegion": region } } },
    });
    expect(withGrants(conditional(REGION))).toEqual([]);
    expect(withGrants(conditional("us-east-1"))).toEqual([missing(BACK_UP, OBJECTS)]);
    const elsewhere = planWith({ bucket: undefined, inline: inlineChange(grants(conditional(REGION))) });
    expect(check(iamBackUp, elsewhere)).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BACK_UP} on ${OBJECTS} depends on StringEquals aws:RequestedRegion | Make sure that the requests meet it.`,
    ]);
  });

  test("says nothing where no bucket is named", () => {
    expect(withBackup({ bucket_arn: undefined }, { backUp: undefined })).toEqual([]);
  });

  test("holds where the bucket is managed elsewhere and the role may use it", () => {
    expect(check(iamBackUp, planWith({ bucket: undefined }))).toEqual([]);
  });
});

describe("KFF-IAM-004 on the bucket's own policy", () => {
  const policyOf = (principal: unknown, unknown: readonly string[] = [], effect = "Allow"): PlannedChange =>
    change(
      "aws_s3_bucket_policy.p",
      {
        bucket: "backup",
        policy: document({
          Effect: effect,
          Principal: principal,
          Action: "s3:*",
          Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
        }),
      },
      { unknown },
    );

  test("takes what it allows the role", () => {
    expect(withGrants({ findBucket: undefined, backUp: undefined }, [policyOf({ AWS: ROLE_ARN })])).toEqual([]);
  });

  test("does not take what it allows another role", () => {
    expect(withGrants({ backUp: undefined }, [policyOf({ AWS: `${ROLE_ARN}-2` })])).toEqual([
      missing(BACK_UP, OBJECTS),
    ]);
  });

  test("leaves a Deny in it to the rule about the bucket's policy", () => {
    expect(withGrants({}, [policyOf("*", [], "Deny")])).toEqual([]);
  });

  test("says that what it allows is not known, where the role's policies do not", () => {
    expect(withGrants({}, [policyOf("*", ["policy"])])).toEqual([]);
    expect(withGrants({ backUp: undefined }, [policyOf("*", ["policy"])])).toEqual([open(BACK_UP, OBJECTS)]);
  });
});

describe("KFF-IAM-004 on what is not known", () => {
  test("says that the prefix is not known, and takes a grant on the bucket", () => {
    const stream = streamChange({}, unknownAt(PREFIX, "var.prefix"));
    const on = `${BUCKET_ARN}/(not known)*`;
    expect(check(iamBackUp, planWith({ stream }))).toEqual([open(BACK_UP, on)]);
    const every = inlineChange(grants(backUpOn(`${BUCKET_ARN}/*`)));
    expect(check(iamBackUp, planWith({ stream, inline: every }))).toEqual([]);
  });

  test("takes the bucket's name where its ARN is not known", () => {
    const stream = streamChange({}, unknownAt(BUCKET_PATH, "aws_s3_bucket.backup.arn"));
    const bucket = change("aws_s3_bucket.backup", { bucket: "backup", region: REGION }, { unknown: ["arn", "id"] });
    expect(check(iamBackUp, planWith({ stream, bucket }))).toEqual([]);
    const inline = inlineChange(grants({ backUp: undefined }));
    expect(check(iamBackUp, planWith({ stream, bucket, inline }))).toEqual([missing(BACK_UP, OBJECTS)]);
  });

  test("says that the bucket is not known", () => {
    const stream = streamChange({}, unknownAt(BUCKET_PATH, "aws_s3_bucket.backup.arn"));
    const bucket = change("aws_s3_bucket.backup", {}, { unknown: ["arn", "id", "bucket"] });
    expect(check(iamBackUp, planWith({ stream, bucket }))).toEqual([
      open(FIND, "arn:aws:s3:::(not known)"),
      open(BACK_UP, "arn:aws:s3:::(not known)/kloudfuse-logs-failures/*"),
    ]);
  });

  test("does not quote a sensitive bucket or prefix", () => {
    const inline = inlineChange(grants({ findBucket: undefined, backUp: undefined }));
    const of = (path: string): string[] =>
      check(iamBackUp, planWith({ inline, stream: streamChange({}, { sensitive: [path] }) }));
    expect(of(BUCKET_PATH)).toEqual([missing(FIND, "(sensitive value)"), missing(BACK_UP, "(sensitive value)")]);
    expect(of(PREFIX)).toEqual([missing(FIND, BUCKET_ARN), missing(BACK_UP, "(sensitive value)")]);
  });

  test("takes a role by path and name where its ARN is not known", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/telemetry/firehose`;
    const roleOf = (path: string): PlannedChange => ({
      address: "aws_iam_role.firehose",
      values: { name: "firehose", path },
      unknown: ["arn"],
    });
    const paths = ["role_arn", "s3_configuration.0.role_arn"].map((path) => `http_endpoint_configuration.0.${path}`);
    const stream = streamChange(
      { values: { arn: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/kloudfuse-logs` } },
      { unknown: paths, references: Object.fromEntries(paths.map((path) => [path, ["aws_iam_role.firehose.arn"]])) },
    );
    const policy = change("aws_s3_bucket_policy.p", {
      bucket: "backup",
      policy: document({ Effect: "Allow", Principal: { AWS: arn }, Action: "s3:*", Resource: `${BUCKET_ARN}/*` }),
    });
    const inline = inlineChange(grants({ backUp: undefined }));
    expect(check(iamBackUp, planWith({ role: roleOf("/telemetry/"), stream, inline }, [policy]))).toEqual([]);
    expect(check(iamBackUp, planWith({ role: roleOf("/"), stream, inline }, [policy]))).toEqual([
      missing(BACK_UP, OBJECTS),
    ]);
    const unnamed = { ...roleOf("/"), unknown: ["arn", "name"] };
    const inlineById = inlineChange(grants({ backUp: undefined }), unknownAt("role", "aws_iam_role.firehose.id"));
    expect(check(iamBackUp, planWith({ role: unnamed, stream, inline: inlineById }, [policy]))).toEqual([
      open(BACK_UP, OBJECTS),
    ]);
  });
});
