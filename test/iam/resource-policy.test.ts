import { outsideGrantees, refusesPlainHttp } from "../../iam/resource-policy";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, allow, BUCKET, deny, FOREIGN, LOCATION, PAGE, type Page, policy, ROLE_ARN, when } from "./tables";

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
    const refuses = refusesPlainHttp(policy(...statements), BUCKET, LOCATION);
    expect({ refuses: refuses === UNKNOWN ? "undetermined" : refuses, page: PAGE[page] }).toEqual({
      refuses: expected,
      page: PAGE[page],
    });
  });

  test("perhaps, when it is not known", () => {
    expect(refusesPlainHttp([UNKNOWN], BUCKET, LOCATION)).toBe(UNKNOWN);
    expect(refusesPlainHttp([UNKNOWN, ...policy(denyHttp("s3:*", ALL_OF_IT))], BUCKET, LOCATION)).toBe(true);
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
  const found = outsideGrantees(policy(...statements), `${BUCKET}/1`, LOCATION, ["s3:GetObject"]).map(
    ({ kind, principal, isCertain }) => `${kind} ${principal}${isCertain ? "!" : "?"}`,
  );
  expect({ found, page: PAGE[page] }).toEqual({ found: expected, page: PAGE[page] });
});
