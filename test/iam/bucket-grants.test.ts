import { bucketGrantees, confusedDeputyServices } from "../../iam/bucket-grants";
import type { Statements } from "../../iam/evaluate";
import type { Condition, Patterns, Principal, Statement } from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, allow, BUCKET, deny, FOREIGN, LOCATION, PAGE, type Page, policy, when } from "./tables";

const OBJECTS = `${BUCKET}/*`;
const ALL_OF_IT = [BUCKET, OBJECTS];
const EVERYBODY = { Principal: "*" };
const BACKUP = "backup.amazonaws.com";
const IN_ORGANIZATION = when("StringEquals", "aws:PrincipalOrgID", "o-1");
/** A bucket's policy applies to no other resource, which the wildcards in a test's patterns may cover. */
const OUTSIDE_BUCKET = deny("*", undefined, { ...EVERYBODY, NotResource: ALL_OF_IT });

/** `!` for certain, `?` perhaps. */
const granteesOf = (statements: Statements): readonly string[] =>
  bucketGrantees(statements, BUCKET, LOCATION).map(
    ({ kind, principal, action, isCertain }) => `${kind} ${principal} ${action}${isCertain ? "!" : "?"}`,
  );

const GRANTS: readonly (readonly [
  name: string,
  statements: readonly object[],
  found: readonly string[],
  page: Page,
])[] = [
  ["the own account", [allow("s3:*", ALL_OF_IT, { Principal: { AWS: ACCOUNT } })], [], "principal"],
  ["the bucket alone", [allow("s3:ListBucket", BUCKET, EVERYBODY)], ["everyone * s3:ListBucket!"], "resource"],
  [
    "the bucket by NotResource",
    [allow("s3:ListBucket", undefined, { ...EVERYBODY, NotResource: OBJECTS })],
    ["everyone * s3:ListBucket!"],
    "notResource",
  ],
  [
    "objects by NotResource",
    [allow("s3:GetObject", undefined, { ...EVERYBODY, NotResource: BUCKET }), OUTSIDE_BUCKET],
    ["everyone * s3:GetObject!"],
    "notResource",
  ],
  [
    "objects that a wildcard for any text covers",
    [allow("s3:GetObject", `${BUCKET}/public/*.csv`, EVERYBODY)],
    ["everyone * s3:GetObject!"],
    "resource",
  ],
  [
    "objects that several wildcards for one character cover",
    [allow("s3:GetObject", `${BUCKET}/public/?-?`, EVERYBODY)],
    ["everyone * s3:GetObject!"],
    "resource",
  ],
  ["an action of its own", [allow("s3:GetBucketAcl", BUCKET, EVERYBODY)], ["everyone * s3:GetBucketAcl!"], "action"],
  [
    "actions that a wildcard covers",
    [allow("s3:GetBucketA*", BUCKET, EVERYBODY)],
    ["everyone * s3:GetBucketAx!"],
    "action",
  ],
  [
    "objects that a Deny excludes",
    [allow("s3:GetObject", `${BUCKET}/a/*`, EVERYBODY), deny("s3:*", `${BUCKET}/a/*`, EVERYBODY)],
    [],
    "evaluation",
  ],
  [
    "two principals",
    [allow("s3:GetObject", OBJECTS, { Principal: { AWS: ["*", FOREIGN] } })],
    ["everyone AWS:* s3:GetObject!", `account AWS:${FOREIGN} s3:GetObject!`],
    "principal",
  ],
  [
    "one principal by two statements",
    [allow("s3:PutObject", OBJECTS, EVERYBODY), allow("s3:GetObject", OBJECTS, EVERYBODY)],
    ["everyone * s3:PutObject!"],
    "evaluation",
  ],
  [
    "one principal perhaps, and by another statement for certain",
    [
      allow("s3:PutObject", OBJECTS, { ...EVERYBODY, ...IN_ORGANIZATION }),
      allow("s3:GetObject", OBJECTS, EVERYBODY),
      allow("s3:DeleteObject", OBJECTS, EVERYBODY),
    ],
    ["everyone * s3:GetObject!"],
    "condition",
  ],
  [
    "one principal for certain, and by another statement perhaps",
    [allow("s3:GetObject", OBJECTS, EVERYBODY), allow("s3:PutObject", OBJECTS, { ...EVERYBODY, ...IN_ORGANIZATION })],
    ["everyone * s3:GetObject!"],
    "condition",
  ],
  [
    "one principal perhaps, by two statements",
    [
      allow("s3:PutObject", OBJECTS, { ...EVERYBODY, ...IN_ORGANIZATION }),
      allow("s3:GetObject", OBJECTS, { ...EVERYBODY, ...IN_ORGANIZATION }),
    ],
    ["everyone * s3:PutObject?"],
    "condition",
  ],
];

