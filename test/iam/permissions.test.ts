import type { Reason } from "../../iam/evaluate";
import type { Text } from "../../iam/text";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import {
  ACCOUNT,
  allow,
  type Asked,
  BUCKET,
  decide,
  deny,
  FOREIGN,
  OBJECT,
  PAGE,
  type Page,
  policy,
  PUT_OBJECT,
  PUT_RECORD,
  type Result,
  ROLE_ARN,
  STREAM,
  when,
} from "./tables";

type PermissionRow = readonly [name: string, asked: Asked, statements: readonly object[], expected: Result, page: Page];

const BOTH = ["firehose:PutRecord", "firehose:PutRecordBatch"];

const IDENTITY: readonly PermissionRow[] = [
  ["no statement", PUT_RECORD, [], "denied", "evaluation"],
  ["the action on the resource", PUT_RECORD, [allow("firehose:PutRecord", STREAM)], "allowed", "evaluation"],
  ["a list with the action", PUT_RECORD, [allow(BOTH, [BUCKET, STREAM])], "allowed", "action"],
  ["another action", PUT_RECORD, [allow("firehose:PutRecordBatch", STREAM)], "denied", "action"],
  ["the action in another case", PUT_RECORD, [allow("FireHose:putRECORD", STREAM)], "allowed", "action"],
  ["an action with *", PUT_RECORD, [allow("firehose:Put*", STREAM)], "allowed", "action"],
  ["an action with ?", PUT_RECORD, [allow("firehose:PutRecor?", STREAM)], "allowed", "action"],
  ["an action with ? for nothing", PUT_RECORD, [allow("firehose:PutRecord?", STREAM)], "denied", "action"],
  ["every action of the service", PUT_RECORD, [allow("firehose:*", STREAM)], "allowed", "action"],
  ["every action", PUT_RECORD, [allow("*", "*")], "allowed", "action"],
  ["every action of another service", PUT_RECORD, [allow("s3:*", "*")], "denied", "action"],
  ["the resource in another case", PUT_RECORD, [allow(BOTH, STREAM.toUpperCase())], "denied", "resource"],
  ["the resource with a suffix", PUT_RECORD, [allow(BOTH, `${STREAM}-2`)], "denied", "resource"],
  ["a resource with *", PUT_RECORD, [allow(BOTH, `${STREAM.slice(0, -4)}*`)], "allowed", "resource"],
  ["a resource with ?", PUT_RECORD, [allow(BOTH, `${STREAM.slice(0, -1)}?`)], "allowed", "resource"],
  [
    "any region and account",
    PUT_RECORD,
    [allow(BOTH, "arn:aws:firehose:*:*:deliverystream/kloudfuse-*")],
    "allowed",
    "resource",
  ],
  ["another region", PUT_RECORD, [allow(BOTH, STREAM.replace("eu-west-1", "us-east-1"))], "denied", "resource"],
  ["another account", PUT_RECORD, [allow(BOTH, STREAM.replace(ACCOUNT, FOREIGN))], "denied", "resource"],
  ["another partition", PUT_RECORD, [allow(BOTH, STREAM.replace("arn:aws:", "arn:aws-cn:"))], "denied", "resource"],
  ["an ARN that IAM completes", PUT_RECORD, [allow(BOTH, "arn:aws:firehose")], "allowed", "resource"],
  [
    "a wildcard across a colon",
    PUT_RECORD,
    [allow(BOTH, "arn:aws:firehose:*kloudfuse-logs")],
    "undetermined",
    "resource",
  ],
  ["the bucket for its objects", PUT_OBJECT, [allow("s3:PutObject", BUCKET)], "denied", "resource"],
  ["bucket/*", PUT_OBJECT, [allow("s3:PutObject", `${BUCKET}/*`)], "allowed", "resource"],
  ["bucket*", PUT_OBJECT, [allow("s3:PutObject", `${BUCKET}*`)], "allowed", "resource"],
  [
    "another prefix",
    PUT_OBJECT,
    [allow("s3:PutObject", `${BUCKET}/kloudfuse-metrics-failures/*`)],
    "denied",
    "resource",
  ],
  [
    "NotAction with the action",
    PUT_RECORD,
    [{ Effect: "Allow", NotAction: "firehose:*", Resource: "*" }],
    "denied",
    "notAction",
  ],
  [
    "NotAction without it",
    PUT_RECORD,
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    "allowed",
    "notAction",
  ],
  [
    "NotAction in another case",
    PUT_RECORD,
    [{ Effect: "Allow", NotAction: "FIREHOSE:*", Resource: "*" }],
    "denied",
    "notAction",
  ],
  ["NotResource with it", PUT_RECORD, [{ Effect: "Allow", Action: "*", NotResource: STREAM }], "denied", "notResource"],
  [
    "NotResource without it",
    PUT_RECORD,
    [{ Effect: "Allow", Action: "*", NotResource: BUCKET }],
    "allowed",
    "notResource",
  ],
  ["a Deny beside an Allow", PUT_RECORD, [allow("*", "*"), deny("firehose:*", "*")], "denied", "evaluation"],
  ["a Deny before an Allow", PUT_RECORD, [deny("firehose:*", "*"), allow("*", "*")], "denied", "evaluation"],
  ["a Deny of another resource", PUT_RECORD, [allow("*", "*"), deny("*", BUCKET)], "allowed", "evaluation"],
  [
    "a Deny of all but another service",
    PUT_RECORD,
    [allow("*", "*"), { Effect: "Deny", NotAction: "s3:*", Resource: "*" }],
    "denied",
    "notAction",
  ],
  [
    "a Deny of all but the resource",
    PUT_RECORD,
    [allow("*", "*"), { Effect: "Deny", Action: "*", NotResource: STREAM }],
    "allowed",
    "notResource",
  ],
  [
    "a Deny under a condition that is not known",
    PUT_RECORD,
    [allow("*", "*"), deny("*", "*", when("StringNotEquals", "aws:SourceVpc", "vpc-1"))],
    "undetermined",
    "evaluation",
  ],
  [
    "a Deny of requests without TLS",
    PUT_RECORD,
    [allow("*", "*"), deny("*", "*", when("Bool", "aws:SecureTransport", false))],
    "allowed",
    "keys",
  ],
  [
    "an Allow under a condition that is not known",
    PUT_RECORD,
    [allow("*", "*", when("StringEquals", "aws:PrincipalOrgID", "o-1"))],
    "undetermined",
    "keys",
  ],
  [
    "an unconditional Allow beside one under a condition",
    PUT_RECORD,
    [allow("*", "*", when("StringEquals", "aws:PrincipalOrgID", "o-1")), allow("*", STREAM)],
    "allowed",
    "evaluation",
  ],
  [
    "a condition that cannot matter",
    PUT_RECORD,
    [allow("s3:*", "*", when("StringEquals", "aws:PrincipalOrgID", "o-1"))],
    "denied",
    "evaluation",
  ],
  [
    "another account as aws:ResourceAccount",
    PUT_RECORD,
    [allow("*", "*", when("StringEquals", "aws:ResourceAccount", FOREIGN))],
    "denied",
    "keys",
  ],
  [
    "a variable in the resource",
    PUT_OBJECT,
    [allow("*", "arn:aws:s3:::${aws:PrincipalTag/bucket}/*")],
    "undetermined",
    "variables",
  ],
  [
    "a variable that is the account",
    PUT_RECORD,
    [allow("*", "arn:aws:firehose:eu-west-1:${aws:PrincipalAccount}:deliverystream/*")],
    "allowed",
    "variables",
  ],
  ["a variable without a value", PUT_OBJECT, [allow("*", `${BUCKET}/\${aws:SourceAccount}*`)], "denied", "variables"],
  [
    "a variable's default",
    PUT_OBJECT,
    [allow("*", `${BUCKET}/\${aws:SourceAccount, 'kloudfuse'}*`)],
    "allowed",
    "variables",
  ],
  ["${*}, which is no wildcard", PUT_OBJECT, [allow("*", `${BUCKET}/\${*}`)], "denied", "variables"],
  ["${?}, which is no wildcard", PUT_OBJECT, [allow("*", `${OBJECT.slice(0, -1)}\${?}`)], "denied", "variables"],
];

