import type { Decision, Policies, Statements } from "../../iam/evaluate";
import type { AwsLocation } from "../../iam/request";
import { evaluateResourcePolicy, externalGrantees, deniesRequestsWithoutTls } from "../../iam/resource-policy";
import type { Condition, Patterns, Statement } from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import {
  ACCOUNT,
  allow,
  BUCKET,
  deny,
  FOREIGN,
  LOCATION,
  PAGE,
  type Page,
  policy,
  PUT_OBJECT,
  requestOf,
  ROLE_ARN,
  when,
} from "./tables";

const OBJECTS = `${BUCKET}/*`;
const ALL_OF_IT = [BUCKET, OBJECTS];
const EVERYBODY = { Principal: "*" };
const HTTP = when("Bool", "aws:SecureTransport", "false");
const denyHttp = (Action: unknown, Resource: unknown, more: object = {}): object =>
  deny(Action, Resource, { ...EVERYBODY, ...HTTP, ...more });

const TLS: readonly (readonly [
  name: string,
  statements: readonly object[],
  refuses: boolean | "undetermined",
  page: Page,
])[] = [
  ["no Deny", [], false, "s3Tls"],
  ["s3:* on bucket and objects", [denyHttp("s3:*", ALL_OF_IT)], true, "s3Tls"],
  ["a boolean", [denyHttp("s3:*", ALL_OF_IT, when("Bool", "aws:SecureTransport", false))], true, "operators"],
  ["False", [denyHttp("s3:*", ALL_OF_IT, when("Bool", "aws:SecureTransport", "False"))], true, "operators"],
  [
    "BoolIfExists",
    [denyHttp("s3:*", ALL_OF_IT, when("BoolIfExists", "aws:SecureTransport", "false"))],
    true,
    "operators",
  ],
  [
    "StringEquals",
    [denyHttp("s3:*", ALL_OF_IT, when("StringEquals", "aws:SecureTransport", "false"))],
    true,
    "operators",
  ],
  [
    "StringNotEquals true",
    [denyHttp("s3:*", ALL_OF_IT, when("StringNotEquals", "aws:SecureTransport", "true"))],
    true,
    "operators",
  ],
  [
    "the key in another case",
    [denyHttp("s3:*", ALL_OF_IT, when("Bool", "AWS:securetransport", "false"))],
    true,
    "condition",
  ],
  ["every action", [denyHttp("*", ALL_OF_IT)], true, "action"],
  ["the action in another case", [denyHttp("S3:*", ALL_OF_IT)], true, "action"],
  ["AWS:*", [denyHttp("s3:*", ALL_OF_IT, { Principal: { AWS: "*" } })], true, "principal"],
  ["two statements", [denyHttp("s3:*", BUCKET), denyHttp("s3:*", OBJECTS)], true, "evaluation"],
  ["bucket*", [denyHttp("s3:*", `${BUCKET}*`)], true, "resource"],
  ["every resource", [denyHttp("s3:*", "*")], true, "resource"],
  [
    "NotResource of another bucket",
    [denyHttp("s3:*", undefined, { NotResource: "arn:aws:s3:::other" })],
    true,
    "notResource",
  ],
  ["NotAction of another service", [denyHttp(undefined, ALL_OF_IT, { NotAction: "iam:*" })], true, "notAction"],
  ["s3:Put* alone", [denyHttp("s3:Put*", ALL_OF_IT)], false, "action"],
  ["the actions of today", [denyHttp(["s3:GetObject", "s3:PutObject", "s3:ListBucket"], ALL_OF_IT)], false, "action"],
  ["the bucket alone", [denyHttp("s3:*", BUCKET)], false, "resource"],
  ["the objects alone", [denyHttp("s3:*", OBJECTS)], false, "resource"],
  ["some objects", [denyHttp("s3:*", [BUCKET, `${BUCKET}/kloudfuse-logs-failures/*`])], false, "resource"],
  ["another bucket", [denyHttp("s3:*", ["arn:aws:s3:::other", "arn:aws:s3:::other/*"])], false, "resource"],
  ["the own account alone", [denyHttp("s3:*", ALL_OF_IT, { Principal: { AWS: ACCOUNT } })], false, "principal"],
  [
    "everybody but a foreign account",
    [denyHttp("s3:*", ALL_OF_IT, { Principal: undefined, NotPrincipal: { AWS: FOREIGN } })],
    false,
    "notPrincipal",
  ],
  ["requests with TLS", [denyHttp("s3:*", ALL_OF_IT, when("Bool", "aws:SecureTransport", "true"))], false, "operators"],
  [
    "an Allow with TLS",
    [allow("s3:*", ALL_OF_IT, { ...EVERYBODY, ...when("Bool", "aws:SecureTransport", "true") })],
    false,
    "s3Tls",
  ],
  ["old TLS alone", [denyHttp("s3:*", ALL_OF_IT, when("NumericLessThan", "s3:TlsVersion", "1.2"))], false, "operators"],
  [
    "Null, which is never met",
    [denyHttp("s3:*", ALL_OF_IT, when("Null", "aws:SecureTransport", "true"))],
    false,
    "operators",
  ],
  [
    "everybody whose account is not an exempt one",
    [
      denyHttp("s3:*", ALL_OF_IT, {
        Condition: { Bool: { "aws:SecureTransport": "false" }, StringNotEquals: { "aws:PrincipalAccount": FOREIGN } },
      }),
    ],
    "undetermined",
    "keys",
  ],
  [
    "everybody but the own account",
    [denyHttp("s3:*", ALL_OF_IT, { Principal: undefined, NotPrincipal: { AWS: ACCOUNT } })],
    false,
    "notPrincipal",
  ],
  [
    "an Allow of the own account beside the Deny",
    [allow("*", "*", { Principal: { AWS: ACCOUNT } }), denyHttp("s3:*", ALL_OF_IT)],
    true,
    "evaluation",
  ],
  [
    "every action but GetBucketLocation",
    [denyHttp(undefined, ALL_OF_IT, { NotAction: "s3:GetBucketLocation" })],
    false,
    "notAction",
  ],
  ["every action but ListBucket", [denyHttp(undefined, ALL_OF_IT, { NotAction: "s3:ListBucket" })], false, "notAction"],
  [
    "every action but the list of uploads",
    [denyHttp(undefined, ALL_OF_IT, { NotAction: "s3:ListBucketMultipartUploads" })],
    false,
    "notAction",
  ],
  [
    "every action but DeleteObject",
    [denyHttp(undefined, ALL_OF_IT, { NotAction: "s3:DeleteObject" })],
    false,
    "notAction",
  ],
  ["every action but GetObject", [denyHttp(undefined, ALL_OF_IT, { NotAction: "s3:GetObject" })], false, "notAction"],
  [
    "requests by old TLS, which plain HTTP is not",
    [denyHttp("s3:*", ALL_OF_IT, when("NumericLessThanIfExists", "s3:TlsVersion", "1.2"))],
    true,
    "operators",
  ],
  [
    "another condition too",
    [
      denyHttp("s3:*", ALL_OF_IT, {
        Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:SourceVpc": "vpc-1" } },
      }),
    ],
    "undetermined",
    "condition",
  ],
];

