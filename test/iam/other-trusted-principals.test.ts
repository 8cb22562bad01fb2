import { otherTrustedPrincipals } from "../../iam/other-trusted-principals";
import type { OtherTrustedPrincipal } from "../../iam/trusted-principal";
import type { AwsLocation } from "../../iam/request";
import type { Condition, Patterns, Principal, Statement } from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, denyTrust, FOREIGN, LOCATION, PAGE, type Page, policy, trust, when } from "./tables";

const FIREHOSE = "firehose.amazonaws.com";
const LOGS = "logs.amazonaws.com";
const LAMBDA = "lambda.amazonaws.com";
const EVE = `arn:aws:iam::${FOREIGN}:user/eve`;
const OIDC = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const WEB_IDENTITY = { Action: "sts:AssumeRoleWithWebIdentity" };
const CHINA: AwsLocation = { partition: "aws-cn", region: "cn-north-1", accountId: ACCOUNT };

const conditions = (Condition: Readonly<Record<string, object>>): object => ({ Condition });

/** `!` for certain, `?` perhaps. */
const describeTrusted = ({ kind, principal, accountId, isCertain }: OtherTrustedPrincipal): string =>
  `${kind} ${principal}${accountId === undefined ? "" : ` ${accountId}`}${isCertain ? "!" : "?"}`;
const othersOf = (
  statements: Parameters<typeof otherTrustedPrincipals>[0],
  location: AwsLocation = LOCATION,
): readonly string[] => otherTrustedPrincipals(statements, location).map(describeTrusted);

type TrustedPrincipalsRow = readonly [
  name: string,
  statements: readonly object[],
  others: readonly string[],
  page: Page,
];

const ARNS: readonly (readonly [service: string, sourceArn: string, isTrusted: boolean])[] = [
  [LOGS, "arn:aws:logs:*:*:log-group:/app/*", true],
  [LOGS, "arn:aws:logs:*:*:log-group:/app/?", true],
  [LOGS, "arn:aws:logs:*:*:*app", true],
  [LOGS, "arn:aws:logs:*:*:*log-group:app", true],
  [LOGS, "arn:aws:logs:*:*:log-group:app:log-stream:*", true],
  [LOGS, "arn:aws:logs:us-east-1:*:log-group:app", true],
  [LOGS, "arn:aws:logs:us-*:*:log-group:*", true],
  [LOGS, "arn:aws:logs::*:log-group:*", false],
  [LOGS, "arn:aws:logs:*:*:deliverystream/*", false],
  [LOGS, "arn:aws:firehose:*:*:log-group:*", false],
  [LOGS, "arn:aws-cn:logs:*:*:log-group:*", false],
  [FIREHOSE, "arn:aws:firehose:*:*:deliverystream/kloudfuse-*", true],
  [FIREHOSE, "arn:aws:firehose:us-east-1:*:deliverystream/kloudfuse-logs", true],
  [FIREHOSE, "arn:aws:firehose:*:*:log-group:*", false],
  [FIREHOSE, "arn:aws:logs:*:*:deliverystream/*", false],
];

test.each(ARNS)("%s of other accounts with aws:SourceArn like %s", (service, sourceArn, isTrusted) => {
  const statements = policy(trust({ Service: service }, when("ArnLike", "aws:SourceArn", sourceArn)));
  expect(othersOf(statements)).toEqual(isTrusted ? [`confusedDeputy Service:${service}!`] : []);
});

const DEPUTIES: readonly TrustedPrincipalsRow[] = [
  [
    "every region but one",
    [trust({ Service: LOGS }, when("StringNotLike", "aws:SourceArn", "arn:aws:logs:us-east-1:*"))],
    [`confusedDeputy Service:${LOGS}!`],
    "operators",
  ],
  [
    "a condition that another account meets for certain, and any account perhaps",
    [
      trust({ Service: LOGS }),
      denyTrust(
        { Service: LOGS },
        conditions({ StringNotEquals: { "aws:SourceAccount": FOREIGN, "aws:SourceOrgID": "o-1" } }),
      ),
    ],
    [`confusedDeputy Service:${LOGS} ${FOREIGN}!`],
    "evaluation",
  ],
  [
    "two names, of which one is for another service",
    [trust({ Service: [LOGS, LAMBDA] }, when("StringEquals", "aws:SourceAccount", FOREIGN))],
    [`confusedDeputy Service:${LOGS} ${FOREIGN}!`, `service Service:${LAMBDA}!`],
    "principal",
  ],
  [
    "the name of CloudWatch Logs in another region",
    [trust({ Service: "logs.us-east-1.amazonaws.com" })],
    ["confusedDeputy Service:logs.us-east-1.amazonaws.com!"],
    "principal",
  ],
  [
    "requests without aws:SourceArn alone, which are not known to come",
    [trust({ Service: FIREHOSE }, when("Null", "aws:SourceArn", "true"))],
    [`confusedDeputy Service:${FIREHOSE}?`],
    "operators",
  ],
  [
    "everybody with an external id of another account",
    [trust("*", conditions({ StringEquals: { "sts:ExternalId": FOREIGN, "aws:PrincipalServiceName": FIREHOSE } }))],
    [`confusedDeputy * ${FOREIGN}!`],
    "confusedDeputy",
  ],
  [
    "everybody by CloudWatch Logs of another account",
    [trust("*", conditions({ StringEquals: { "aws:SourceAccount": FOREIGN, "aws:PrincipalServiceName": LOGS } }))],
    [`confusedDeputy * ${FOREIGN}?`],
    "confusedDeputy",
  ],
];

