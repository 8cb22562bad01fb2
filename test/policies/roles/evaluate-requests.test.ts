import { type Planned, UNKNOWN } from "../../../iam/unknown";
import { findKloudfuse, type Kloudfuse } from "../../../policies/kloudfuse";
import { evaluateAction, identityPoliciesOf, roleArnOf } from "../../../policies/roles/evaluate-requests";
import { requestsOf } from "../../../policies/roles/requests";
import type { RoleRequests } from "../../../policies/roles/role-requests";
import { allowing } from "../../../policies/roles/role-policies";
import type { JsonObject } from "../../../iam/json";
import {
  allow,
  BUCKET_ARN,
  change,
  document,
  GRANTS,
  KEY_ARN,
  planWith,
  REGION,
  ROLE,
  ROLE_ARN,
  roleChange,
  SECRET_ARN,
  STREAM,
  STREAM_ARN,
  streamChange,
  type StreamSettings,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";
import { when } from "../../helpers/statements";

const ROLE_PATH = "http_endpoint_configuration.0.role_arn";

function requestsIn(
  purpose: RoleRequests["purpose"],
  ...plan: Parameters<typeof planWith>
): readonly [Kloudfuse, RoleRequests] {
  const kloudfuse = findKloudfuse(planOf(planWith(...plan)));
  const requests = requestsOf(kloudfuse).find((each) => each.purpose === purpose);
  if (requests === undefined) {
    throw new Error(`the plan must have requests for ${purpose}`);
  }
  return [kloudfuse, requests];
}

describe("the policies that decide what a role may do", () => {
  const identityIn = (...plan: Parameters<typeof planWith>): ReturnType<typeof identityPoliciesOf> => {
    const [kloudfuse, { use }] = requestsIn("putRecords", ...plan);
    return identityPoliciesOf(kloudfuse, use);
  };
  const labels = (identity: ReturnType<typeof identityPoliciesOf>): readonly string[] | undefined =>
    identity?.policies.map(({ label, kind }) => `${label}: ${kind}`);
  const added = (values: JsonObject, more: Partial<PlannedChange> = {}): PlannedChange =>
    change("aws_iam_role_policy.a", { name: "a", policy: document(GRANTS.putRecords), ...values }, more);
  const elsewhere = `${ROLE_PATH} of ${STREAM}: elsewhere`;
  const foreign = { role: undefined, inline: undefined };

  test("are those of a role of the plan, with their statements", () => {
    const identity = identityIn();
    expect(labels(identity)).toEqual(["aws_iam_role_policy.firehose: document"]);
    expect(identity?.statements.map((statement) => (statement === UNKNOWN ? "unknown" : statement.sid))).toEqual([
      "PutRecords",
      "FindBucket",
      "BackUp",
      "LogErrors",
    ]);
  });

  test("of a role of another root may be any", () => {
    const identity = identityIn(foreign);
    expect(labels(identity)).toEqual([elsewhere]);
    expect(identity?.statements).toEqual([{ ...allowing(UNKNOWN), policy: identity?.policies[0] }]);
  });

  test("of a role of another root include those that the plan adds", () => {
    const identity = identityIn(foreign, [added({ role: "firehose" })]);
    expect(labels(identity)).toEqual(["aws_iam_role_policy.a: document", elsewhere]);
    expect(identity?.statements.map((statement) => (statement === UNKNOWN ? "unknown" : statement.sid))).toEqual([
      "PutRecords",
      "",
    ]);
  });

  test("of a role of another root in a path include those that the plan adds to its name", () => {
    const stream = streamChange({ http: { role_arn: `arn:aws:iam::${ACCOUNT}:role/path/firehose` } });
    expect(labels(identityIn({ ...foreign, stream }, [added({ role: "firehose" })]))).toEqual([
      "aws_iam_role_policy.a: document",
      elsewhere,
    ]);
  });

  test("of a role of another root do not include those of another role", () => {
    expect(labels(identityIn(foreign, [added({ role: "other" })]))).toEqual([elsewhere]);
  });

  test.each([
    ["999999999999", [elsewhere]],
    [ACCOUNT, ["aws_iam_role_policy.a: document", elsewhere]],
  ])("of a role of another root, where the plan adds one in the account %s, are %j", (account, expected) => {
    const providers = { "aws.other": { assume_role: [{ role_arn: `arn:aws:iam::${account}:role/deploy` }] } };
    const changes = planWith(foreign, [added({ role: "firehose" }, { provider: "aws.other" })]);
    const kloudfuse = findKloudfuse(planOf(changes, { providers }));
    const [requests] = requestsOf(kloudfuse);
    expect(requests && labels(identityPoliciesOf(kloudfuse, requests.use))).toEqual(expected);
  });

  test("are not determined of a role that is not known", () => {
    const stream = streamChange({}, unknownAt(ROLE_PATH, "var.role"));
    expect(identityIn({ ...foreign, stream })).toBeUndefined();
  });
});

describe("the decision on a request", () => {
  const decided = (
    purpose: RoleRequests["purpose"],
    action: string,
    statement: JsonObject,
    settings: StreamSettings = {},
    more: readonly PlannedChange[] = [],
    isThroughAnyService = false,
  ): string => {
    const inline = change("aws_iam_role_policy.firehose", { role: "firehose", policy: document(statement) });
    const [kloudfuse, requests] = requestsIn(purpose, { inline, stream: streamChange(settings) }, more);
    const { statements = [] } = identityPoliciesOf(kloudfuse, requests.use) ?? {};
    const { result, reason } = evaluateAction(
      kloudfuse,
      requests,
      action,
      { identity: statements },
      isThroughAnyService,
    );
    return `${result}: ${reason}`;
  };
  const PUT = "firehose:PutRecord";

  test("is by the role's own statements", () => {
    expect(decided("putRecords", PUT, allow(PUT, STREAM_ARN))).toBe("allowed: allow");
    expect(decided("putRecords", PUT, allow("firehose:PutRecordBatch", STREAM_ARN))).toBe("denied: implicitDeny");
  });

  test.each([
    ["aws:RequestedRegion", REGION],
    ["aws:PrincipalArn", ROLE_ARN],
    ["aws:ResourceAccount", ACCOUNT],
  ])("knows %s", (key, value) => {
    expect(decided("putRecords", PUT, allow(PUT, "*", when("StringEquals", key, value)))).toBe("allowed: allow");
    expect(decided("putRecords", PUT, allow(PUT, "*", when("StringEquals", key, `${value}x`)))).toBe(
      "denied: implicitDeny",
    );
  });

  const KEY: StreamSettings = {
    encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN },
  };
  const viaS3 = allow("kms:Decrypt", KEY_ARN, when("StringEquals", "kms:ViaService", `s3.${REGION}.amazonaws.com`));

  test("knows the service through which a key is used", () => {
    const viaFirehose = when("StringEquals", "kms:ViaService", `firehose.${REGION}.amazonaws.com`);
    expect(decided("useKey", "kms:Decrypt", allow("kms:Decrypt", KEY_ARN, viaFirehose), KEY)).toBe("allowed: allow");
    expect(decided("useKey", "kms:Decrypt", viaS3, KEY)).toBe("denied: implicitDeny");
  });

  test("leaves the service open where it is asked for any", () => {
    expect(decided("useKey", "kms:Decrypt", viaS3, KEY, [], true)).toBe("undetermined: possibleAllow");
  });

  test("is by the account of the key", () => {
    const key_arn = "arn:aws:kms:eu-west-1:999999999999:key/1";
    const settings = { encryption: { ...KEY.encryption, key_arn } };
    const inAccount = (account: string): JsonObject =>
      allow("kms:Decrypt", "*", when("StringEquals", "aws:ResourceAccount", account));
    expect(decided("useKey", "kms:Decrypt", inAccount("999999999999"), settings)).toBe("allowed: allow");
    expect(decided("useKey", "kms:Decrypt", inAccount(ACCOUNT), settings)).toBe("denied: implicitDeny");
  });

  const FIND = "s3:ListBucket";
  const nothing = allow("sqs:SendMessage", "*");
  const bucketPolicy = (statement: JsonObject, more: Partial<PlannedChange> = {}): PlannedChange =>
    change("aws_s3_bucket_policy.p", { bucket: "backup", policy: document(statement) }, more);
  const toRole = (Effect: string): JsonObject => ({
    ...allow("s3:*", BUCKET_ARN),
    Effect,
    Principal: { AWS: ROLE_ARN },
  });

  test("is by what the bucket's policy allows too", () => {
    expect(decided("backUp", FIND, nothing)).toBe("denied: implicitDeny");
    expect(decided("backUp", FIND, nothing, {}, [bucketPolicy(toRole("Allow"))])).toBe("allowed: allow");
  });

  test("is not by what the bucket's policy denies", () => {
    expect(decided("backUp", FIND, allow(FIND, "*"), {}, [bucketPolicy(toRole("Deny"))])).toBe("allowed: allow");
  });

  test("is undetermined where the bucket's policy is not known", () => {
    const unknown = bucketPolicy(nothing, unknownAt("policy", "var.policy"));
    expect(decided("backUp", FIND, nothing, {}, [unknown])).toBe("undetermined: possibleAllow");
  });

  test("is not by a policy that the configuration leaves out", () => {
    const omitted = change("aws_s3_bucket_policy.p", { bucket: "backup" }, { unknown: ["policy"] });
    expect(decided("backUp", FIND, nothing, {}, [omitted])).toBe("denied: implicitDeny");
  });

  test("is by what the secret's policy denies", () => {
    const settings: StreamSettings = {
      http: { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN }] },
    };
    const READ = "secretsmanager:GetSecretValue";
    const secret = change("aws_secretsmanager_secret.s", { name: "kloudfuse", arn: SECRET_ARN });
    const policy = change("aws_secretsmanager_secret_policy.p", {
      secret_arn: SECRET_ARN,
      policy: document({ ...allow(READ, "*"), Effect: "Deny", Principal: "*" }),
    });
    expect(decided("readSecret", READ, allow(READ, "*"), settings, [secret])).toBe("allowed: allow");
    expect(decided("readSecret", READ, allow(READ, "*"), settings, [secret, policy])).toBe("denied: explicitDeny");
  });
});

