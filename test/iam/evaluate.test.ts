import { evaluate, type Policies, type Reason, type Statements } from "../../iam/evaluate";
import type { Requester } from "../../iam/principal";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import {
  ACCOUNT,
  allow,
  type Asked,
  BUCKET,
  decide,
  DECRYPT,
  deny,
  FOREIGN,
  OBJECT,
  PAGE,
  type Page,
  policy,
  PUT_OBJECT,
  requestOf,
  type Result,
  ROLE_ARN,
  when,
} from "./tables";

const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/firehose/session`;
const IN_ORGANIZATION = when("StringEquals", "aws:PrincipalOrgID", "o-1");
const IN_VPC = when("StringEquals", "aws:SourceVpc", "vpc-1");
const named = (Sid: string, statement: object): object => ({ Sid, ...statement });
const to = (Principal: unknown, more: object = {}): object => ({ Principal, ...more });

/** The statements of a policy as in its document, or that one is not known. */
type Document = readonly Planned<object>[];

/** The policies of a row, which its test parses. */
interface Documents extends Pick<Partial<Policies>, "isSameAccount"> {
  readonly identity?: Document;
  readonly boundary?: Document;
  readonly resource?: Document;
}

const parsed = (document: Document): Statements =>
  document.flatMap((statement): Statements => (statement === UNKNOWN ? [UNKNOWN] : policy(statement)));

const policiesOf = ({ identity, boundary, resource, ...others }: Documents): Partial<Policies> => ({
  ...others,
  ...(identity && { identity: parsed(identity) }),
  ...(boundary && { boundary: parsed(boundary) }),
  ...(resource && { resource: parsed(resource) }),
});

const ALL: Document = [named("all", allow("*", "*"))];
const NONE: Document = [named("none", allow("iam:GetRole", "*"))];
const PERHAPS_STATEMENT = named("perhaps", allow("*", "*", IN_ORGANIZATION));
const PERHAPS: Document = [PERHAPS_STATEMENT];
const DENY: Document = [named("deny", deny("*", "*"))];
const DENY_PERHAPS: Document = [named("denyPerhaps", deny("*", "*", IN_VPC))];
const bucket = (Principal: unknown, more: object = {}): Document => [
  named("bucket", allow("s3:PutObject", `${BUCKET}/*`, to(Principal, more))),
];
const UNKNOWN_POLICY: Document = [UNKNOWN];

type EvaluationRow = readonly [
  name: string,
  documents: Documents,
  result: Result,
  reason: Reason,
  statements: readonly string[],
  conditions: readonly string[],
  page: Page,
];

const ORG_ID = "aws:PrincipalOrgID";
const VPC = "aws:SourceVpc";

const ROWS: readonly EvaluationRow[] = [
  ["no policy", {}, "denied", "implicitDeny", [], [], "evaluation"],
  [
    "neither an Allow nor a boundary that allows it",
    { boundary: NONE },
    "denied",
    "implicitDeny",
    [],
    [],
    "boundaries",
  ],
  [
    "an Allow under two conditions, of which one is met",
    {
      identity: [
        {
          Sid: "two",
          ...allow("*", "*"),
          Condition: { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
      ],
    },
    "undetermined",
    "possibleAllow",
    ["two"],
    [ORG_ID],
    "condition",
  ],
  [
    "an Allow of everybody but the role",
    { resource: [{ ...allow("*", "*"), NotPrincipal: { AWS: ROLE_ARN } }] },
    "denied",
    "implicitDeny",
    [],
    [],
    "notPrincipal",
  ],
  [
    "an Allow of everybody but the role and its account, within a boundary",
    { boundary: ALL, resource: [{ ...allow("*", "*"), NotPrincipal: { AWS: [ROLE_ARN, ROOT] } }] },
    "denied",
    "implicitDeny",
    [],
    [],
    "notPrincipal",
  ],
  [
    "an Allow of everybody but another role",
    { resource: [{ Sid: "but", ...allow("*", "*"), NotPrincipal: { AWS: `${ROLE_ARN}2` } }] },
    "allowed",
    "allow",
    ["but"],
    [],
    "notPrincipal",
  ],
  ["an Allow of another action", { identity: NONE }, "denied", "implicitDeny", [], [], "evaluation"],
  ["an Allow", { identity: [...NONE, ...ALL] }, "allowed", "allow", ["all"], [], "evaluation"],
  ["two Allows", { identity: ALL, resource: bucket("*") }, "allowed", "allow", ["all", "bucket"], [], "singleAccount"],
  ["an Allow of the bucket alone", { resource: bucket("*") }, "allowed", "allow", ["bucket"], [], "singleAccount"],
  ["an Allow beside a possible one", { identity: [...PERHAPS, ...ALL] }, "allowed", "allow", ["all"], [], "evaluation"],
  ["a possible Allow", { identity: PERHAPS }, "undetermined", "possibleAllow", ["perhaps"], [ORG_ID], "condition"],
  [
    "a possible Allow of the bucket",
    { resource: bucket("*", IN_VPC) },
    "undetermined",
    "possibleAllow",
    ["bucket"],
    [VPC],
    "condition",
  ],
  [
    "possible Allows of both",
    { identity: PERHAPS, resource: bucket("*", IN_VPC) },
    "undetermined",
    "possibleAllow",
    ["perhaps", "bucket"],
    [ORG_ID, VPC],
    "condition",
  ],
  [
    "an Allow and a boundary that is possible",
    { identity: ALL, boundary: PERHAPS },
    "undetermined",
    "possibleAllow",
    ["perhaps"],
    [ORG_ID],
    "boundaries",
  ],
  [
    "a possible Allow within a boundary",
    { identity: PERHAPS, boundary: ALL },
    "undetermined",
    "possibleAllow",
    ["perhaps"],
    [ORG_ID],
    "boundaries",
  ],
  ["an unknown policy", { identity: UNKNOWN_POLICY }, "undetermined", "possibleAllow", [], [], "evaluation"],
  [
    "an Allow beside an unknown policy",
    { identity: [UNKNOWN, ...ALL] },
    "undetermined",
    "possibleDeny",
    [],
    [],
    "evaluation",
  ],
  [
    "an Allow within an unknown boundary",
    { identity: ALL, boundary: UNKNOWN_POLICY },
    "undetermined",
    "possibleAllow",
    [],
    [],
    "boundaries",
  ],
  [
    "an Allow within a boundary of which a part is unknown",
    { identity: ALL, boundary: [UNKNOWN, ...ALL] },
    "undetermined",
    "possibleDeny",
    [],
    [],
    "boundaries",
  ],
  [
    "an Allow beside a bucket policy that is unknown",
    { identity: ALL, resource: UNKNOWN_POLICY },
    "undetermined",
    "possibleDeny",
    [],
    [],
    "singleAccount",
  ],
  [
    "a Deny beside Allows",
    { identity: [...ALL, ...DENY], resource: bucket("*") },
    "denied",
    "explicitDeny",
    ["deny"],
    [],
    "evaluation",
  ],
  ["a Deny of the boundary", { identity: ALL, boundary: DENY }, "denied", "explicitDeny", ["deny"], [], "boundaries"],
  ["a Deny alone", { identity: DENY }, "denied", "explicitDeny", ["deny"], [], "evaluation"],
  [
    "a Deny beside a possible one",
    { identity: [...ALL, ...DENY_PERHAPS, ...DENY] },
    "denied",
    "explicitDeny",
    ["deny"],
    [],
    "evaluation",
  ],
  [
    "an Allow and a possible Deny",
    { identity: [...ALL, ...DENY_PERHAPS] },
    "undetermined",
    "possibleDeny",
    ["denyPerhaps"],
    [VPC],
    "evaluation",
  ],
  [
    "an Allow and a possible Deny of the boundary",
    { identity: ALL, boundary: [...ALL, ...DENY_PERHAPS] },
    "undetermined",
    "possibleDeny",
    ["denyPerhaps"],
    [VPC],
    "boundaries",
  ],
  [
    "a possible Allow and a possible Deny",
    { identity: [...PERHAPS, ...DENY_PERHAPS] },
    "undetermined",
    "possibleAllow",
    ["perhaps"],
    [ORG_ID],
    "evaluation",
  ],
  ["a possible Deny alone", { identity: DENY_PERHAPS }, "denied", "implicitDeny", [], [], "evaluation"],
  [
    "an Allow outside of the boundary",
    { identity: ALL, boundary: NONE },
    "denied",
    "boundary",
    ["all"],
    [],
    "boundaries",
  ],
  [
    "a possible Allow outside of the boundary",
    { identity: PERHAPS, boundary: NONE },
    "denied",
    "boundary",
    ["perhaps"],
    [ORG_ID],
    "boundaries",
  ],
  [
    "an unknown policy outside of the boundary",
    { identity: UNKNOWN_POLICY, boundary: NONE },
    "denied",
    "boundary",
    [],
    [],
    "boundaries",
  ],
  ["an empty boundary", { identity: ALL, boundary: [] }, "denied", "boundary", ["all"], [], "boundaries"],
  [
    "an Allow of the bucket to the role outside of the boundary",
    { boundary: NONE, resource: bucket({ AWS: ROLE_ARN }) },
    "denied",
    "boundary",
    ["bucket"],
    [],
    "boundaries",
  ],
  [
    "an Allow of the bucket to the session outside of the boundary",
    { boundary: NONE, resource: bucket({ AWS: SESSION }) },
    "undetermined",
    "possibleAllow",
    ["bucket"],
    [],
    "boundaries",
  ],
  [
    "an Allow of the bucket to the account outside of the boundary",
    { boundary: NONE, resource: bucket({ AWS: ROOT }) },
    "denied",
    "boundary",
    ["bucket"],
    [],
    "boundaries",
  ],
  [
    "an Allow of another account's bucket alone",
    { resource: bucket({ AWS: ROLE_ARN }), isSameAccount: false },
    "denied",
    "implicitDeny",
    [],
    [],
    "crossAccount",
  ],
  [
    "an Allow without another account's bucket",
    { identity: ALL, resource: [], isSameAccount: false },
    "denied",
    "resourcePolicy",
    ["all"],
    [],
    "crossAccount",
  ],
  [
    "an Allow without another account's bucket, within an unknown boundary",
    { identity: ALL, boundary: UNKNOWN_POLICY, isSameAccount: false },
    "denied",
    "resourcePolicy",
    ["all"],
    [],
    "crossAccount",
  ],
  [
    "an unknown policy without another account's bucket",
    { identity: UNKNOWN_POLICY, isSameAccount: false },
    "denied",
    "implicitDeny",
    [],
    [],
    "crossAccount",
  ],
  [
    "an Allow and another account's bucket to the session",
    { identity: ALL, resource: bucket({ AWS: SESSION }), isSameAccount: false },
    "undetermined",
    "possibleAllow",
    ["bucket"],
    [],
    "crossAccount",
  ],
  [
    "an Allow and another account's bucket to the role, outside of the boundary",
    { identity: ALL, boundary: NONE, resource: bucket({ AWS: ROLE_ARN }), isSameAccount: false },
    "denied",
    "boundary",
    ["all", "bucket"],
    [],
    "crossAccount",
  ],
  [
    "an Allow and a bucket of some account to everybody",
    { identity: ALL, resource: bucket("*"), isSameAccount: UNKNOWN },
    "allowed",
    "allow",
    ["all", "bucket"],
    [],
    "crossAccount",
  ],
  [
    "a bucket of some account alone to everybody",
    { resource: bucket("*"), isSameAccount: UNKNOWN },
    "undetermined",
    "possibleAllow",
    [],
    [],
    "crossAccount",
  ],
  [
    "a bucket policy without a principal",
    { resource: [allow("*", "*")] },
    "denied",
    "implicitDeny",
    [],
    [],
    "principal",
  ],
];

test.each(ROWS)("an upload with %s", (_, documents, result, reason, statements, conditions, page) => {
  const decision = decide(PUT_OBJECT, policiesOf(documents));
  expect({
    result: decision.result,
    reason: decision.reason,
    statements: decision.statements.map(({ sid }) => sid),
    conditions: decision.conditions.map(({ key }) => key),
    page: PAGE[page],
  }).toEqual({ result, reason, statements, conditions, page: PAGE[page] });
});

test("names a statement or condition that two policies share once", () => {
  const perhaps = policy(PERHAPS_STATEMENT);
  expect(decide(PUT_OBJECT, { identity: [...perhaps, ...perhaps] })).toEqual({
    result: "undetermined",
    reason: "possibleAllow",
    statements: perhaps,
    conditions: perhaps.flatMap(({ conditions }) => conditions),
  });
});

const keyTo = (Principal: unknown): Document => [allow("kms:*", "*", to(Principal))];

test.each<[name: string, asked: Asked, documents: Documents, result: Result, page: Page]>([
  ["the default key policy", DECRYPT, { identity: ALL }, "allowed", "defaultKeyPolicy"],
  [
    "the default key policy, by an action in another case",
    { ...DECRYPT, action: "KMS:Decrypt" },
    { identity: ALL },
    "allowed",
    "defaultKeyPolicy",
  ],
  ["an empty key policy", DECRYPT, { identity: ALL, resource: [] }, "denied", "keyPolicy"],
  ["an unknown key policy", DECRYPT, { identity: ALL, resource: UNKNOWN_POLICY }, "undetermined", "keyPolicy"],
  [
    "the role in the key policy, outside of the boundary",
    DECRYPT,
    { boundary: NONE, resource: keyTo({ AWS: ROLE_ARN }) },
    "denied",
    "boundaries",
  ],
  [
    "the account in the key policy, outside of the boundary",
    DECRYPT,
    { identity: ALL, boundary: NONE, resource: keyTo({ AWS: ROOT }) },
    "denied",
    "boundaries",
  ],
  [
    "everybody in the key policy, outside of the boundary",
    DECRYPT,
    { boundary: NONE, resource: keyTo("*") },
    "allowed",
    "keyPolicy",
  ],
])("the use of a key with %s", (_, asked, documents, result, page) => {
  expect({ result: decide(asked, policiesOf(documents)).result, page: PAGE[page] }).toEqual({
    result,
    page: PAGE[page],
  });
});

describe("the policy of a resource alone decides on", () => {
  const result = (principal: Requester, resource: Document, more: Documents = {}): Result =>
    evaluate(
      { ...requestOf(PUT_OBJECT), principal },
      { identity: [], isSameAccount: true, ...policiesOf({ resource, ...more }) },
    ).result;
  const SERVICE = "logging.s3.amazonaws.com";
  const PROVIDER = `arn:aws:iam::${ACCOUNT}:saml-provider/people`;

  test.each<[kind: string, principal: Requester, named: unknown, other: unknown]>([
    ["service", { kind: "service", names: [SERVICE] }, { Service: SERVICE }, { Service: "lambda.amazonaws.com" }],
    ["service", { kind: "service", names: ["other", SERVICE] }, { Service: SERVICE }, { AWS: SERVICE }],
    ["federated", { kind: "federated", provider: PROVIDER }, { Federated: PROVIDER }, { AWS: PROVIDER }],
    ["anonymous", { kind: "anonymous" }, "*", { AWS: ROOT }],
    ["anonymous", { kind: "anonymous" }, { AWS: "*" }, { Service: "*" }],
  ])("a request that is %s", (_, principal, named, other) => {
    expect(result(principal, bucket(named))).toBe("allowed");
    expect(result(principal, bucket(named), { isSameAccount: false })).toBe("allowed");
    expect(result(principal, bucket("*"))).toBe("allowed");
    expect(result(principal, bucket(other))).toBe("denied");
    expect(result(principal, [], { identity: ALL })).toBe("denied");
  });

  test("a request of an account that it names by a user, a role, or itself", () => {
    const accountId: Planned<string> = FOREIGN;
    const user = `arn:aws:iam::${FOREIGN}:user/eve`;
    const account: Requester = { kind: "account", accountId };
    expect(result(account, bucket({ AWS: FOREIGN }))).toBe("undetermined");
    expect(result(account, bucket({ AWS: user }))).toBe("undetermined");
    expect(result(account, bucket({ AWS: user.replace(FOREIGN, ACCOUNT) }))).toBe("denied");
    expect(result({ ...account, arn: user }, bucket({ AWS: user }))).toBe("allowed");
    expect(result({ ...account, arn: user }, bucket({ AWS: `${user}2` }))).toBe("denied");
    expect(result({ ...account, accountId: UNKNOWN }, bucket({ AWS: ROOT }))).toBe("undetermined");
  });
});

test("an upload to a bucket that is not known is allowed only by every resource", () => {
  const asked: Asked = { action: "s3:PutObject", resource: UNKNOWN };
  expect(decide(asked, { identity: policy(allow("*", OBJECT)) }).result).toBe("undetermined");
  expect(decide(asked, policiesOf({ identity: ALL })).result).toBe("allowed");
});