const PRINCIPALS: readonly TrustedPrincipalsRow[] = [
  ["no principal", [trust(undefined)], [], "principal"],
  [
    "an account of which a Deny names one user",
    [trust({ AWS: FOREIGN }), denyTrust({ AWS: EVE })],
    [`principal AWS:${FOREIGN}!`],
    "principal",
  ],
  ["a user whom a Deny names", [trust({ AWS: EVE }), denyTrust({ AWS: EVE })], [], "evaluation"],
  [
    "a user beside another whom a Deny names",
    [trust({ AWS: EVE }), denyTrust({ AWS: `${EVE}2` })],
    [`principal AWS:${EVE}!`],
    "evaluation",
  ],
  [
    "a user with a name of 12 digits, whom a Deny names",
    [
      trust({ AWS: `arn:aws:iam::${FOREIGN}:user/${ACCOUNT}` }),
      denyTrust({ AWS: `arn:aws:iam::${FOREIGN}:user/${ACCOUNT}` }),
    ],
    [],
    "evaluation",
  ],
  ["a user whose account a Deny names", [trust({ AWS: EVE }), denyTrust({ AWS: FOREIGN })], [], "principal"],
  [
    "a user of another account than a condition asks for",
    [trust({ AWS: EVE }, when("StringEquals", "aws:PrincipalAccount", ACCOUNT))],
    [],
    "keys",
  ],
  [
    "a deleted principal of the own account",
    [trust({ AWS: "AIDAIOSFODNN7EXAMPLE" }, when("StringEquals", "aws:PrincipalAccount", ACCOUNT))],
    ["principal AWS:AIDAIOSFODNN7EXAMPLE!"],
    "principal",
  ],
  [
    "a deleted principal of another account",
    [trust({ AWS: "AIDAIOSFODNN7EXAMPLE" }, when("StringNotEquals", "aws:PrincipalAccount", ACCOUNT))],
    ["principal AWS:AIDAIOSFODNN7EXAMPLE!"],
    "principal",
  ],
  [
    "a canonical user",
    [trust({ CanonicalUser: "79a59df900b949e5" })],
    ["principal CanonicalUser:79a59df900b949e5!"],
    "principal",
  ],
  [
    "an identity provider and an account: to each its own action",
    [trust({ Federated: OIDC, AWS: FOREIGN }, WEB_IDENTITY)],
    [`federated Federated:${OIDC}!`],
    "stsComparison",
  ],
  [
    "an identity provider whom a Deny names",
    [trust({ Federated: OIDC }, WEB_IDENTITY), denyTrust({ Federated: OIDC }, WEB_IDENTITY)],
    [],
    "evaluation",
  ],
  [
    "an identity provider beside another whom a Deny names",
    [trust({ Federated: OIDC }, WEB_IDENTITY), denyTrust({ Federated: `${OIDC}2` }, WEB_IDENTITY)],
    [`federated Federated:${OIDC}!`],
    "evaluation",
  ],
  [
    "another service for another account",
    [trust({ Service: LAMBDA }, when("StringEquals", "aws:SourceAccount", FOREIGN))],
    [`service Service:${LAMBDA}!`],
    "principal",
  ],
  [
    "another service that does not say for which account or resource",
    [trust({ Service: LAMBDA }, conditions({ Null: { "aws:SourceAccount": "true", "aws:SourceArn": "true" } }))],
    [`service Service:${LAMBDA}!`],
    "operators",
  ],
  [
    "another service, with a Deny of requests that say for which account",
    [trust({ Service: LAMBDA }), denyTrust({ Service: LAMBDA }, when("Null", "aws:SourceAccount", "false"))],
    [`service Service:${LAMBDA}!`],
    "operators",
  ],
  [
    "another service, with a Deny of requests that say for which resource",
    [trust({ Service: LAMBDA }), denyTrust({ Service: LAMBDA }, when("Null", "aws:SourceArn", "false"))],
    [`service Service:${LAMBDA}!`],
    "operators",
  ],
  [
    "another service by its own name alone",
    [trust({ Service: LAMBDA }, when("StringEquals", "aws:PrincipalServiceName", LAMBDA))],
    [`service Service:${LAMBDA}!`],
    "keys",
  ],
  [
    "another service by the name of a third",
    [trust({ Service: LAMBDA }, when("StringEquals", "aws:PrincipalServiceName", "ec2.amazonaws.com"))],
    [],
    "keys",
  ],
  [
    "a service beside another whom a Deny names",
    [trust({ Service: LAMBDA }), denyTrust({ Service: "ec2.amazonaws.com" })],
    [`service Service:${LAMBDA}!`],
    "evaluation",
  ],
  ["a service whom a Deny names", [trust({ Service: LAMBDA }), denyTrust({ Service: LAMBDA })], [], "evaluation"],
  [
    "another service in an organization",
    [trust({ Service: LAMBDA }, when("StringEquals", "aws:SourceOrgID", "o-1"))],
    [`service Service:${LAMBDA}!`],
    "keys",
  ],
  [
    "another service, with a Deny that may apply",
    [trust({ Service: LAMBDA }), denyTrust("*", when("StringNotEquals", "aws:SourceOrgID", "o-1"))],
    [`service Service:${LAMBDA}?`],
    "evaluation",
  ],
  [
    "everybody, with a Deny outside of an organization except for services",
    [
      trust("*"),
      denyTrust(
        "*",
        conditions({
          StringNotEquals: { "aws:PrincipalOrgID": "o-1" },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        }),
      ),
    ],
    ["everyone *!"],
    "keys",
  ],
  [
    "an account, with a Deny without a principal, which is of nobody",
    [trust({ AWS: FOREIGN }), denyTrust(undefined)],
    [`principal AWS:${FOREIGN}!`],
    "principal",
  ],
  [
    "services alone, but one of them and perhaps all",
    [
      trust(undefined, {
        NotPrincipal: { Service: [LAMBDA, "*"] },
        ...when("Bool", "aws:PrincipalIsAWSService", "true"),
      }),
    ],
    ["everyone NotPrincipal?"],
    "notPrincipal",
  ],
  [
    "an account by requests with TLS",
    [trust({ AWS: FOREIGN }, when("Bool", "aws:SecureTransport", "true"))],
    [`principal AWS:${FOREIGN}!`],
    "keys",
  ],
  [
    "a wildcard for one character in a service",
    [trust({ Service: "lambd?" })],
    ["service Service:lambd??"],
    "principal",
  ],
  [
    "everybody by the name of another service",
    [trust("*", when("StringEquals", "aws:PrincipalServiceName", LAMBDA))],
    ["everyone *!"],
    "keys",
  ],
  [
    "everybody by a pattern for names of services",
    [trust("*", when("StringLike", "aws:PrincipalServiceName", "lambda.*"))],
    ["everyone *!"],
    "keys",
  ],
  [
    "everybody by a pattern for one character in the name of a service",
    [trust("*", when("StringLike", "aws:PrincipalServiceName", "lambd?.amazonaws.com"))],
    ["everyone *!"],
    "keys",
  ],
  [
    "everybody that is a service",
    [trust("*", when("Bool", "aws:PrincipalIsAWSService", "true"))],
    ["everyone *!"],
    "keys",
  ],
  [
    "everybody that is no service, in this account",
    [
      trust(
        "*",
        conditions({
          Bool: { "aws:PrincipalIsAWSService": "false" },
          StringEquals: { "aws:PrincipalAccount": ACCOUNT },
        }),
      ),
    ],
    ["everyone *!"],
    "keys",
  ],
  [
    "everybody that is no service, in another account",
    [
      trust(
        "*",
        conditions({
          Bool: { "aws:PrincipalIsAWSService": "false" },
          StringNotEquals: { "aws:PrincipalAccount": ACCOUNT },
        }),
      ),
    ],
    ["everyone *!"],
    "keys",
  ],
  [
    "everybody but every service, in an organization",
    [trust(undefined, { NotPrincipal: { Service: "*" }, ...when("StringEquals", "aws:PrincipalOrgID", "o-1") })],
    ["everyone NotPrincipal!"],
    "notPrincipal",
  ],
  [
    "services alone, but perhaps none of them",
    [trust(undefined, { NotPrincipal: { Service: "*" }, ...when("Bool", "aws:PrincipalIsAWSService", "true") })],
    ["everyone NotPrincipal?"],
    "notPrincipal",
  ],
];

