import { SEGMENT } from "../../../iam/text";
import { UNKNOWN } from "../../../iam/unknown";
import { displayText } from "../../../policies/arn";
import { findKloudfuse } from "../../../policies/kloudfuse";
import type { RoleUse } from "../../../policies/roles/role-uses";
import { requestsOf, requestsOfRole } from "../../../policies/roles/requests";
import type { RoleRequests } from "../../../policies/roles/role-requests";
import type { JsonObject } from "../../../iam/json";
import {
  BUCKET_ARN,
  change,
  LOG_GROUP,
  LOG_GROUP_ARN,
  planWith,
  REGION,
  ROLE,
  roleChange,
  SECRET_ARN,
  STREAM,
  STREAM_ARN,
  streamChange,
  type StreamSettings,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const HTTP = "http_endpoint_configuration.0";
const BACKUP = `${HTTP}.s3_configuration.0`;
const OPTIONS = `${HTTP}.cloudwatch_logging_options.0`;
const SECRET = `${HTTP}.secrets_manager_configuration.0`;
const BUCKET = "aws_s3_bucket.backup";
const GROUP = "aws_cloudwatch_log_group.errors";
const OBJECT = "2030/01/31/23/kloudfuse-logs-1-2030-01-31-23-59-59-0e5f2f4e-6d5a-4f0e-8f0a-3c1a9b7d2e11";
const IDENTITIES = ["arn", "id", "name", "bucket", "function_name", "key_id"];

const namesOf = (address: string): readonly string[] => IDENTITIES.map((path) => `${address} ${path}`);

function requestsFor(purpose: RoleRequests["purpose"], ...plan: Parameters<typeof planWith>): readonly RoleRequests[] {
  return requestsOf(findKloudfuse(planOf(planWith(...plan)))).filter((requests) => requests.purpose === purpose);
}

const onStream = (
  purpose: RoleRequests["purpose"],
  settings: StreamSettings,
  more: Partial<PlannedChange> = {},
): RoleRequests[] => [...requestsFor(purpose, { stream: streamChange(settings, more) })];

const readFrom = ({ readFrom: from }: RoleRequests): readonly string[] =>
  from.map(([resource, path]) => `${resource.address} ${path}`);

const pathOf = ({ path }: RoleUse): string => path;

describe("the requests for the streams", () => {
  test("are in the order of their purposes", () => {
    const plan = planOf(planWith({ stream: streamChange({ http: { secrets_manager_configuration: [secret()] } }) }));
    expect(requestsOf(findKloudfuse(plan)).map(({ purpose }) => purpose)).toEqual([
      "putRecords",
      "backUp",
      "backUp",
      "logErrors",
      "logErrors",
      "readSecret",
      "useKey",
    ]);
  });

  test("are those to put records alone where the stream has no bucket, no error log and no secret", () => {
    const stream = streamChange({
      http: { cloudwatch_logging_options: [] },
      backup: { bucket_arn: undefined, cloudwatch_logging_options: [] },
    });
    expect(requestsOf(findKloudfuse(planOf(planWith({ stream })))).map(({ purpose }) => purpose)).toEqual([
      "putRecords",
    ]);
  });

  test("are found once", () => {
    const kloudfuse = findKloudfuse(planOf(planWith()));
    expect(requestsOf(kloudfuse)).toBe(requestsOf(kloudfuse));
  });

  test("of a role are those that lead to it", () => {
    const other = change("aws_iam_role.other", { name: "other", arn: `arn:aws:iam::${ACCOUNT}:role/other` });
    const stream = streamChange({ backup: { role_arn: `arn:aws:iam::${ACCOUNT}:role/other` } });
    const plan = planOf(planWith({ stream }, [other]));
    const kloudfuse = findKloudfuse(plan);
    const purposesOf = (address: string): readonly RoleRequests["purpose"][] =>
      requestsOfRole(kloudfuse, resourceAt(plan, address)).map(({ purpose }) => purpose);
    expect(purposesOf(ROLE)).toEqual(["putRecords", "logErrors"]);
    expect(purposesOf("aws_iam_role.other")).toEqual(["backUp", "backUp", "logErrors"]);
  });

  test("are none of a role that no stream names", () => {
    const other = change("aws_iam_role.other", { name: "other" });
    const plan = planOf(planWith({}, [other]));
    expect(requestsOfRole(findKloudfuse(plan), resourceAt(plan, "aws_iam_role.other"))).toEqual([]);
  });
});

describe("the requests to put records", () => {
  test("are for the stream, in its region", () => {
    const [requests, ...others] = onStream("putRecords", {});
    expect(others).toEqual([]);
    expect(requests).toMatchObject({
      purpose: "putRecords",
      actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
      resourceArn: STREAM_ARN,
      location: { partition: "aws", region: REGION, accountId: ACCOUNT },
      region: REGION,
      policyHolders: [],
    });
    expect(requests && readFrom(requests)).toEqual([`${STREAM} name`]);
    expect(requests && pathOf(requests.use)).toBe(`${HTTP}.role_arn`);
  });
});

describe("the requests to back up", () => {
  const backUp = (backup: JsonObject, more: Partial<PlannedChange> = {}): readonly RoleRequests[] =>
    onStream("backUp", { backup }, more);

  test("are for the bucket, and for the objects under the prefix", () => {
    const [ofBucket, ofObjects, ...others] = backUp({});
    expect(others).toEqual([]);
    expect(ofBucket).toMatchObject({
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resourceArn: BUCKET_ARN,
      location: { partition: "aws", region: REGION, accountId: ACCOUNT },
      region: REGION,
      account: ACCOUNT,
      policyHolders: [],
    });
    expect(ofBucket && readFrom(ofBucket)).toEqual([`${STREAM} ${BACKUP}.bucket_arn`, ...namesOf(BUCKET)]);
    expect(ofObjects).toMatchObject({
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resourceArn: `${BUCKET_ARN}/kloudfuse-logs-failures/${OBJECT}`,
      displayArn: `${BUCKET_ARN}/kloudfuse-logs-failures/*`,
    });
    expect(ofObjects && readFrom(ofObjects)).toEqual([
      `${STREAM} ${BACKUP}.bucket_arn`,
      `${STREAM} ${BACKUP}.prefix`,
      ...namesOf(BUCKET),
    ]);
  });

  test("are by the role of the S3 backup", () => {
    expect(backUp({}).map(({ use }) => use.path)).toEqual([`${BACKUP}.role_arn`, `${BACKUP}.role_arn`]);
  });

  test("are none where the stream names no bucket", () => {
    expect(backUp({ bucket_arn: undefined })).toEqual([]);
  });

  test("are for all objects without a prefix", () => {
    const [, ofObjects] = backUp({ prefix: undefined });
    expect([ofObjects?.resourceArn, ofObjects?.displayArn]).toEqual([`${BUCKET_ARN}/${OBJECT}`, `${BUCKET_ARN}/*`]);
  });

  test("are for objects under the error output prefix too", () => {
    const [, , ofErrors] = backUp({ error_output_prefix: "errors/" });
    expect(ofErrors?.resourceArn).toBe(`${BUCKET_ARN}/errors/${OBJECT}`);
    expect(ofErrors && readFrom(ofErrors)[1]).toBe(`${STREAM} ${BACKUP}.error_output_prefix`);
  });

  test("are not for an empty error output prefix", () => {
    expect(backUp({ error_output_prefix: "" })).toHaveLength(2);
  });

  test("are not for an error output prefix that the configuration leaves out", () => {
    expect(backUp({}, { unknown: [`${BACKUP}.error_output_prefix`] })).toHaveLength(2);
  });

  test("are for objects under an error output prefix that is not known", () => {
    const path = `${BACKUP}.error_output_prefix`;
    const [, , ofErrors] = backUp({}, unknownAt(path, "var.prefix"));
    expect([ofErrors?.resourceArn, ofErrors?.displayArn]).toEqual([
      [BUCKET_ARN, "/", UNKNOWN, OBJECT],
      `${BUCKET_ARN}/(not known)*`,
    ]);
  });

  test("are for objects whose prefix Firehose completes", () => {
    const [, ofObjects] = backUp({ prefix: "kloudfuse/!{timestamp:yyyy}/!{firehose:random-string}x/" });
    expect(ofObjects?.resourceArn).toEqual([BUCKET_ARN, "/", "kloudfuse/", UNKNOWN, "/", UNKNOWN, "x/", OBJECT]);
  });

  test("are for objects of any stream name where the plan does not show it", () => {
    const [, ofObjects] = onStream("backUp", {}, unknownAt("name", "var.name"));
    expect(ofObjects?.resourceArn).toBe(
      `${BUCKET_ARN}/kloudfuse-logs-failures/${OBJECT.replace("kloudfuse-logs", "stream")}`,
    );
  });

  test("are for a bucket by its name where its ARN is not known", () => {
    const stream = streamChange({}, unknownAt(`${BACKUP}.bucket_arn`, "aws_s3_bucket.backup.arn"));
    const bucket = change(BUCKET, { bucket: "backup", region: REGION }, { unknown: ["arn"] });
    expect(requestsFor("backUp", { stream, bucket })[0]?.resourceArn).toBe(BUCKET_ARN);
    const unnamed = change(BUCKET, { region: REGION }, { unknown: ["arn", "bucket"] });
    expect(requestsFor("backUp", { stream, bucket: unnamed })[0]?.resourceArn).toEqual([
      "arn:",
      "aws",
      ":s3:",
      "",
      ":",
      "",
      ":",
      SEGMENT,
    ]);
  });

  test("go to the account and region of the bucket", () => {
    const bucket = change(
      BUCKET,
      { bucket: "backup", arn: BUCKET_ARN, region: "us-west-2" },
      { provider: "aws.other" },
    );
    const providers = { "aws.other": { assume_role: [{ role_arn: "arn:aws:iam::999999999999:role/deploy" }] } };
    const plan = planOf(planWith({ bucket }), { providers });
    const requests = requestsOf(findKloudfuse(plan)).filter(({ purpose }) => purpose === "backUp");
    expect(requests.map(({ region, account }) => [region, account])).toEqual([
      ["us-west-2", "999999999999"],
      ["us-west-2", "999999999999"],
    ]);
  });

  test("go to an account and region that are not known where the plan does not have the bucket", () => {
    expect(
      requestsFor("backUp", { bucket: undefined }).map(({ region, account, policyHolders }) => [
        region,
        account,
        policyHolders,
      ]),
    ).toEqual([
      [UNKNOWN, UNKNOWN, []],
      [UNKNOWN, UNKNOWN, []],
    ]);
  });

  test("are for a bucket of another root by its ARN", () => {
    expect(requestsFor("backUp", { bucket: undefined })[0]?.resourceArn).toBe(BUCKET_ARN);
  });

  test("are decided by the bucket's policy too", () => {
    const policy = change("aws_s3_bucket_policy.p", { bucket: "backup", policy: "" });
    expect(
      requestsFor("backUp", {}, [policy]).map(({ policyHolders }) => policyHolders.map(({ address }) => address)),
    ).toEqual([["aws_s3_bucket_policy.p"], ["aws_s3_bucket_policy.p"]]);
  });
});

describe("the requests to log errors", () => {
  const logging = (options: JsonObject, more: Partial<PlannedChange> = {}): readonly RoleRequests[] =>
    onStream(
      "logErrors",
      {
        http: { cloudwatch_logging_options: [options] },
        backup: { cloudwatch_logging_options: [] },
      },
      more,
    );
  const enabled = { enabled: true, log_group_name: LOG_GROUP, log_stream_name: "http" };

  test("are for the log stream of each delivery path, by its role", () => {
    const requests = onStream("logErrors", {});
    expect(requests.map(({ resourceArn, use }) => [resourceArn, use.path])).toEqual([
      [`${LOG_GROUP_ARN}:log-stream:http`, `${HTTP}.role_arn`],
      [`${LOG_GROUP_ARN}:log-stream:s3`, `${BACKUP}.role_arn`],
    ]);
  });

  test("are in the region of the stream, and matter in any case", () => {
    const [requests] = logging(enabled);
    expect(requests).toMatchObject({
      actions: ["logs:PutLogEvents"],
      location: { partition: "aws", region: REGION, accountId: ACCOUNT },
      region: REGION,
      policyHolders: [],
    });
    expect(requests && "neededIf" in requests).toBe(false);
    expect(requests && readFrom(requests)).toEqual([
      `${STREAM} ${OPTIONS}.log_group_name`,
      `${STREAM} ${OPTIONS}.log_stream_name`,
      ...namesOf(GROUP),
    ]);
  });

  test.each<[string, JsonObject]>([
    ["the error log is disabled", { ...enabled, enabled: false }],
    ["the stream does not enable the error log", { ...enabled, enabled: undefined }],
    ["no log group is named", { ...enabled, log_group_name: undefined }],
    ["no log stream is named", { ...enabled, log_stream_name: undefined }],
  ])("are none where %s", (_, options) => {
    expect(logging(options)).toEqual([]);
  });

  test("matter only if the error log is enabled, where that is not known", () => {
    const path = `${OPTIONS}.enabled`;
    expect(logging(enabled, unknownAt(path, "var.enabled")).map(({ neededIf }) => neededIf)).toEqual([
      "the error log is enabled",
    ]);
  });

  test("are for any log stream where its name is not known", () => {
    const path = `${OPTIONS}.log_stream_name`;
    const [requests] = logging(enabled, unknownAt(path, "var.name"));
    expect(requests && displayText(requests.resourceArn)).toBe(`${LOG_GROUP_ARN}:log-stream:(not known)`);
  });

  test("are for a log group of another root by its name", () => {
    expect(requestsFor("logErrors", { logGroup: undefined })[0]?.resourceArn).toBe(`${LOG_GROUP_ARN}:log-stream:http`);
  });

  test("are for the log group by its name where the stream refers to it", () => {
    const path = `${OPTIONS}.log_group_name`;
    const stream = streamChange(
      { backup: { cloudwatch_logging_options: [] } },
      unknownAt(path, "aws_cloudwatch_log_group.errors.name"),
    );
    expect(requestsFor("logErrors", { stream })[0]?.resourceArn).toBe(`${LOG_GROUP_ARN}:log-stream:http`);
    const unnamed = change(GROUP, {}, { unknown: ["name", "arn", "id"] });
    const [requests] = requestsFor("logErrors", { stream, logGroup: unnamed });
    expect(requests && displayText(requests.resourceArn)).toBe(
      `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:(not known):log-stream:http`,
    );
  });
});

const secret = (more: JsonObject = {}): JsonObject => ({ enabled: true, secret_arn: SECRET_ARN, ...more });

describe("the requests to read the secret", () => {
  const SECRET_RESOURCE = "aws_secretsmanager_secret.s";
  const reading = (
    more: JsonObject,
    ofStream: Partial<PlannedChange> = {},
    ...others: PlannedChange[]
  ): RoleRequests[] => [
    ...requestsFor(
      "readSecret",
      { stream: streamChange({ http: { secrets_manager_configuration: [secret(more)] } }, ofStream) },
      others,
    ),
  ];

  test("are for the secret by its ARN", () => {
    const [requests, ...others] = reading({});
    expect(others).toEqual([]);
    expect(requests).toMatchObject({
      actions: ["secretsmanager:GetSecretValue"],
      resourceArn: SECRET_ARN,
      location: { partition: "aws", region: REGION, accountId: ACCOUNT },
      region: REGION,
      policyHolders: [],
    });
    expect(requests && "neededIf" in requests).toBe(false);
    expect(requests && readFrom(requests)).toEqual([`${STREAM} ${SECRET}.secret_arn`]);
    expect(requests?.use.path).toBe(`${HTTP}.role_arn`);
  });

  test("are none without a secret", () => {
    expect(onStream("readSecret", {})).toEqual([]);
  });

  test("are none where the stream does not read the secret", () => {
    expect(reading({ enabled: false })).toEqual([]);
  });

  test("matter only if the stream reads the secret, where that is not known", () => {
    const path = `${SECRET}.enabled`;
    expect(reading({}, unknownAt(path, "var.enabled")).map(({ neededIf }) => neededIf)).toEqual([
      "the stream reads the secret",
    ]);
  });

  const toSecret = unknownAt(`${SECRET}.secret_arn`, `${SECRET_RESOURCE}.arn`);

  test("are for the secret by its name and any suffix where its ARN is not known", () => {
    const planned = change(SECRET_RESOURCE, { name: "kloudfuse" }, { unknown: ["arn", "id"] });
    const [requests] = reading({}, toSecret, planned);
    expect(requests?.resourceArn).toEqual([
      "arn:",
      "aws",
      ":secretsmanager:",
      REGION,
      ":",
      ACCOUNT,
      ":",
      "secret:",
      "kloudfuse",
      "-",
      SEGMENT,
    ]);
    expect(requests && readFrom(requests)).toEqual([`${STREAM} ${SECRET}.secret_arn`, ...namesOf(SECRET_RESOURCE)]);
  });

  test("are for any secret where its name is not known either", () => {
    const planned = change(SECRET_RESOURCE, {}, { unknown: ["arn", "id", "name"] });
    const [requests] = reading({}, toSecret, planned);
    expect(requests && displayText(requests.resourceArn)).toBe(
      `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:(not known)`,
    );
  });

  test("are decided by the secret's policy too", () => {
    const planned = change(SECRET_RESOURCE, { name: "kloudfuse", arn: SECRET_ARN });
    const policy = change("aws_secretsmanager_secret_policy.p", { secret_arn: SECRET_ARN, policy: "" });
    expect(reading({}, {}, planned, policy)[0]?.policyHolders.map(({ address }) => address)).toEqual([
      "aws_secretsmanager_secret_policy.p",
    ]);
  });
});

test("a role of a destroyed stream has no requests", () => {
  const plan = planOf(planWith({ stream: streamChange({}, { actions: ["delete"] }), role: roleChange() }));
  expect(requestsOf(findKloudfuse(plan))).toEqual([]);
});
