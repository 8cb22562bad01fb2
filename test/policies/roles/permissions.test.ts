import { UNKNOWN } from "../../../iam/unknown";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { checkRequests, displayedArn } from "../../../policies/roles/permissions";
import { requestsOf } from "../../../policies/roles/requests";
import type { RoleRequests } from "../../../policies/roles/role-requests";
import type { JsonObject } from "../../../iam/json";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  document,
  ELSEWHERE,
  grants,
  inlineChange,
  KEY_ARN,
  kmsGrant,
  missing,
  planWith,
  REGION,
  ROLE_ARN,
  STREAM,
  STREAM_ARN,
  streamChange,
  type StreamSettings,
  viaService,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";

const PUT = "firehose:PutRecord, firehose:PutRecordBatch";
const PUT_ACTIONS = ["firehose:PutRecord", "firehose:PutRecordBatch"];
const FIND = "s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads";
const USE = "kms:Decrypt, kms:GenerateDataKey";
const USE_ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey"];
const ROLE_PATH = "http_endpoint_configuration.0.role_arn";
const BACKUP_ROLE_PATH = "http_endpoint_configuration.0.s3_configuration.0.role_arn";
const GUARD = "aws_iam_role_policy.guard";
const TAGGED = { Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } } };
const ENCRYPTED: StreamSettings = {
  encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN },
};