test.each([...DEPUTIES, ...PRINCIPALS])(
  "others who may assume a role that trusts %s",
  (_, statements, others, page) => {
    expect({ others: othersOf(policy(...statements)), page: PAGE[page] }).toEqual({ others, page: PAGE[page] });
  },
);

/** No principal of an account sends such a request: the keys are those of services, or the request has TLS. */
test.each<[operator: string, key: string, values: unknown]>([
  ["Bool", "aws:SecureTransport", "false"],
  ["Bool", "aws:PrincipalIsAWSService", "true"],
  ["StringLike", "aws:PrincipalServiceName", "*"],
  ["ForAnyValue:StringLike", "aws:PrincipalServiceNamesList", "*"],
  ["StringLike", "aws:SourceAccount", "*"],
  ["ArnLike", "aws:SourceArn", "*"],
  ["StringLike", "aws:SourceOrgID", "*"],
  ["ForAnyValue:StringLike", "aws:SourceOrgPaths", "*"],
])("no user or role of an account meets %s %s %s", (operator, key, values) => {
  expect(othersOf(policy(trust({ AWS: FOREIGN }, when(operator, key, values))))).toEqual([]);
});

test("another service sends requests with TLS, as a service, without MFA", () => {
  const service = (operator: string, key: string, values: unknown): readonly string[] =>
    othersOf(policy(trust({ Service: LAMBDA }, when(operator, key, values))));
  expect(service("Bool", "aws:SecureTransport", "true")).toEqual([`service Service:${LAMBDA}!`]);
  expect(service("Bool", "aws:SecureTransport", "false")).toEqual([]);
  expect(service("Bool", "aws:PrincipalIsAWSService", "false")).toEqual([]);
  expect(service("Bool", "aws:ViaAWSService", "true")).toEqual([]);
  expect(service("Bool", "aws:MultiFactorAuthPresent", "true")).toEqual([]);
  expect(service("StringLike", "aws:FederatedProvider", "*")).toEqual([]);
});