describe("the policy of a bucket refuses plain HTTP", () => {
  test.each(TLS)("with %s", (_, statements, expected, page) => {
    const refuses = deniesRequestsWithoutTls(policy(...statements), BUCKET, LOCATION);
    expect({ refuses: refuses === UNKNOWN ? "undetermined" : refuses, page: PAGE[page] }).toEqual({
      refuses: expected,
      page: PAGE[page],
    });
  });

  test("perhaps, when it is not known", () => {
    expect(deniesRequestsWithoutTls([UNKNOWN], BUCKET, LOCATION)).toBe(UNKNOWN);
    expect(deniesRequestsWithoutTls([UNKNOWN, ...policy(denyHttp("s3:*", ALL_OF_IT))], BUCKET, LOCATION)).toBe(true);
  });
});

const get = (Principal: unknown, more: object = {}): object => allow("s3:GetObject", OBJECTS, { Principal, ...more });

/** `!` for certain, `?` perhaps. */
const OUTSIDE: readonly (readonly [
  name: string,
  statements: readonly object[],
  found: readonly string[],
  page: Page,
])[] = [
  ["nobody", [], [], "evaluation"],
  ["the role", [get({ AWS: ROLE_ARN })], [], "principal"],
  ["the own account", [get({ AWS: ACCOUNT })], [], "principal"],
  ["everybody", [get("*")], ["everyone *!"], "principal"],
  ["AWS:*", [get({ AWS: "*" })], ["everyone AWS:*!"], "principal"],
  ["NotPrincipal", [get(undefined, { NotPrincipal: { AWS: FOREIGN } })], ["everyone NotPrincipal!"], "notPrincipal"],
  ["a foreign account", [get({ AWS: FOREIGN })], [`account AWS:${FOREIGN}!`], "principal"],
  [
    "a foreign root",
    [get({ AWS: `arn:aws:iam::${FOREIGN}:root` })],
    [`account AWS:arn:aws:iam::${FOREIGN}:root!`],
    "principal",
  ],
  [
    "a foreign role",
    [get({ AWS: `arn:aws:iam::${FOREIGN}:role/r` })],
    [`account AWS:arn:aws:iam::${FOREIGN}:role/r!`],
    "principal",
  ],
  ["own and foreign", [get({ AWS: [ACCOUNT, FOREIGN] })], [`account AWS:${FOREIGN}!`], "principal"],
  [
    "a canonical user",
    [get({ CanonicalUser: "79a59df900b949e5" })],
    ["account CanonicalUser:79a59df900b949e5?"],
    "principal",
  ],
  ["everybody of the account", [get("*", when("StringEquals", "aws:PrincipalAccount", ACCOUNT))], [], "keys"],
  [
    "everybody of two accounts",
    [get("*", when("StringEquals", "aws:PrincipalAccount", [ACCOUNT, FOREIGN]))],
    ["everyone *!"],
    "keys",
  ],
  [
    "everybody of an organization",
    [get("*", when("StringEquals", "aws:PrincipalOrgID", "o-1"))],
    ["everyone *?"],
    "keys",
  ],
  ["everybody from a VPC", [get("*", when("StringEquals", "aws:SourceVpce", "vpce-1"))], ["everyone *?"], "keys"],
  ["everybody with TLS", [get("*", when("Bool", "aws:SecureTransport", "true"))], ["everyone *!"], "s3Tls"],
  [
    "everybody, with a Deny of other accounts",
    [get("*"), deny("*", OBJECTS, { ...EVERYBODY, ...when("StringNotEquals", "aws:PrincipalAccount", ACCOUNT) })],
    [],
    "evaluation",
  ],
  [
    "everybody, with a Deny that is not known",
    [get("*"), deny("*", OBJECTS, { ...EVERYBODY, ...when("StringNotEquals", "aws:SourceVpce", "vpce-1") })],
    ["everyone *?"],
    "evaluation",
  ],
  ["everybody another action", [allow("s3:PutObject", OBJECTS, EVERYBODY)], [], "action"],
  ["a service", [get({ Service: "logging.s3.amazonaws.com" })], [], "principal"],
];