test.each(GRANTS)("a bucket policy grants outside of the account: %s", (_, statements, found, page) => {
  expect({ found: granteesOf(policy(...statements)), page: PAGE[page] }).toEqual({ found, page: PAGE[page] });
});

test.each(["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:PutBucketPolicy"])(
  "finds that of all actions a Deny leaves %s to everybody",
  (action) => {
    const others = { Effect: "Deny", ...EVERYBODY, NotAction: action, Resource: "*" };
    expect(granteesOf(policy(allow("s3:*", ALL_OF_IT, EVERYBODY), others))).toEqual([`everyone * ${action}!`]);
  },
);

const UNKNOWN_VALUE: Patterns = { negated: false, values: [UNKNOWN] };

const statementOf = (more: Partial<Statement>): Statement => ({
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["s3:GetObject"] },
  resources: { negated: false, values: [OBJECTS] },
  principals: { negated: false, ids: [{ type: "*", id: "*" }] },
  conditions: [],
  ...more,
});

test.each<[name: string, statements: Statements, found: readonly string[]]>([
  ["a policy", [UNKNOWN], []],
  ["a part of a policy, which may be a Deny", [UNKNOWN, statementOf({})], ["everyone * s3:GetObject?"]],
  [
    "the resource of an Allow, which is the bucket or its objects",
    [
      statementOf({ resources: UNKNOWN_VALUE }),
      statementOf({
        effect: "Deny",
        actions: { negated: false, values: ["*"] },
        resources: { negated: true, values: ALL_OF_IT },
      }),
    ],
    ["everyone * s3:GetObject!"],
  ],
  [
    "a resource that an Allow excludes",
    [statementOf({ resources: { negated: true, values: [UNKNOWN] } })],
    ["everyone * s3:GetObject?"],
  ],
  [
    "the resource of a Deny",
    [statementOf({}), statementOf({ effect: "Deny", resources: UNKNOWN_VALUE })],
    ["everyone * s3:GetObject?"],
  ],
  ["the action", [statementOf({ actions: UNKNOWN_VALUE })], ["everyone * s3:GetObject?"]],
])("grants of a bucket policy where this is not known: %s", (_, statements, found) => {
  expect(granteesOf(statements)).toEqual(found);
});

test("a statement without a resource grants the bucket and its objects", () => {
  expect(granteesOf([statementOf({ resources: undefined })])).toEqual(["everyone * s3:GetObject!"]);
});

const service = (more: object = {}, Principal: unknown = { Service: BACKUP }): object =>
  allow("s3:PutObject", OBJECTS, { Principal, ...more });