test("in China the names of CloudWatch Logs and its ARNs are those of the partition", () => {
  const like = (Service: string, arn: string): readonly string[] =>
    othersOf(policy(trust({ Service }, when("ArnLike", "aws:SourceArn", arn))), CHINA);
  const name = "logs.amazonaws.com.cn";
  expect(like(name, "arn:aws-cn:logs:*:*:log-group:*")).toEqual([`confusedDeputy Service:${name}!`]);
  expect(like(name, "arn:aws:logs:*:*:log-group:*")).toEqual([]);
  expect(like(LOGS, "arn:aws-cn:logs:*:*:log-group:*")).toEqual([`confusedDeputy Service:${LOGS}!`]);
});

test("a location that is not known leaves the services of other accounts certain", () => {
  const nowhere: AwsLocation = { partition: UNKNOWN, region: UNKNOWN, accountId: UNKNOWN };
  const all = [LOGS, FIREHOSE, "logs.amazonaws.com.cn"];
  expect(othersOf(policy(trust({ Service: all })), nowhere)).toEqual(
    all.map((service) => `confusedDeputy Service:${service}!`),
  );
  const east = when("ArnLike", "aws:SourceArn", "arn:aws:logs:us-east-1:*:log-group:*");
  expect(othersOf(policy(trust({ Service: LOGS }, east)), { ...LOCATION, region: UNKNOWN })).toEqual([
    `confusedDeputy Service:${LOGS}!`,
  ]);
});

test("an account that the policy names is no other account for certain when the own account is not known", () => {
  const nowhere: AwsLocation = { ...LOCATION, accountId: UNKNOWN };
  const guarded = policy(trust({ Service: LOGS }, when("StringEquals", "aws:SourceAccount", ACCOUNT)));
  expect(othersOf(guarded, nowhere)).toEqual([`confusedDeputy Service:${LOGS} ${ACCOUNT}?`]);
  expect(othersOf(guarded)).toEqual([]);
});