test.each(OUTSIDE)("the policy of a bucket lets in from outside: %s", (_, statements, expected, page) => {
  const found = externalGrantees(policy(...statements), `${BUCKET}/1`, LOCATION, ["s3:GetObject"]).map(
    ({ kind, principal, isCertain }) => `${kind} ${principal}${isCertain ? "!" : "?"}`,
  );
  expect({ found, page: PAGE[page] }).toEqual({ found: expected, page: PAGE[page] });
});

const granteesOf = (statements: Statements, actions: readonly string[] = ["s3:GetObject"]): readonly string[] =>
  externalGrantees(statements, `${BUCKET}/1`, LOCATION, actions).map(
    ({ kind, principal, action, isCertain }) => `${kind} ${principal} ${action}${isCertain ? "!" : "?"}`,
  );

/** What is known of a request from outside: `!` where everybody may for certain, `?` perhaps. */
const CONDITIONS: readonly (readonly [
  operator: string,
  key: string,
  values: unknown,
  found: "!" | "?" | undefined,
  page: Page,
])[] = [
  ["Bool", "aws:SecureTransport", "false", undefined, "keys"],
  ["StringEquals", "aws:PrincipalAccount", FOREIGN, "!", "keys"],
  ["StringEquals", "aws:PrincipalAccount", "anonymous", "!", "keys"],
  ["StringEquals", "kms:CallerAccount", FOREIGN, "!", "kmsConditions"],
  ["StringEquals", "kms:CallerAccount", ACCOUNT, undefined, "kmsConditions"],
  ["IpAddress", "aws:SourceIp", "0.0.0.0/0", "!", "operators"],
  ["IpAddress", "aws:SourceIp", "203.0.113.0/24", "?", "operators"],
  ["Null", "aws:SourceIp", "true", undefined, "operators"],
  ["Bool", "aws:PrincipalIsAWSService", "true", undefined, "keys"],
  ["Bool", "aws:PrincipalIsAWSService", "false", "!", "keys"],
  ["StringLike", "aws:PrincipalServiceName", "*", undefined, "keys"],
  ["StringLike", "aws:SourceAccount", "*", undefined, "keys"],
  ["ArnLike", "aws:SourceArn", "*", undefined, "keys"],
  ["StringEquals", "aws:SourceOrgID", "o-1", undefined, "keys"],
  ["ForAnyValue:StringLike", "aws:SourceOrgPaths", "*", undefined, "keys"],
  ["ForAnyValue:StringLike", "aws:PrincipalServiceNamesList", "*", undefined, "keys"],
  ["Null", "aws:PrincipalArn", "true", "!", "keys"],
  ["Null", "aws:PrincipalOrgID", "true", "!", "keys"],
  ["Null", "aws:PrincipalArn", "false", "?", "keys"],
];