describe("the policies of a role", () => {
  test.each(IDENTITY)("with %s", (_, asked, statements, expected, page) => {
    expect({ result: decide(asked, { identity: policy(...statements) }).result, page: PAGE[page] }).toEqual({
      result: expected,
      page: PAGE[page],
    });
  });

  test("of version 2008-10-17 have no variables", () => {
    const resource = `${BUCKET}/\${aws:PrincipalAccount}`;
    const [statement] = policy(allow("*", resource));
    const old = statement && [{ ...statement, ignoresVariables: true }];
    expect(decide({ action: "s3:PutObject", resource }, { identity: old ?? [] }).result).toBe("allowed");
    expect(decide({ action: "s3:PutObject", resource }, { identity: policy(allow("*", resource)) }).result).toBe(
      "denied",
    );
  });

  test("leave a request undetermined when one is not known, except against a Deny", () => {
    expect(decide(PUT_RECORD, { identity: [UNKNOWN] }).result).toBe("undetermined");
    expect(decide(PUT_RECORD, { identity: [UNKNOWN, ...policy(allow("*", "*"))] }).reason).toBe("possibleDeny");
    expect(decide(PUT_RECORD, { identity: [UNKNOWN, ...policy(deny("*", "*"))] }).result).toBe("denied");
  });

  test("cover a resource of which a part is not known when they cover every such resource", () => {
    const resource: Text = [`${BUCKET}/kloudfuse-logs-failures/`, UNKNOWN];
    const result = (pattern: string): Result =>
      decide({ action: "s3:PutObject", resource }, { identity: policy(allow("*", pattern)) }).result;
    expect(result(`${BUCKET}/kloudfuse-logs-failures/*`)).toBe("allowed");
    expect(result(`${BUCKET}/kloudfuse-logs-failures/2026/*`)).toBe("undetermined");
    expect(result(`${BUCKET}/kloudfuse-metrics-failures/*`)).toBe("denied");
  });

  test("with an action or a resource that is not known are undetermined, where it can matter", () => {
    const [statement] = policy(allow("s3:PutObject", `${BUCKET}/*`));
    const part = { negated: false, values: [UNKNOWN] } as const;
    const result = (asked: Asked, change: object): Result | undefined =>
      statement && decide(asked, { identity: [{ ...statement, ...change }] }).result;
    expect(result(PUT_OBJECT, { actions: part })).toBe("undetermined");
    expect(result(PUT_OBJECT, { resources: part })).toBe("undetermined");
    expect(result(PUT_RECORD, { resources: part })).toBe("denied");
  });

  test("match a pattern that would take a regular expression for ever", () => {
    const resource = `${BUCKET}/${"a".repeat(2000)}`;
    const pattern = `${BUCKET}/${"a*".repeat(500)}b`;
    expect(decide({ action: "s3:PutObject", resource }, { identity: policy(allow("*", pattern)) }).result).toBe(
      "denied",
    );
  });
});