const statementOf = (more: Partial<Statement>): Statement => ({
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["sts:AssumeRole"] },
  resources: undefined,
  principals: { negated: false, ids: [{ type: "AWS", id: FOREIGN }] },
  conditions: [],
  ...more,
});
const UNKNOWN_ACTION: Patterns = { negated: false, values: [UNKNOWN] };
const ORGANIZATION: Condition = { operator: "StringEquals", key: "aws:PrincipalOrgID", values: ["o-1"] };
const by = (...ids: readonly Principal[]): Partial<Statement> => ({ principals: { negated: false, ids } });

test.each<[name: string, statement: Partial<Statement>, others: readonly string[]]>([
  ["a condition on what the principal may choose", { conditions: [ORGANIZATION] }, [`principal AWS:${FOREIGN}!`]],
  ["an unknown action", { actions: UNKNOWN_ACTION }, [`principal AWS:${FOREIGN}?`]],
  [
    "an unknown value of a condition",
    { conditions: [{ ...ORGANIZATION, values: ["o-1", UNKNOWN] }] },
    [`principal AWS:${FOREIGN}?`],
  ],
  [
    "an unknown key of a condition",
    { conditions: [ORGANIZATION, { ...ORGANIZATION, key: UNKNOWN }] },
    [`principal AWS:${FOREIGN}?`],
  ],
  ["an unknown principal of AWS", by({ type: "AWS", id: UNKNOWN }), ["principal AWS:(not known)!"]],
  ["an unknown service, which may be Firehose", by({ type: "Service", id: UNKNOWN }), ["service Service:(not known)?"]],
  [
    "an unknown service beside a known one",
    by({ type: "Service", id: LAMBDA }, { type: "Service", id: UNKNOWN }),
    [`service Service:${LAMBDA}!`, "service Service:(not known)?"],
  ],
  [
    "an unknown principal of AWS left out, for services of an organization",
    {
      principals: { negated: true, ids: [{ type: "AWS", id: UNKNOWN }] },
      conditions: [
        { operator: "Bool", key: "aws:PrincipalIsAWSService", values: ["true"] },
        { operator: "StringEquals", key: "aws:SourceOrgID", values: ["o-1"] },
      ],
    },
    ["everyone NotPrincipal!"],
  ],
  [
    "an unknown identity provider",
    { ...by({ type: "Federated", id: UNKNOWN }), actions: { negated: false, values: ["sts:*"] } },
    ["federated Federated:(not known)!"],
  ],
])("a statement with %s", (_, statement, others) => {
  expect(othersOf([statementOf(statement)])).toEqual(others);
});

test("a policy that is not known may trust anybody, and may deny the others", () => {
  const [statement] = policy(trust({ AWS: FOREIGN }));
  expect(otherTrustedPrincipals([UNKNOWN, ...policy(trust({ AWS: FOREIGN }))], LOCATION)).toEqual([
    { kind: "unknown", principal: "not known", isCertain: false, statement: undefined, conditions: [] },
    { kind: "principal", principal: `AWS:${FOREIGN}`, isCertain: false, statement, conditions: [] },
  ]);
});

test("a principal that a statement trusts is not certain where a Deny is not known", () => {
  const unknown = statementOf({ effect: "Deny", conditions: [{ ...ORGANIZATION, key: UNKNOWN }] });
  expect(othersOf([statementOf({}), unknown])).toEqual([`principal AWS:${FOREIGN}?`]);
});

test("each of the others has the statement that trusts them and the conditions that are not known", () => {
  const key = { operator: "StringEquals", values: ["o-1"] };
  const [account, service] = policy(
    trust({ AWS: FOREIGN }, when("StringEquals", "aws:PrincipalOrgID", "o-1")),
    trust({ Service: LOGS }, when("StringEquals", "aws:SourceOrgID", "o-1")),
  );
  const statements = account === undefined || service === undefined ? [] : [account, service];
  expect(otherTrustedPrincipals(statements, LOCATION)).toEqual([
    {
      kind: "principal",
      principal: `AWS:${FOREIGN}`,
      isCertain: true,
      statement: account,
      conditions: [{ ...key, key: "aws:PrincipalOrgID" }],
    },
    {
      kind: "confusedDeputy",
      principal: `Service:${LOGS}`,
      isCertain: false,
      statement: service,
      conditions: [{ ...key, key: "aws:SourceOrgID" }],
    },
  ]);
  expect(otherTrustedPrincipals(statements, LOCATION)[1]?.statement).toBe(service);
});

test("a service of other accounts for certain leaves no condition to determine", () => {
  expect(
    otherTrustedPrincipals(policy(trust({ Service: LOGS })), LOCATION).map(({ conditions }) => conditions),
  ).toEqual([[]]);
});
