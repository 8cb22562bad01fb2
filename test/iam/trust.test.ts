import type { Reason } from "../../iam/evaluate";
import { otherTrustedPrincipals } from "../../iam/other-trusted-principals";
import type { AwsLocation } from "../../iam/request";
import { parseStatements, type Statement } from "../../iam/statement";
import { mayAssume } from "../../iam/trust";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, denyTrust, FOREIGN, LOCATION, PAGE, type Page, policy, type Result, trust, when } from "./tables";

const FIREHOSE = "firehose.amazonaws.com";
const LOGS = "logs.amazonaws.com";
const ARN = `arn:aws:logs:*:${ACCOUNT}:*`;

const firehose = (...[operator, key, values]: Parameters<typeof when>): object =>
  trust({ Service: FIREHOSE }, when(operator, key, values));
const logs = (...[operator, key, values]: Parameters<typeof when>): object =>
  trust({ Service: LOGS }, when(operator, key, values));
const EXTERNAL_ID = firehose("StringEquals", "sts:ExternalId", ACCOUNT);
const SOURCE = logs("StringLike", "aws:SourceArn", ARN);
const BOTH = [EXTERNAL_ID, SOURCE];
const OIDC = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const SAML = `arn:aws:iam::${ACCOUNT}:saml-provider/people`;

/** The two services, then everybody else: `!` for certain, `?` perhaps. */
type TrustRow = readonly [
  name: string,
  statements: readonly object[],
  firehose: Result,
  logs: Result,
  others: readonly string[],
  page: Page,
];