/** AWS's form of a Deny for services on behalf of others. */
const denyOthers = (operator: string, key: string, value: string, Action = "s3:*"): object =>
  deny(Action, "*", {
    Principal: "*",
    Condition: { [`${operator}IfExists`]: { [key]: value }, Bool: { "aws:PrincipalIsAWSService": "true" } },
  });

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
test.each<[name: string, statements: readonly object[], services: readonly string[]]>([
  ["without a condition", [service()], [BACKUP]],
  ["in two statements", [service(), service()], [BACKUP]],
  ["beside another service", [service({}, { Service: [BACKUP, "x.amazonaws.com"] })], [BACKUP, "x.amazonaws.com"]],
  ["with TLS", [service(when("Bool", "aws:SecureTransport", "true"))], [BACKUP]],
  ["for an account", [service(when("StringEquals", "aws:SourceAccount", ACCOUNT))], []],
  ["for an account, with the key in another case", [service(when("StringEquals", "AWS:sourceaccount", ACCOUNT))], []],
  ["for a resource", [service(when("ArnLike", "aws:SourceArn", "arn:aws:s3:::source"))], []],
  ["for an organization", [service(when("StringEquals", "aws:SourceOrgID", "o-1"))], []],
  ["for a part of an organization", [service(when("ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-1/*"))], []],
  [
    "for an account, with TLS",
    [
      service({
        Condition: { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:SourceAccount": ACCOUNT } },
      }),
    ],
    [],
  ],
  ["beside a Deny for other accounts", [service(), denyOthers("StringNotEquals", "aws:SourceAccount", ACCOUNT)], []],
  ["beside a Deny for other organizations", [service(), denyOthers("StringNotEquals", "aws:SourceOrgID", "o-1")], []],
  [
    "beside a Deny for other parts of an organization",
    [service(), denyOthers("ForAllValues:StringNotLike", "aws:SourceOrgPaths", "o-1/*")],
    [],
  ],
  [
    "beside a Deny for other resources, which may be of any account",
    [service(), denyOthers("ArnNotLike", "aws:SourceArn", "arn:aws:s3:::source")],
    [],
  ],
  [
    "beside a Deny for other accounts to another action",
    [service(), denyOthers("StringNotEquals", "aws:SourceAccount", ACCOUNT, "s3:GetObject")],
    [BACKUP],
  ],
  [
    "beside a Deny without TLS",
    [service(), deny("s3:*", OBJECTS, { Principal: "*", ...when("Bool", "aws:SecureTransport", "false") })],
    [BACKUP],
  ],
  [
    "with an action that a Deny for other accounts does not have",
    [
      allow(["s3:PutObject", "s3:GetObject"], OBJECTS, { Principal: { Service: BACKUP } }),
      denyOthers("StringNotEquals", "aws:SourceAccount", ACCOUNT, "s3:GetObject"),
    ],
    [BACKUP],
  ],
  ["beside a Deny for one account", [service(), denyOthers("StringEquals", "aws:SourceAccount", FOREIGN)], [BACKUP]],
  ["beside a Deny for one organization", [service(), denyOthers("StringEquals", "aws:SourceOrgID", "o-2")], [BACKUP]],
  [
    "beside a Deny for one part of an organization",
    [service(), denyOthers("ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-2/*")],
    [BACKUP],
  ],
  [
    "with NotAction beside a Deny for other accounts",
    [
      { Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: OBJECTS, Principal: { Service: BACKUP } },
      denyOthers("StringNotEquals", "aws:SourceAccount", ACCOUNT),
    ],
    [],
  ],
  [
    "with NotAction",
    [{ Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: OBJECTS, Principal: { Service: BACKUP } }],
    [BACKUP],
  ],
  ["in a Deny", [deny("s3:*", OBJECTS, { Principal: { Service: BACKUP } })], []],
  ["in NotPrincipal", [allow("s3:*", OBJECTS, { NotPrincipal: { Service: BACKUP } })], []],
  ["as a principal of AWS", [service({}, { AWS: BACKUP })], []],
  ["not at all", [allow("s3:*", OBJECTS)], []],
])("services of any account that a bucket policy names %s", (_, statements, services) => {
  expect(confusedDeputyServices(policy(...statements))).toEqual(services);
});

test("a service of any account is found only in what is known of a policy", () => {
  const ids: readonly Principal[] = [
    { type: "Service", id: UNKNOWN },
    { type: "Service", id: BACKUP },
  ];
  const known = statementOf({ principals: { negated: false, ids } });
  const condition: Condition = { operator: "StringEquals", key: UNKNOWN, values: [ACCOUNT] };
  expect(confusedDeputyServices([UNKNOWN, known])).toEqual([BACKUP]);
  expect(confusedDeputyServices([{ ...known, conditions: [condition] }])).toEqual([]);
});