describe("the ARN of a role", () => {
  const LOCATION = { partition: "aws", region: REGION, accountId: ACCOUNT };
  const arnIn = (
    role: PlannedChange | undefined,
    location: Parameters<typeof roleArnOf>[1] = LOCATION,
  ): Planned<string> => {
    const isReference = role?.values["arn"] === undefined && role !== undefined;
    const more = isReference ? unknownAt(ROLE_PATH, `${ROLE}.arn`) : {};
    const plan = planOf(planWith({ role, stream: streamChange({}, more) }));
    return roleArnOf(plan.linked(resourceAt(plan, STREAM), ROLE_PATH, "aws_iam_role"), location);
  };
  const created = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
    roleChange({ arn: undefined, ...values }, { unknown: ["arn"], ...more });

  test("is the one that the stream names", () => {
    expect(arnIn(undefined)).toBe(ROLE_ARN);
  });

  test("of a role that the plan creates is made from its name", () => {
    expect(arnIn(created())).toBe(ROLE_ARN);
  });

  test("of a role in a path has the path", () => {
    expect(arnIn(created({ path: "/team/" }))).toBe(`arn:aws:iam::${ACCOUNT}:role/team/firehose`);
  });

  test.each([
    ["name", created({}, { unknown: ["arn", "name"] }), LOCATION],
    ["path", created({}, { unknown: ["arn", "path"] }), LOCATION],
    ["account", created(), { ...LOCATION, accountId: UNKNOWN }],
    ["partition", created(), { ...LOCATION, partition: UNKNOWN }],
  ] as const)("is not known where its %s is not", (_, role, location) => {
    expect(arnIn(role, location)).toBe(UNKNOWN);
  });

  test("is the resource's where a name leads to it", () => {
    const plan = planOf(planWith({}, [change("aws_iam_role_policy.n", { role: "firehose" })]));
    const link = plan.linked(resourceAt(plan, "aws_iam_role_policy.n"), "role", "aws_iam_role");
    expect(roleArnOf(link, { ...LOCATION, accountId: UNKNOWN })).toBe(ROLE_ARN);
  });
});