const ROWS: readonly TrustRow[] = [
  ["both, guarded", BOTH, "allowed", "allowed", [], "confusedDeputy"],
  ["nobody", [], "denied", "denied", [], "evaluation"],
  [
    "both without conditions",
    [trust({ Service: [FIREHOSE, LOGS] })],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${FIREHOSE}!`, `confusedDeputy Service:${LOGS}!`],
    "confusedDeputy",
  ],
  ["Firehose alone", [EXTERNAL_ID], "allowed", "denied", [], "principal"],
  [
    "the actions in another case",
    [trust({ Service: FIREHOSE }, when("StringEquals", "STS:externalid", ACCOUNT), "STS:assumerole"), SOURCE],
    "allowed",
    "allowed",
    [],
    "action",
  ],
  [
    "sts:*",
    [trust({ Service: FIREHOSE }, when("StringEquals", "sts:ExternalId", ACCOUNT), "sts:*"), SOURCE],
    "allowed",
    "allowed",
    [],
    "action",
  ],
  [
    "sts:AssumeRole*",
    [trust({ Service: FIREHOSE }, when("StringEquals", "sts:ExternalId", ACCOUNT), "sts:AssumeRole*"), SOURCE],
    "allowed",
    "allowed",
    [],
    "action",
  ],
  [
    "sts:TagSession alone",
    [trust({ Service: [FIREHOSE, LOGS] }, {}, "sts:TagSession")],
    "denied",
    "denied",
    [],
    "sessionTags",
  ],
  [
    "sts:TagSession of another account",
    [...BOTH, trust({ AWS: FOREIGN }, {}, "sts:TagSession")],
    "allowed",
    "allowed",
    [],
    "sessionTags",
  ],
  [
    "sts:SetSourceIdentity alone",
    [trust({ Service: [FIREHOSE, LOGS] }, {}, ["sts:SetSourceIdentity"])],
    "denied",
    "denied",
    [],
    "sessionTags",
  ],
  [
    "NotAction of something else",
    [
      trust(
        { Service: FIREHOSE },
        { Action: undefined, NotAction: "sts:TagSession", ...when("StringEquals", "sts:ExternalId", ACCOUNT) },
      ),
    ],
    "allowed",
    "denied",
    [],
    "notAction",
  ],
  [
    "StringLike aws:SourceArn *",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", "*")],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "confusedDeputy",
  ],
  [
    "ArnLike aws:SourceArn *",
    [EXTERNAL_ID, logs("ArnLike", "aws:SourceArn", "*")],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "confusedDeputy",
  ],
  [
    "every account's log groups",
    [EXTERNAL_ID, logs("ArnLike", "aws:SourceArn", "arn:aws:logs:*:*:*")],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "confusedDeputy",
  ],
  [
    "own and foreign log groups",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", [ARN, `arn:aws:logs:*:${FOREIGN}:*`])],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS} ${FOREIGN}!`],
    "confusedDeputy",
  ],
  [
    "own and foreign accounts",
    [firehose("StringEquals", "sts:ExternalId", [ACCOUNT, FOREIGN]), SOURCE],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${FIREHOSE} ${FOREIGN}!`],
    "confusedDeputy",
  ],
  [
    "the foreign account alone",
    [firehose("StringEquals", "sts:ExternalId", FOREIGN), SOURCE],
    "denied",
    "allowed",
    [`confusedDeputy Service:${FIREHOSE} ${FOREIGN}!`],
    "confusedDeputy",
  ],
  [
    "accounts like ours",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceAccount", "12345678901?")],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "operators",
  ],
  [
    "accounts that begin like ours",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", "arn:aws:logs:*:1234*")],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "operators",
  ],
  [
    "a second statement without a condition",
    [...BOTH, trust({ Service: LOGS })],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "evaluation",
  ],
  [
    "ArnLike for StringLike",
    [EXTERNAL_ID, logs("ArnLike", "aws:SourceArn", ARN)],
    "allowed",
    "allowed",
    [],
    "operators",
  ],
  [
    "ArnEquals with wildcards",
    [EXTERNAL_ID, logs("ArnEquals", "aws:SourceArn", ARN)],
    "allowed",
    "allowed",
    [],
    "operators",
  ],
  [
    "StringEquals with wildcards",
    [EXTERNAL_ID, logs("StringEquals", "aws:SourceArn", ARN)],
    "allowed",
    "denied",
    [],
    "operators",
  ],
  [
    "aws:SourceAccount",
    [EXTERNAL_ID, logs("StringEquals", "aws:SourceAccount", ACCOUNT)],
    "allowed",
    "allowed",
    [],
    "logs",
  ],
  [
    "aws:SourceAccount in another case",
    [EXTERNAL_ID, logs("StringEquals", "AWS:sourceaccount", ACCOUNT)],
    "allowed",
    "allowed",
    [],
    "condition",
  ],
  [
    "aws:SourceAccount for both",
    [trust({ Service: [FIREHOSE, LOGS] }, when("StringEquals", "aws:SourceAccount", ACCOUNT))],
    "allowed",
    "allowed",
    [],
    "confusedDeputy",
  ],
  [
    "sts:ExternalId for both, which CloudWatch Logs does not send",
    [trust({ Service: [FIREHOSE, LOGS] }, when("StringEquals", "sts:ExternalId", ACCOUNT))],
    "allowed",
    "denied",
    [],
    "firehose",
  ],
  [
    "sts:ExternalId of somebody's choice",
    [firehose("StringEquals", "sts:ExternalId", "kloudfuse"), SOURCE],
    "denied",
    "allowed",
    [],
    "firehose",
  ],
  [
    "log groups of another account",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", `arn:aws:logs:*:${FOREIGN}:*`)],
    "allowed",
    "denied",
    [`confusedDeputy Service:${LOGS} ${FOREIGN}!`],
    "logs",
  ],
  [
    "log groups of another region",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", `arn:aws:logs:us-east-1:${ACCOUNT}:*`)],
    "allowed",
    "denied",
    [],
    "logs",
  ],
  [
    "log groups of another partition",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", `arn:aws-cn:logs:*:${ACCOUNT}:*`)],
    "allowed",
    "denied",
    [],
    "logs",
  ],
  [
    "some log groups",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", `arn:aws:logs:*:${ACCOUNT}:log-group:/app/*`)],
    "allowed",
    "undetermined",
    [],
    "logs",
  ],
  [
    "one log group and its streams",
    [EXTERNAL_ID, logs("ArnLike", "aws:SourceArn", `arn:aws:logs:*:${ACCOUNT}:log-group:app:*`)],
    "allowed",
    "undetermined",
    [],
    "logs",
  ],
  [
    "a stream's ARN",
    [firehose("ArnLike", "aws:SourceArn", `arn:aws:firehose:*:${ACCOUNT}:deliverystream/*`), SOURCE],
    "allowed",
    "allowed",
    [],
    "confusedDeputy",
  ],
  [
    "StringEqualsIfExists of a key that is sent",
    [firehose("StringEqualsIfExists", "sts:ExternalId", ACCOUNT), SOURCE],
    "allowed",
    "allowed",
    [],
    "operators",
  ],
  [
    "StringEqualsIfExists of a key that is not sent",
    [EXTERNAL_ID, logs("StringEqualsIfExists", "sts:ExternalId", ACCOUNT)],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "operators",
  ],
  [
    "ArnLikeIfExists",
    [EXTERNAL_ID, logs("ArnLikeIfExists", "aws:SourceArn", ARN)],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}?`],
    "operators",
  ],
  [
    "ForAllValues of a key that is not sent",
    [EXTERNAL_ID, logs("ForAllValues:StringEquals", "sts:ExternalId", ACCOUNT)],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "multivalued",
  ],
  [
    "ForAllValues of a key that is sent",
    [EXTERNAL_ID, logs("ForAllValues:StringLike", "aws:SourceArn", ARN)],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}?`],
    "multivalued",
  ],
  [
    "ForAnyValue",
    [EXTERNAL_ID, logs("ForAnyValue:StringLike", "aws:SourceArn", ARN)],
    "allowed",
    "allowed",
    [],
    "multivalued",
  ],
  [
    "Null false, which any account meets",
    [EXTERNAL_ID, logs("Null", "aws:SourceAccount", "false")],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "operators",
  ],
  [
    "Null true, which nobody meets",
    [EXTERNAL_ID, logs("Null", "aws:SourceAccount", "true")],
    "allowed",
    "denied",
    [`confusedDeputy Service:${LOGS}?`],
    "operators",
  ],
  [
    "StringNotEquals of a foreign account",
    [EXTERNAL_ID, logs("StringNotEquals", "aws:SourceAccount", FOREIGN)],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}!`],
    "operators",
  ],
  [
    "aws:SourceOrgID",
    [EXTERNAL_ID, logs("StringEquals", "aws:SourceOrgID", "o-1")],
    "allowed",
    "undetermined",
    [`confusedDeputy Service:${LOGS}?`],
    "keys",
  ],
  [
    "aws:SourceOrgID and aws:SourceAccount",
    [
      EXTERNAL_ID,
      trust(
        { Service: LOGS },
        { Condition: { StringEquals: { "aws:SourceOrgID": "o-1", "aws:SourceAccount": ACCOUNT } } },
      ),
    ],
    "allowed",
    "undetermined",
    [],
    "keys",
  ],
  [
    "aws:SourceAccount as a variable of the role's account",
    [EXTERNAL_ID, logs("StringEquals", "aws:SourceAccount", "${aws:ResourceAccount}")],
    "allowed",
    "allowed",
    [],
    "variables",
  ],
  [
    "a log group of any account that is named like ours",
    [EXTERNAL_ID, logs("StringLike", "aws:SourceArn", `arn:aws:logs:*:${ACCOUNT}*`)],
    "allowed",
    "allowed",
    [`confusedDeputy Service:${LOGS}?`],
    "operators",
  ],
  [
    "aws:PrincipalServiceName",
    [
      trust(
        { Service: FIREHOSE },
        { Condition: { StringEquals: { "aws:PrincipalServiceName": FIREHOSE, "sts:ExternalId": ACCOUNT } } },
      ),
    ],
    "allowed",
    "denied",
    [],
    "keys",
  ],
  [
    "aws:PrincipalAccount, which is of no service",
    [firehose("StringEquals", "aws:PrincipalAccount", ACCOUNT), SOURCE],
    "undetermined",
    "allowed",
    [`confusedDeputy Service:${FIREHOSE}?`],
    "keys",
  ],
  [
    "aws:PrincipalIsAWSService as a boolean",
    [
      trust(
        { Service: FIREHOSE },
        { Condition: { Bool: { "aws:PrincipalIsAWSService": true }, StringEquals: { "sts:ExternalId": ACCOUNT } } },
      ),
      SOURCE,
    ],
    "allowed",
    "allowed",
    [],
    "keys",
  ],
  [
    "the name of CloudWatch Logs in the region",
    [EXTERNAL_ID, trust({ Service: "logs.eu-west-1.amazonaws.com" }, when("StringLike", "aws:SourceArn", ARN))],
    "allowed",
    "allowed",
    [],
    "principal",
  ],
  [
    "the name of CloudWatch Logs in another region",
    [EXTERNAL_ID, trust({ Service: "logs.us-east-1.amazonaws.com" }, when("StringLike", "aws:SourceArn", ARN))],
    "allowed",
    "denied",
    [],
    "principal",
  ],
  [
    "the regional name without a condition",
    [EXTERNAL_ID, trust({ Service: "logs.eu-west-1.amazonaws.com" })],
    "allowed",
    "allowed",
    ["confusedDeputy Service:logs.eu-west-1.amazonaws.com!"],
    "principal",
  ],
  [
    "CloudWatch Logs of China",
    [EXTERNAL_ID, trust({ Service: "logs.amazonaws.com.cn" })],
    "allowed",
    "denied",
    ["service Service:logs.amazonaws.com.cn!"],
    "principal",
  ],
  [
    "a wildcard in a service",
    [trust({ Service: "*.amazonaws.com" })],
    "denied",
    "denied",
    ["service Service:*.amazonaws.com?"],
    "principal",
  ],
  ["* as service", [trust({ Service: "*" })], "undetermined", "undetermined", ["service Service:*?"], "principal"],
  [
    "another service",
    [...BOTH, trust({ Service: "lambda.amazonaws.com" })],
    "allowed",
    "allowed",
    ["service Service:lambda.amazonaws.com!"],
    "principal",
  ],
  [
    "another service for this account",
    [...BOTH, trust({ Service: "lambda.amazonaws.com" }, when("StringEquals", "aws:SourceAccount", ACCOUNT))],
    "allowed",
    "allowed",
    ["service Service:lambda.amazonaws.com!"],
    "principal",
  ],
  ["AWS:*", [...BOTH, trust({ AWS: "*" })], "allowed", "allowed", ["everyone AWS:*!"], "principal"],
  ["*", [trust("*")], "allowed", "allowed", ["everyone *!"], "principal"],
  [
    "* of an organization",
    [...BOTH, trust("*", when("StringEquals", "aws:PrincipalOrgID", "o-1"))],
    "allowed",
    "allowed",
    ["everyone *!"],
    "principal",
  ],
  [
    "* of this account",
    [...BOTH, trust("*", when("StringEquals", "aws:PrincipalAccount", ACCOUNT))],
    "allowed",
    "allowed",
    ["everyone *!"],
    "keys",
  ],
  [
    "* for the services of this account alone",
    [trust("*", when("StringEquals", "aws:SourceAccount", ACCOUNT))],
    "allowed",
    "allowed",
    ["everyone *!"],
    "keys",
  ],
  [
    "* for Firehose of this account alone",
    [
      trust("*", {
        Condition: {
          StringEquals: {
            "aws:SourceAccount": ACCOUNT,
            "sts:ExternalId": ACCOUNT,
            "aws:PrincipalServiceName": FIREHOSE,
          },
        },
      }),
    ],
    "allowed",
    "denied",
    [],
    "keys",
  ],
  [
    "the own account",
    [...BOTH, trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` })],
    "allowed",
    "allowed",
    [`principal AWS:arn:aws:iam::${ACCOUNT}:root!`],
    "principal",
  ],
  [
    "the own account by its id",
    [...BOTH, trust({ AWS: ACCOUNT })],
    "allowed",
    "allowed",
    [`principal AWS:${ACCOUNT}!`],
    "principal",
  ],
  [
    "a foreign account",
    [...BOTH, trust({ AWS: FOREIGN })],
    "allowed",
    "allowed",
    [`principal AWS:${FOREIGN}!`],
    "principal",
  ],
  [
    "a foreign account with an external id",
    [...BOTH, trust({ AWS: FOREIGN }, when("StringEquals", "sts:ExternalId", "secret"))],
    "allowed",
    "allowed",
    [`principal AWS:${FOREIGN}!`],
    "confusedDeputy",
  ],
  [
    "a foreign user",
    [...BOTH, trust({ AWS: `arn:aws:iam::${FOREIGN}:user/eve` })],
    "allowed",
    "allowed",
    [`principal AWS:arn:aws:iam::${FOREIGN}:user/eve!`],
    "principal",
  ],
  [
    "an account beside a service",
    [trust({ Service: FIREHOSE, AWS: FOREIGN }, when("StringEquals", "sts:ExternalId", ACCOUNT)), SOURCE],
    "allowed",
    "allowed",
    [`principal AWS:${FOREIGN}!`],
    "principal",
  ],
  [
    "a deleted principal's id",
    [...BOTH, trust({ AWS: "AIDAIOSFODNN7EXAMPLE" })],
    "allowed",
    "allowed",
    ["principal AWS:AIDAIOSFODNN7EXAMPLE!"],
    "principal",
  ],
  [
    "an account that a condition rules out",
    [...BOTH, trust({ AWS: FOREIGN }, when("StringEquals", "aws:PrincipalAccount", ACCOUNT))],
    "allowed",
    "allowed",
    [],
    "keys",
  ],
  [
    "web identities",
    [...BOTH, trust({ Federated: OIDC }, {}, "sts:AssumeRoleWithWebIdentity")],
    "allowed",
    "allowed",
    [`federated Federated:${OIDC}!`],
    "stsComparison",
  ],
  [
    "web identities under conditions",
    [
      ...BOTH,
      trust(
        { Federated: OIDC },
        when("StringLike", "token.actions.githubusercontent.com:sub", "repo:o/*"),
        "sts:AssumeRoleWithWebIdentity",
      ),
    ],
    "allowed",
    "allowed",
    [`federated Federated:${OIDC}!`],
    "stsComparison",
  ],
  [
    "an identity provider without its action",
    [...BOTH, trust({ Federated: OIDC })],
    "allowed",
    "allowed",
    [],
    "stsComparison",
  ],
  [
    "SAML",
    [...BOTH, trust({ Federated: SAML }, {}, "sts:AssumeRoleWithSAML")],
    "allowed",
    "allowed",
    [`federated Federated:${SAML}!`],
    "stsComparison",
  ],
  [
    "everybody's web identities",
    [...BOTH, trust("*", {}, "sts:AssumeRoleWithWebIdentity")],
    "allowed",
    "allowed",
    ["everyone *!"],
    "stsComparison",
  ],
  [
    "NotPrincipal",
    [trust(undefined, { NotPrincipal: { AWS: FOREIGN } })],
    "allowed",
    "allowed",
    ["everyone NotPrincipal!"],
    "notPrincipal",
  ],
  ["a Deny of everybody", [...BOTH, denyTrust("*")], "denied", "denied", [], "evaluation"],
  ["a Deny of Firehose", [...BOTH, denyTrust({ Service: FIREHOSE })], "denied", "allowed", [], "evaluation"],
  [
    "a Deny of everybody else",
    [trust({ Service: [FIREHOSE, LOGS] }), denyTrust("*", when("StringNotEquals", "aws:SourceAccount", ACCOUNT))],
    "allowed",
    "allowed",
    [],
    "confusedDeputy",
  ],
  [
    "a Deny of a foreign account",
    [...BOTH, trust({ AWS: FOREIGN }), denyTrust({ AWS: FOREIGN })],
    "allowed",
    "allowed",
    [],
    "evaluation",
  ],
  [
    "a Deny under a condition that is not known",
    [...BOTH, denyTrust("*", when("StringNotEquals", "aws:SourceOrgID", "o-1"))],
    "undetermined",
    "undetermined",
    [],
    "evaluation",
  ],
  [
    "a Deny without MFA, which services have not",
    [...BOTH, denyTrust("*", when("BoolIfExists", "aws:MultiFactorAuthPresent", "false"))],
    "denied",
    "denied",
    [],
    "operators",
  ],
  [
    "a Deny for requests without TLS",
    [...BOTH, denyTrust("*", when("Bool", "aws:SecureTransport", false))],
    "allowed",
    "allowed",
    [],
    "keys",
  ],
];

const describeOthers = (statements: readonly Statement[], location: AwsLocation = LOCATION): string[] =>
  otherTrustedPrincipals(statements, location).map(
    ({ kind, principal, accountId, isCertain }) =>
      `${kind} ${principal}${accountId === undefined ? "" : ` ${accountId}`}${isCertain ? "!" : "?"}`,
  );

test.each(ROWS)("the trust of %s", (_, statements, byFirehose, byLogs, others, page) => {
  const document = policy(...statements);
  expect({
    firehose: mayAssume(document, "firehose", LOCATION).result,
    logs: mayAssume(document, "logs", LOCATION).result,
    others: describeOthers(document),
    page: PAGE[page],
  }).toEqual({ firehose: byFirehose, logs: byLogs, others, page: PAGE[page] });
});

test("is undetermined where account or region are not known", () => {
  const location: AwsLocation = { ...LOCATION, accountId: UNKNOWN };
  expect(mayAssume(policy(...BOTH), "firehose", location).result).toBe("undetermined");
  expect(mayAssume(policy(...BOTH), "logs", location).result).toBe("undetermined");
  expect(describeOthers(policy(...BOTH), location)).toEqual([
    `confusedDeputy Service:${FIREHOSE} ${ACCOUNT}?`,
    `confusedDeputy Service:${LOGS} ${ACCOUNT}?`,
  ]);
  expect(mayAssume(policy(...BOTH), "logs", { ...LOCATION, region: UNKNOWN }).result).toBe("allowed");
  expect(mayAssume(policy(...BOTH), "logs", { ...LOCATION, partition: UNKNOWN }).result).toBe("undetermined");
});

test("is undetermined where a policy or a principal is not known", () => {
  const [statement] = policy(trust({ Service: FIREHOSE }));
  const principals = { negated: false, ids: [{ type: "Service", id: UNKNOWN }] } as const;
  const unknown = statement === undefined ? [] : [{ ...statement, principals }];
  expect(mayAssume(unknown, "firehose", LOCATION).result).toBe("undetermined");
  expect(describeOthers(unknown)).toEqual(["service Service:(not known)?"]);
  expect(mayAssume([UNKNOWN], "firehose", LOCATION).result).toBe("undetermined");
  expect(otherTrustedPrincipals([UNKNOWN], LOCATION)).toMatchObject([{ kind: "unknown", isCertain: false }]);
});

test("is evaluated for each stream or log group that is known", () => {
  const streams = firehose("ArnEquals", "aws:SourceArn", `arn:aws:firehose:*:${ACCOUNT}:deliverystream/kloudfuse-logs`);
  const arn = (name: string): string => `arn:aws:firehose:eu-west-1:${ACCOUNT}:deliverystream/${name}`;
  const result = (...names: string[]): Result =>
    mayAssume(policy(streams), "firehose", LOCATION, names.map(arn)).result;
  expect(mayAssume(policy(streams), "firehose", LOCATION).result).toBe("undetermined");
  expect(result("kloudfuse-logs")).toBe("allowed");
  expect(result("kloudfuse-logs", "kloudfuse-metrics")).toBe("denied");
});

test("is denied by one stream that is denied, else undetermined by one that is undetermined", () => {
  const arn = (account: string, name: string): string => `arn:aws:firehose:eu-west-1:${account}:deliverystream/${name}`;
  const document = policy(
    firehose("StringEquals", "aws:SourceArn", arn(ACCOUNT, "a")),
    trust(
      { Service: FIREHOSE },
      { Condition: { StringEquals: { "aws:SourceArn": arn(ACCOUNT, "b"), "aws:SourceOrgID": "o-1" } } },
    ),
  );
  const result = (...names: string[]): Result =>
    mayAssume(
      document,
      "firehose",
      LOCATION,
      names.map((name) => arn(ACCOUNT, name)),
    ).result;
  expect(result("a", "b")).toBe("undetermined");
  expect(result("a", "b", "c")).toBe("denied");
  expect(result("b", "c")).toBe("denied");
  expect(result("a")).toBe("allowed");
});

const inLogGroup = (name: string): readonly Statement[] =>
  policy(logs("ArnLike", "aws:SourceArn", `arn:aws:logs:*:${ACCOUNT}:log-group:${name}`));

test.each<[name: string, result: Result, reason: Reason]>([
  ["*", "allowed", "allow"],
  ["*:*", "undetermined", "possibleAllow"],
  ["app:*", "undetermined", "possibleAllow"],
  ["app:*:*", "denied", "implicitDeny"],
  ["*:log-stream:*", "denied", "implicitDeny"],
  ["app:a", "denied", "implicitDeny"],
  ["app:*a", "denied", "implicitDeny"],
])("of log groups like %s: CloudWatch Logs may send the ARN of a log group with or without :*", (name, ...expected) => {
  const { result, reason } = mayAssume(inLogGroup(name), "logs", LOCATION);
  expect([result, reason]).toEqual(expected);
});

test("of one log group and its log streams is evaluated by the ARN that is known", () => {
  const arn = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:app`;
  const result = (sourceArn: string): Result => mayAssume(inLogGroup("app:*"), "logs", LOCATION, [sourceArn]).result;
  expect([result(`${arn}:*`), result(arn)]).toEqual(["allowed", "denied"]);
});

test("a Deny of a log group and its log streams leaves CloudWatch Logs undetermined", () => {
  const document = policy(
    logs("StringEquals", "aws:SourceAccount", ACCOUNT),
    denyTrust({ Service: LOGS }, when("ArnLike", "aws:SourceArn", `arn:aws:logs:*:${ACCOUNT}:log-group:*:*`)),
  );
  expect(mayAssume(document, "logs", LOCATION).result).toBe("undetermined");
});

test("with a value of a condition that is not known is undetermined, where the value matters", () => {
  const withUnknown = (...values: readonly string[]): readonly Statement[] =>
    policy(logs("StringEquals", "aws:SourceAccount", values)).map((statement) => ({
      ...statement,
      conditions: statement.conditions.map((condition) => ({ ...condition, values: [UNKNOWN, ...condition.values] })),
    }));
  expect(mayAssume(withUnknown(FOREIGN), "logs", LOCATION).result).toBe("undetermined");
  expect(mayAssume(withUnknown(ACCOUNT), "logs", LOCATION).result).toBe("allowed");
});

test("names the statements that decide and the conditions that are not known", () => {
  const document = policy({ Sid: "Org", ...logs("StringEquals", "aws:SourceOrgID", "o-1") });
  const { statements, conditions } = mayAssume(document, "logs", LOCATION);
  expect(statements.map(({ sid }) => sid)).toEqual(["Org"]);
  expect(conditions).toEqual([{ operator: "StringEquals", key: "aws:SourceOrgID", values: ["o-1"] }]);
});

test("of version 2008-10-17 may be a single statement", () => {
  const json = JSON.stringify({ Version: "2008-10-17", Statement: trust({ Service: FIREHOSE }) });
  expect(mayAssume(parseStatements(json), "firehose", LOCATION).result).toBe("allowed");
});