test.each(CONDITIONS)("everybody from outside under %s %s %j", (operator, key, values, found, page) => {
  expect({ found: granteesOf(policy(get("*", when(operator, key, values)))), page: PAGE[page] }).toEqual({
    found: found === undefined ? [] : [`everyone * s3:GetObject${found}`],
    page: PAGE[page],
  });
});

test("somebody from outside is found with the first action that is allowed for certain, else perhaps", () => {
  const statements = [allow("s3:PutObject", OBJECTS, EVERYBODY), allow("s3:*", "*", { Principal: { AWS: FOREIGN } })];
  const [first, second] = policy(...statements);
  const actions = ["s3:ListBucket", "s3:GetObject", "s3:PutObject"];
  expect(externalGrantees(policy(...statements), `${BUCKET}/1`, LOCATION, actions)).toEqual([
    { kind: "everyone", principal: "*", action: "s3:PutObject", isCertain: true, statement: first },
    { kind: "account", principal: `AWS:${FOREIGN}`, action: "s3:ListBucket", isCertain: true, statement: second },
  ]);
  const deny = denyHttp(["s3:ListBucket"], "*", when("StringEquals", "aws:SourceVpc", "vpc-1"));
  expect(granteesOf(policy(deny, get({ AWS: FOREIGN }, { Action: "s3:*" })), actions)).toEqual([
    `account AWS:${FOREIGN} s3:GetObject!`,
  ]);
  const perhaps = get({ AWS: FOREIGN }, { Action: ["s3:ListBucket"], Resource: "*" });
  expect(granteesOf(policy(deny, perhaps), actions)).toEqual([`account AWS:${FOREIGN} s3:ListBucket?`]);
});

test("an account from outside may choose what is not known of its requests, unless a Deny applies", () => {
  const inVpc = when("StringEquals", "aws:SourceVpc", "vpc-1");
  expect(granteesOf(policy(get({ AWS: FOREIGN }, inVpc)))).toEqual([`account AWS:${FOREIGN} s3:GetObject!`]);
  const otherAccounts = when("StringNotEquals", "aws:PrincipalAccount", ACCOUNT);
  expect(granteesOf(policy(get({ AWS: FOREIGN }), deny("*", "*", { ...EVERYBODY, ...otherAccounts })))).toEqual([]);
  expect(granteesOf(policy(get({ AWS: FOREIGN }, otherAccounts)))).toEqual([`account AWS:${FOREIGN} s3:GetObject!`]);
  expect(granteesOf(policy(get({ AWS: FOREIGN }, when("StringEquals", "aws:PrincipalAccount", ACCOUNT))))).toEqual([]);
});

test("a policy without principals lets nobody in", () => {
  expect(granteesOf(policy(allow("s3:GetObject", OBJECTS)))).toEqual([]);
});

test("every service is nobody from outside", () => {
  expect(granteesOf(policy(get({ Service: "*" })))).toEqual([]);
});

test("a part of a policy that is not known may deny what another part allows", () => {
  expect(granteesOf([UNKNOWN])).toEqual([]);
  expect(granteesOf([UNKNOWN, ...policy(get("*"))])).toEqual(["everyone * s3:GetObject?"]);
});