/** What the roles of a plan cannot do for some purposes, a line each. */
const checkedFor = (
  purposes: readonly RoleRequests["purpose"][],
  ...plan: Parameters<typeof planWith>
): readonly string[] =>
  checkRequests(findKloudfuse(planOf(planWith(...plan))), purposes).map(
    ({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`,
  );

const putRecords = (...plan: Parameters<typeof planWith>): readonly string[] => checkedFor(["putRecords"], ...plan);
const useKey = (more: readonly PlannedChange[], stream = streamChange(ENCRYPTED)): readonly string[] =>
  checkedFor(["useKey"], { stream }, more);

/** The good plan with another statement that allows to put records. */
const granting = (statement: JsonObject | undefined): readonly string[] =>
  putRecords({ inline: inlineChange(grants({ putRecords: statement })) });

const guard = (policy: string, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(GUARD, { name: "guard", role: "firehose", policy }, more);

const whether = (actions: string, reason: string, remedy: string, on = STREAM_ARN): string =>
  `unknown ${STREAM}: whether the role can perform ${actions} on ${on} ${reason} | ${remedy}`;
const MEET = "Make sure that the requests meet it.";

describe("the purposes that are asked for", () => {
  test("are the only ones that are evaluated", () => {
    const plan = { inline: inlineChange(document()) };
    const onObjects = missing(
      "s3:AbortMultipartUpload, s3:GetObject, s3:PutObject",
      `${BUCKET_ARN}/kloudfuse-logs-failures/*`,
    );
    expect(checkedFor(["putRecords"], plan)).toEqual([missing(PUT, STREAM_ARN)]);
    expect(checkedFor(["backUp"], plan)).toEqual([missing(FIND, BUCKET_ARN), onObjects]);
    expect(checkedFor(["putRecords", "backUp"], plan)).toEqual([
      missing(PUT, STREAM_ARN),
      missing(FIND, BUCKET_ARN),
      onObjects,
    ]);
    expect(checkedFor([], plan)).toEqual([]);
  });

  test("are all allowed in the good plan", () => {
    expect(checkedFor(["putRecords", "backUp", "logErrors", "useKey", "readSecret", "invokeProcessor"])).toEqual([]);
  });

  test("are said once for a stream that names one role twice", () => {
    const twoLogs = {
      http: { cloudwatch_logging_options: [{ enabled: true, log_group_name: "g", log_stream_name: "s" }] },
      backup: { cloudwatch_logging_options: [{ enabled: true, log_group_name: "g", log_stream_name: "s" }] },
    };
    expect(checkedFor(["logErrors"], { stream: streamChange(twoLogs) })).toEqual([
      missing("logs:PutLogEvents", `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:g:log-stream:s`),
    ]);
  });
});

describe("an action that no policy of the role allows", () => {
  test("is a finding where the role is named", () => {
    expect(granting(undefined)).toEqual([missing(PUT, STREAM_ARN)]);
    const filter = change("aws_cloudwatch_log_subscription_filter.f", {
      destination_arn: STREAM_ARN,
      role_arn: ROLE_ARN,
    });
    const stream = streamChange({ values: { arn: STREAM_ARN } });
    expect(putRecords({ stream, inline: inlineChange(document()) }, [filter])).toEqual([
      missing(PUT, STREAM_ARN, filter.address),
    ]);
  });

  test("is a finding without those that one allows", () => {
    expect(granting(allow("firehose:PutRecord", STREAM_ARN))).toEqual([missing("firehose:PutRecordBatch", STREAM_ARN)]);
    expect(granting(allow("firehose:PutRecordBatch", STREAM_ARN))).toEqual([missing("firehose:PutRecord", STREAM_ARN)]);
  });

  test("is not quoted with a name that is sensitive", () => {
    const stream = streamChange({}, { sensitive: ["name"] });
    expect(putRecords({ stream, inline: inlineChange(document()) })).toEqual([missing(PUT, "(sensitive value)")]);
  });

  test("is undetermined where the need for it is", () => {
    const path = "server_side_encryption.0.enabled";
    expect(useKey([], streamChange(ENCRYPTED, unknownAt(path)))).toEqual([
      `unknown ${STREAM}: the role cannot perform ${USE} on ${KEY_ARN} through firehose.${REGION}.amazonaws.com, which matters only if the stream is encrypted with it | Allow ${USE} on it.`,
    ]);
  });
});

describe("an action through a service", () => {
  const inline = (more: JsonObject = {}, actions: readonly string[] = USE_ACTIONS): PlannedChange =>
    guard(document({ ...allow(actions, KEY_ARN), Sid: "UseKey", ...more }));
  const through = (actions: string, rest: string, service = `firehose.${REGION}.amazonaws.com`): string =>
    `finding ${STREAM}: the role cannot perform ${actions} on ${KEY_ARN} through ${service}${rest}`;

  test("is allowed for every service, or for that one", () => {
    expect(useKey([inline()])).toEqual([]);
    expect(useKey([inline(viaService("s3", "firehose"))])).toEqual([]);
  });

  test("is a finding with the service where no policy allows it", () => {
    expect(useKey([])).toEqual([through(USE, ` | Allow ${USE} on it.`)]);
  });

  test("is a finding with the statement that allows it through other services", () => {
    const add = `Add firehose.${REGION}.amazonaws.com to the values of kms:ViaService.`;
    expect(useKey([inline(viaService("s3"))])).toEqual([
      through(USE, `: UseKey of ${GUARD} allows it through other services | ${add}`),
    ]);
    expect(useKey([inline({ ...viaService("s3"), Sid: undefined })])).toEqual([
      through(USE, `: a statement of ${GUARD} allows it through other services | ${add}`),
    ]);
  });

  test("is a finding without a statement where one of the actions is allowed through no service", () => {
    expect(useKey([inline(viaService("s3"), ["kms:Decrypt"])])).toEqual([through(USE, ` | Allow ${USE} on it.`)]);
  });

  test("has the name of the service in the partition", () => {
    const key = `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/1`;
    const stream = streamChange({ backup: { kms_key_arn: key }, values: { region: "cn-north-1" } });
    expect(checkedFor(["useKey"], { stream })).toEqual([
      expect.stringContaining(`on ${key} through s3.cn-north-1.amazonaws.com.cn | Allow ${USE} on it.`),
    ]);
  });

  test("has the short name of the service where the region is not known", () => {
    const path = "http_endpoint_configuration.0.s3_configuration.0.kms_key_arn";
    const stream = streamChange({ values: { region: undefined } }, unknownAt(path));
    const bucket = change("aws_s3_bucket.backup", { bucket: "backup" });
    expect(checkedFor(["useKey"], { stream, bucket })).toEqual([
      `finding ${STREAM}: the role cannot perform ${USE} on arn:aws:kms:(not known):${ACCOUNT}:key/(not known) through s3 | Allow ${USE} on it.`,
    ]);
  });
});

describe("an action that a policy denies", () => {
  const denied = (names: string, actions = PUT): string =>
    `finding ${STREAM}: the role cannot perform ${actions} on ${STREAM_ARN}: ${names} denies it | Remove the Deny, or exclude the resource from it.`;
  const deny = (Action: unknown, Sid?: string): JsonObject => ({ Sid, Effect: "Deny", Action, Resource: "*" });

  test("is a finding with the statement, by its Sid and its policy", () => {
    expect(putRecords({}, [guard(document(deny("firehose:*", "Guard")))])).toEqual([denied(`Guard of ${GUARD}`)]);
    expect(putRecords({}, [guard(document(deny("firehose:*")))])).toEqual([denied(`a statement of ${GUARD}`)]);
  });

  test("is a finding with each statement once", () => {
    const two = document(deny("firehose:PutRecord", "One"), deny(PUT_ACTIONS, "Two"));
    expect(putRecords({}, [guard(two)])).toEqual([denied(`One of ${GUARD}, Two of ${GUARD}`)]);
  });

  test("is a finding without the Sid of a sensitive policy", () => {
    expect(putRecords({}, [guard(document(deny("*", "Guard")), { sensitive: ["policy"] })])).toEqual([
      denied(`(sensitive value) of ${GUARD}`),
    ]);
  });

  test("is a finding of its own beside one that is missing, and after it", () => {
    const inline = inlineChange(grants({ putRecords: allow("firehose:PutRecord", STREAM_ARN) }));
    expect(putRecords({ inline }, [guard(document(deny("firehose:PutRecord", "Guard")))])).toEqual([
      missing("firehose:PutRecordBatch", STREAM_ARN),
      denied(`Guard of ${GUARD}`, "firehose:PutRecord"),
    ]);
  });

  test("is allowed where the Deny is of another resource", () => {
    const other = { ...deny("firehose:*"), Resource: `${STREAM_ARN}-2` };
    expect(putRecords({}, [guard(document(other))])).toEqual([]);
  });
});

describe("an action that is undetermined", () => {
  test("depends on the conditions that the plan does not decide, each once", () => {
    const conditions = {
      Condition: { StringEquals: { "aws:PrincipalTag/team": "x" }, Bool: { "aws:MultiFactorAuthPresent": "true" } },
    };
    const both = "depends on StringEquals aws:PrincipalTag/team, Bool aws:MultiFactorAuthPresent";
    expect(granting(allow(PUT_ACTIONS, STREAM_ARN, conditions))).toEqual([whether(PUT, both, MEET)]);
  });

  test("depends on the conditions of a Deny too", () => {
    const statement = { Effect: "Deny", Action: "firehose:PutRecord", Resource: "*", ...TAGGED };
    expect(putRecords({}, [guard(document(statement))])).toEqual([
      whether("firehose:PutRecord", "depends on StringEquals aws:PrincipalTag/team", MEET),
    ]);
  });

  test("depends on a condition that is not quoted where its policy is sensitive", () => {
    const policy = document(allow(PUT_ACTIONS, STREAM_ARN, TAGGED));
    expect(putRecords({ inline: inlineChange(policy, { sensitive: ["policy"] }) })).toEqual([
      whether(PUT, "depends on (sensitive value)", MEET),
    ]);
  });

  test("depends on what the plan does not have of a role that is managed elsewhere", () => {
    expect(putRecords({ role: undefined, inline: undefined })).toEqual([
      whether(PUT, `depends on ${ROLE_PATH} of ${STREAM}, not in this plan`, ELSEWHERE),
    ]);
  });

  test("is allowed or denied by what the plan adds to a role that is managed elsewhere", () => {
    expect(putRecords({ role: undefined })).toEqual([]);
    const deny = { Sid: "Guard", Effect: "Deny", Action: "firehose:*", Resource: "*" };
    expect(putRecords({ role: undefined }, [guard(document(deny))])).toEqual([
      expect.stringContaining(`Guard of ${GUARD} denies it`),
    ]);
  });

  test("depends on the policies that the plan names and does not have", () => {
    const arns = [`arn:aws:iam::${ACCOUNT}:policy/one`, `arn:aws:iam::${ACCOUNT}:policy/two`];
    const attached = arns.map((policy_arn, index) =>
      change(`aws_iam_role_policy_attachment.a${index}`, { role: "firehose", policy_arn }),
    );
    expect(putRecords({ inline: undefined }, attached)).toEqual([
      whether(PUT, `depends on ${arns.join(", ")}, not in this plan`, ELSEWHERE),
    ]);
  });

  test("is known after the apply where a policy of the plan is not known", () => {
    expect(putRecords({ inline: inlineChange("", unknownAt("policy")) })).toEqual([
      whether(PUT, "is not known before the apply", AFTER),
    ]);
  });

  test("is known after the apply where the value of a condition is not known", () => {
    const data = change(
      "data.aws_iam_policy_document.d",
      {
        statement: [
          {
            actions: PUT_ACTIONS,
            resources: [STREAM_ARN],
            condition: [{ test: "StringEquals", variable: "aws:PrincipalTag/team", values: [null] }],
          },
        ],
      },
      { unknown: ["json", "statement.0.condition.0.values.0"] },
    );
    const inline = inlineChange("", unknownAt("policy", "data.aws_iam_policy_document.d.json"));
    expect(putRecords({ inline }, [data])).toEqual([whether(PUT, "is not known before the apply", AFTER)]);
  });

  test("is known after the apply where the key of a condition is not known", () => {
    const statement = {
      actions: PUT_ACTIONS,
      resources: [STREAM_ARN],
      condition: [{ test: "StringEquals", variable: null, values: ["x"] }],
    };
    const data = change(
      "data.aws_iam_policy_document.d",
      { statement: [statement] },
      { unknown: ["json", "statement.0.condition.0.variable"] },
    );
    const inline = inlineChange("", unknownAt("policy", "data.aws_iam_policy_document.d.json"));
    expect(putRecords({ inline }, [data])).toEqual([whether(PUT, "is not known before the apply", AFTER)]);
  });

  test("depends on a condition that is not quoted where one of the policies is sensitive", () => {
    const statement = document(allow(PUT_ACTIONS, STREAM_ARN, TAGGED));
    const sensitive = guard(statement, { sensitive: ["policy"] });
    expect(putRecords({ inline: inlineChange(statement) }, [sensitive])).toEqual([
      whether(PUT, "depends on (sensitive value)", MEET),
    ]);
  });

  test("is said after what is certain", () => {
    const policy = document(allow("firehose:PutRecord", STREAM_ARN, TAGGED));
    expect(putRecords({ inline: inlineChange(policy) })).toEqual([
      missing("firehose:PutRecordBatch", STREAM_ARN),
      whether("firehose:PutRecord", "depends on StringEquals aws:PrincipalTag/team", MEET),
    ]);
  });

  test.each<[name: string, more: () => readonly PlannedChange[], reason: string, remedy: string]>([
    [
      "a condition",
      () => [guard(document(allow(USE_ACTIONS, KEY_ARN, TAGGED)))],
      "depends on StringEquals aws:PrincipalTag/team",
      MEET,
    ],
    ["an unknown policy", () => [guard("", unknownAt("policy"))], "is not known before the apply", AFTER],
    [
      "a policy of another root",
      () => [
        change("aws_iam_role_policy_attachment.a", {
          role: "firehose",
          policy_arn: `arn:aws:iam::${ACCOUNT}:policy/p`,
        }),
      ],
      `depends on arn:aws:iam::${ACCOUNT}:policy/p, not in this plan`,
      ELSEWHERE,
    ],
  ])("by %s, is so only if the role needs it", (_, more, reason, remedy) => {
    expect(useKey(more(), streamChange(ENCRYPTED, unknownAt("server_side_encryption.0.enabled")))).toEqual([
      whether(USE, `${reason}, which matters only if the stream is encrypted with it`, remedy, KEY_ARN),
    ]);
  });
});

describe("a role that the plan does not lead to", () => {
  test("leaves its permissions undetermined, with actions and resource", () => {
    const stream = streamChange({}, unknownAt(ROLE_PATH));
    expect(putRecords({ stream, role: undefined, inline: undefined })).toEqual([
      `unknown ${STREAM}: ${ROLE_PATH} is not known before the apply: whether it allows ${PUT} on ${STREAM_ARN} is undetermined | ${AFTER}`,
    ]);
  });

  test("leaves its permissions undetermined of a metric stream too", () => {
    const address = "aws_cloudwatch_metric_stream.m";
    const arn = STREAM_ARN.replace("-logs", "-metrics");
    const stream = streamChange({ signal: "metrics", values: { arn } });
    const metrics = change(address, { firehose_arn: arn, role_arn: undefined }, unknownAt("role_arn"));
    expect(putRecords({ stream }, [metrics])).toEqual([
      `unknown ${address}: role_arn is not known before the apply: whether it allows ${PUT} on ${arn} is undetermined | ${AFTER}`,
    ]);
  });

  test("is asked for nothing where none is named", () => {
    const stream = streamChange({ http: { role_arn: undefined }, backup: { role_arn: undefined } });
    expect(checkedFor(["putRecords", "backUp"], { stream, role: undefined, inline: undefined })).toEqual([]);
  });

  test("is that of the S3 backup for what the backup does", () => {
    const stream = streamChange({}, unknownAt(BACKUP_ROLE_PATH));
    expect(checkedFor(["putRecords", "backUp"], { stream })).toEqual([
      `unknown ${STREAM}: ${BACKUP_ROLE_PATH} is not known before the apply: whether it allows ${FIND} on ${BUCKET_ARN} is undetermined | ${AFTER}`,
      `unknown ${STREAM}: ${BACKUP_ROLE_PATH} is not known before the apply: whether it allows s3:AbortMultipartUpload, s3:GetObject, s3:PutObject on ${BUCKET_ARN}/kloudfuse-logs-failures/* is undetermined | ${AFTER}`,
    ]);
  });
});

describe("a key of the plan", () => {
  const key = (values: JsonObject = {}): PlannedChange =>
    change("aws_kms_key.k", { arn: KEY_ARN, key_id: "1", ...values });
  const through = (actions: string): string =>
    `finding ${STREAM}: the role cannot perform ${actions} on ${KEY_ARN} through firehose.${REGION}.amazonaws.com | Allow ${actions} on it.`;

  test("may be granted to the role by KMS", () => {
    expect(useKey([key(), kmsGrant()])).toEqual([]);
    expect(useKey([key(), kmsGrant({ operations: ["Decrypt"] })])).toEqual([through("kms:GenerateDataKey")]);
    expect(useKey([key(), kmsGrant({ key_id: "2" })])).toEqual([through(USE)]);
  });

  test("is undetermined where it may be granted", () => {
    expect(useKey([key(), kmsGrant({}, unknownAt("operations"))])).toEqual([
      whether(USE, "is not known before the apply", AFTER, KEY_ARN),
    ]);
    const one = kmsGrant({ operations: ["Decrypt", null] }, unknownAt("operations.1"));
    expect(useKey([key(), one])).toEqual([
      whether("kms:GenerateDataKey", "is not known before the apply", AFTER, KEY_ARN),
    ]);
  });

  test("is not granted where the plan does not have the key", () => {
    expect(useKey([kmsGrant()])).toEqual([through(USE)]);
  });

  test("may be allowed to the role by its policy, which alone does not make a finding here", () => {
    const to = (AWS: string): string => document(allow("kms:*", "*", { Principal: { AWS } }));
    expect(useKey([key({ policy: to(ROLE_ARN) })])).toEqual([]);
    expect(useKey([key({ policy: to(`${ROLE_ARN}-2`) }), guard(document(allow(USE_ACTIONS, KEY_ARN)))])).toEqual([]);
  });
});

describe("what a request is for", () => {
  test("is displayed by its ARN, or by the text that stands for it", () => {
    const texts = requestsOf(findKloudfuse(planOf(planWith())))
      .filter(({ purpose }) => purpose !== "logErrors")
      .map(displayedArn);
    expect(texts).toEqual([STREAM_ARN, BUCKET_ARN, `${BUCKET_ARN}/kloudfuse-logs-failures/*`]);
  });

  test("is displayed with what is not known of it", () => {
    const [requests] = requestsOf(findKloudfuse(planOf(planWith())));
    expect(requests && displayedArn({ ...requests, resourceArn: ["arn:", UNKNOWN] })).toBe("arn:(not known)");
  });

  test("is not displayed where one of the places that it was read from is sensitive", () => {
    const sensitiveAt = (path: string): readonly string[] =>
      requestsOf(findKloudfuse(planOf(planWith({ stream: streamChange({}, { sensitive: [path] }) }))))
        .filter(({ purpose }) => purpose === "backUp")
        .map(displayedArn);
    const backup = "http_endpoint_configuration.0.s3_configuration.0";
    expect(sensitiveAt(`${backup}.prefix`)).toEqual([BUCKET_ARN, "(sensitive value)"]);
    expect(sensitiveAt(`${backup}.bucket_arn`)).toEqual(["(sensitive value)", "(sensitive value)"]);
  });
});