interface PolicySets {
  readonly identity?: readonly object[];
  readonly boundary?: readonly object[];
  readonly resource?: readonly object[];
  readonly isSameAccount?: boolean;
}

const to = (Principal: unknown, more: object = {}): object => ({ Principal, ...more });
const ALL = [allow("*", "*")];
const NONE = [allow("iam:GetRole", "*")];
const bucketAllows = (Principal: unknown, more: object = {}): object =>
  allow("s3:PutObject", `${BUCKET}/*`, to(Principal, more));
const bucketDenies = (Principal: unknown, more: object = {}): object =>
  deny("s3:PutObject", `${BUCKET}/*`, to(Principal, more));
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/firehose/session`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

const BUCKET_POLICIES: readonly (readonly [
  name: string,
  sets: PolicySets,
  result: Result,
  reason: Reason,
  page: Page,
])[] = [
  ["a boundary that allows it", { identity: ALL, boundary: [allow("s3:*", "*")] }, "allowed", "allow", "boundaries"],
  ["a boundary that does not", { identity: ALL, boundary: NONE }, "denied", "boundary", "boundaries"],
  ["a boundary alone", { boundary: ALL }, "denied", "implicitDeny", "boundaries"],
  [
    "a boundary that denies it",
    { identity: ALL, boundary: [...ALL, deny("s3:*", "*")] },
    "denied",
    "explicitDeny",
    "boundaries",
  ],
  [
    "a boundary under a condition that is not known",
    { identity: ALL, boundary: [allow("*", "*", when("StringEquals", "aws:PrincipalOrgID", "o-1"))] },
    "undetermined",
    "possibleAllow",
    "boundaries",
  ],
  [
    "the role in the bucket's policy",
    { resource: [bucketAllows({ AWS: ROLE_ARN })] },
    "allowed",
    "allow",
    "singleAccount",
  ],
  [
    "the role in it, bounded",
    { boundary: NONE, resource: [bucketAllows({ AWS: ROLE_ARN })] },
    "denied",
    "boundary",
    "evaluation",
  ],
  ["everybody in it", { resource: [bucketAllows("*")] }, "allowed", "allow", "principal"],
  ["AWS:* in it", { resource: [bucketAllows({ AWS: "*" })] }, "allowed", "allow", "principal"],
  [
    "everybody under aws:PrincipalArn, bounded",
    { boundary: NONE, resource: [bucketAllows("*", when("ArnEquals", "aws:PrincipalArn", ROLE_ARN))] },
    "allowed",
    "allow",
    "principal",
  ],
  [
    "everybody under another's aws:PrincipalArn",
    { resource: [bucketAllows("*", when("ArnEquals", "aws:PrincipalArn", `${ROLE_ARN}2`))] },
    "denied",
    "implicitDeny",
    "keys",
  ],
  [
    "a session of the role in it",
    { resource: [bucketAllows({ AWS: SESSION })] },
    "undetermined",
    "possibleAllow",
    "principal",
  ],
  [
    "a session of another role in it",
    { resource: [bucketAllows({ AWS: SESSION.replace("firehose", "other") })] },
    "denied",
    "implicitDeny",
    "principal",
  ],
  ["another role in it", { resource: [bucketAllows({ AWS: `${ROLE_ARN}2` })] }, "denied", "implicitDeny", "principal"],
  [
    "the role in another case",
    { resource: [bucketAllows({ AWS: ROLE_ARN.replace("firehose", "Firehose") })] },
    "denied",
    "implicitDeny",
    "principal",
  ],
  [
    "a wildcard in the role's name",
    { resource: [bucketAllows({ AWS: ROLE_ARN.replace("firehose", "*") })] },
    "denied",
    "implicitDeny",
    "principal",
  ],
  ["the account alone", { resource: [bucketAllows({ AWS: ROOT })] }, "undetermined", "possibleAllow", "principal"],
  [
    "the account and the role's policy",
    { identity: ALL, resource: [bucketAllows({ AWS: ACCOUNT })] },
    "allowed",
    "allow",
    "principal",
  ],
  ["a foreign account", { resource: [bucketAllows({ AWS: FOREIGN })] }, "denied", "implicitDeny", "principal"],
  [
    "the service instead of the role",
    { resource: [bucketAllows({ Service: "firehose.amazonaws.com" })] },
    "denied",
    "implicitDeny",
    "principal",
  ],
  ["a Deny of everybody", { identity: ALL, resource: [bucketDenies("*")] }, "denied", "explicitDeny", "evaluation"],
  [
    "a Deny of the role",
    { identity: ALL, resource: [bucketDenies({ AWS: ROLE_ARN })] },
    "denied",
    "explicitDeny",
    "evaluation",
  ],
  [
    "a Deny of its account",
    { identity: ALL, resource: [bucketDenies({ AWS: ROOT })] },
    "denied",
    "explicitDeny",
    "principal",
  ],
  [
    "a Deny of its account by id",
    { identity: ALL, resource: [bucketDenies({ AWS: ACCOUNT })] },
    "denied",
    "explicitDeny",
    "principal",
  ],
  [
    "a Deny of another role",
    { identity: ALL, resource: [bucketDenies({ AWS: `${ROLE_ARN}2` })] },
    "allowed",
    "allow",
    "evaluation",
  ],
  [
    "a Deny of a service",
    { identity: ALL, resource: [bucketDenies({ Service: "firehose.amazonaws.com" })] },
    "allowed",
    "allow",
    "principal",
  ],
  [
    "a Deny of everybody but the role and its account",
    { identity: ALL, resource: [{ ...bucketDenies(undefined), NotPrincipal: { AWS: [ROLE_ARN, ROOT] } }] },
    "allowed",
    "allow",
    "notPrincipal",
  ],
  [
    "a Deny of everybody but the role, without its account",
    { identity: ALL, resource: [{ ...bucketDenies(undefined), NotPrincipal: { AWS: ROLE_ARN } }] },
    "undetermined",
    "possibleDeny",
    "notPrincipal",
  ],
  [
    "a Deny of everybody but the role, bounded",
    {
      identity: ALL,
      boundary: ALL,
      resource: [{ ...bucketDenies(undefined), NotPrincipal: { AWS: [ROLE_ARN, ROOT] } }],
    },
    "denied",
    "explicitDeny",
    "notPrincipal",
  ],
  [
    "a Deny of everybody but another role",
    { identity: ALL, resource: [{ ...bucketDenies(undefined), NotPrincipal: { AWS: [`${ROLE_ARN}2`, ROOT] } }] },
    "denied",
    "explicitDeny",
    "notPrincipal",
  ],
  [
    "a Deny of other principals by aws:PrincipalArn",
    { identity: ALL, resource: [bucketDenies("*", when("ArnNotEquals", "aws:PrincipalArn", ROLE_ARN))] },
    "allowed",
    "allow",
    "notPrincipal",
  ],
  [
    "a Deny of other principals, the role in another form",
    { identity: ALL, resource: [bucketDenies("*", when("StringNotEquals", "aws:PrincipalArn", SESSION))] },
    "denied",
    "explicitDeny",
    "keys",
  ],
  [
    "a Deny of requests without encryption",
    {
      identity: ALL,
      resource: [bucketDenies("*", when("StringNotEquals", "s3:x-amz-server-side-encryption", "aws:kms"))],
    },
    "undetermined",
    "possibleDeny",
    "s3Examples",
  ],
  [
    "a Deny of services that work for others, which a role does not",
    { identity: ALL, resource: [bucketDenies("*", when("StringNotEqualsIfExists", "aws:SourceAccount", ACCOUNT))] },
    "denied",
    "explicitDeny",
    "keys",
  ],
  [
    "TLS only",
    { identity: ALL, resource: [bucketDenies("*", when("Bool", "aws:SecureTransport", "false"))] },
    "allowed",
    "allow",
    "s3Tls",
  ],
  [
    "both, across accounts",
    { identity: ALL, resource: [bucketAllows({ AWS: ROLE_ARN })], isSameAccount: false },
    "allowed",
    "allow",
    "crossAccount",
  ],
  [
    "the account, across accounts",
    { identity: ALL, resource: [bucketAllows({ AWS: ROOT })], isSameAccount: false },
    "allowed",
    "allow",
    "crossAccount",
  ],
  [
    "the role's policy alone, across accounts",
    { identity: ALL, isSameAccount: false },
    "denied",
    "resourcePolicy",
    "crossAccount",
  ],
  [
    "the bucket's policy alone, across accounts",
    { resource: [bucketAllows({ AWS: ROLE_ARN })], isSameAccount: false },
    "denied",
    "implicitDeny",
    "crossAccount",
  ],
];

describe("an upload to the bucket", () => {
  test.each(BUCKET_POLICIES)(
    "with %s",
    (_, { identity = [], boundary, resource, isSameAccount = true }, result, reason, page) => {
      const decision = decide(PUT_OBJECT, {
        identity: policy(...identity),
        boundary: boundary && policy(...boundary),
        resource: resource && policy(...resource),
        isSameAccount,
      });
      expect({ result: decision.result, reason: decision.reason, page: PAGE[page] }).toEqual({
        result,
        reason,
        page: PAGE[page],
      });
    },
  );

  test("is undetermined when it is not known whose the bucket is, unless it does not matter", () => {
    const isSameAccount: Planned<boolean> = UNKNOWN;
    expect(decide(PUT_OBJECT, { identity: policy(...ALL), isSameAccount }).result).toBe("undetermined");
    expect(decide(PUT_OBJECT, { identity: policy(...NONE), isSameAccount }).result).toBe("denied");
    const resource = policy(bucketAllows({ AWS: ROLE_ARN }));
    expect(decide(PUT_OBJECT, { identity: policy(...ALL), resource, isSameAccount }).result).toBe("allowed");
  });

  test("is undetermined when the bucket's policy is not known, which may deny it", () => {
    expect(decide(PUT_OBJECT, { identity: policy(...ALL), resource: [UNKNOWN] }).reason).toBe("possibleDeny");
    expect(decide(PUT_OBJECT, { resource: [UNKNOWN] }).result).toBe("undetermined");
  });
});