const statementOf = (more: Partial<Statement>): Statement => ({
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["s3:GetObject"] },
  resources: { negated: false, values: [OBJECTS] },
  principals: { negated: false, ids: [{ type: "AWS", id: FOREIGN }] },
  conditions: [],
  ...more,
});
const UNKNOWN_VALUE: Patterns = { negated: false, values: [UNKNOWN] };
const ORGANIZATION: Condition = { operator: "StringEquals", key: "aws:PrincipalOrgID", values: ["o-1"] };

test.each<[name: string, statement: Partial<Statement>, found: string]>([
  ["nothing", {}, `account AWS:${FOREIGN} s3:GetObject!`],
  ["no resource, as in a policy of a key", { resources: undefined }, `account AWS:${FOREIGN} s3:GetObject!`],
  ["an action", { actions: UNKNOWN_VALUE }, `account AWS:${FOREIGN} s3:GetObject?`],
  ["a resource", { resources: UNKNOWN_VALUE }, `account AWS:${FOREIGN} s3:GetObject?`],
  [
    "a principal",
    { principals: { negated: false, ids: [{ type: "AWS", id: UNKNOWN }] } },
    "account AWS:(not known) s3:GetObject?",
  ],
  [
    "a value of a condition",
    { conditions: [{ ...ORGANIZATION, values: [UNKNOWN] }] },
    `account AWS:${FOREIGN} s3:GetObject?`,
  ],
  ["a key of a condition", { conditions: [{ ...ORGANIZATION, key: UNKNOWN }] }, `account AWS:${FOREIGN} s3:GetObject?`],
  ["no part of a condition", { conditions: [ORGANIZATION] }, `account AWS:${FOREIGN} s3:GetObject!`],
])("somebody from outside is certain unless a part of the statement is not known: %s", (_, statement, found) => {
  expect(granteesOf([statementOf(statement)])).toEqual([found]);
});

test("a bucket in an account that is not known may be that of an account that its policy names", () => {
  const location: AwsLocation = { ...LOCATION, accountId: UNKNOWN };
  const found = externalGrantees(policy(get({ AWS: FOREIGN })), `${BUCKET}/1`, location, ["s3:GetObject"]);
  expect(found.map(({ principal }) => principal)).toEqual([`AWS:${FOREIGN}`]);
  expect(deniesRequestsWithoutTls(policy(denyHttp("s3:*", ALL_OF_IT)), BUCKET, location)).toBe(true);
});

const ROLE = { Principal: { AWS: ROLE_ARN } };

test.each<
  [
    name: string,
    statements: () => Statements,
    isSameAccount: Policies["isSameAccount"],
    result: Decision["result"],
    reason: Decision["reason"],
    page: Page,
  ]
>([
  ["no policy within an account", () => [], true, "allowed", "allow", "singleAccount"],
  ["no policy across accounts", () => [], false, "denied", "resourcePolicy", "crossAccount"],
  ["no policy, perhaps across accounts", () => [], UNKNOWN, "undetermined", "possibleAllow", "crossAccount"],
  ["an Allow across accounts", () => policy(allow("s3:*", OBJECTS, ROLE)), false, "allowed", "allow", "crossAccount"],
  ["a Deny", () => policy(deny("s3:*", OBJECTS, ROLE)), true, "denied", "explicitDeny", "evaluation"],
  ["a Deny of another action", () => policy(deny("s3:Get*", OBJECTS, ROLE)), true, "allowed", "allow", "evaluation"],
  [
    "a Deny of another resource",
    () => policy(deny("s3:*", "arn:aws:s3:::other/*", ROLE)),
    true,
    "allowed",
    "allow",
    "evaluation",
  ],
  ["an unknown policy", () => [UNKNOWN], true, "undetermined", "possibleDeny", "evaluation"],
])(
  "the policy of a bucket decides on a role whose own policies allow everything: %s",
  (_, statements, isSameAccount, result, reason, page) => {
    const decision = evaluateResourcePolicy(requestOf(PUT_OBJECT), statements(), isSameAccount);
    expect({ result: decision.result, reason: decision.reason, page: PAGE[page] }).toEqual({
      result,
      reason,
      page: PAGE[page],
    });
  },
);
