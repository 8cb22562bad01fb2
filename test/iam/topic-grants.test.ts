import type { Statements } from "../../iam/evaluate";
import type { AwsLocation } from "../../iam/request";
import { openGrants } from "../../iam/topic-grants";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, allow, deny, FOREIGN, LOCATION, PAGE, type Page, policy, when } from "./tables";

const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`;
const ALARMS = `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:*`;
const EVERYBODY = { Principal: "*" };
const CLOUDWATCH = { Principal: { Service: "cloudwatch.amazonaws.com" } };
const S3 = { Principal: { Service: "s3.amazonaws.com" } };
const publish = (more: object): object => allow("sns:Publish", TOPIC, more);
const OF_ACCOUNT = when("StringEquals", "aws:SourceAccount", ACCOUNT);

/** `!` for certain, `?` perhaps. */
const NOT_KNOWN: readonly (typeof UNKNOWN)[] = [UNKNOWN];
const granted = (statements: Statements, location: AwsLocation = LOCATION): readonly string[] =>
  openGrants(statements, TOPIC, location).map(
    ({ service, action, isCertain }) => `${service ?? "everybody"} ${action}${isCertain ? "!" : "?"}`,
  );

type GrantRow = readonly [name: string, statements: readonly object[], found: readonly string[], page: Page];

const OPEN: readonly GrantRow[] = [
  ["everybody", [publish(EVERYBODY)], ["everybody sns:Publish!"], "principal"],
  ["everybody of AWS", [publish({ Principal: { AWS: "*" } })], ["everybody sns:Publish!"], "principal"],
  ["everybody in a list", [publish({ Principal: { AWS: [ACCOUNT, "*"] } })], ["everybody sns:Publish!"], "principal"],
  [
    "everybody but one account",
    [publish({ NotPrincipal: { AWS: `arn:aws:iam::${FOREIGN}:root` } })],
    ["everybody sns:Publish!"],
    "notPrincipal",
  ],
  ["another action", [allow("sns:Subscribe", TOPIC, EVERYBODY)], ["everybody sns:Subscribe!"], "action"],
  ["an action of its own", [allow("sns:TagResource", TOPIC, EVERYBODY)], ["everybody sns:TagResource!"], "action"],
  ["a wildcard of actions", [allow("SNS:*", TOPIC, EVERYBODY)], ["everybody sns:Publish!"], "action"],
  [
    "all actions but one",
    [allow(undefined, TOPIC, { ...EVERYBODY, NotAction: "sns:Publish" })],
    ["everybody sns:Subscribe!"],
    "notAction",
  ],
  [
    "everybody, by StringLike *",
    [publish({ ...EVERYBODY, ...when("StringLike", "aws:SourceOwner", "*") })],
    ["everybody sns:Publish!"],
    "operators",
  ],
  [
    "everybody, by ForAllValues of a key that may be absent",
    [publish({ ...EVERYBODY, ...when("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-1") })],
    ["everybody sns:Publish!"],
    "multivalued",
  ],
  [
    "everybody, by IfExists of a key that may be absent",
    [publish({ ...EVERYBODY, ...when("StringEqualsIfExists", "aws:SourceAccount", ACCOUNT) })],
    ["everybody sns:Publish!"],
    "operators",
  ],
  [
    "all accounts but one",
    [publish({ ...EVERYBODY, ...when("StringNotEquals", "aws:PrincipalAccount", FOREIGN) })],
    ["everybody sns:Publish!"],
    "operators",
  ],
  [
    "a tenth of all accounts",
    [publish({ ...EVERYBODY, ...when("StringLike", "aws:PrincipalAccount", "4*") })],
    ["everybody sns:Publish!"],
    "operators",
  ],
  [
    "everybody on encrypted connections",
    [publish({ ...EVERYBODY, ...when("Bool", "aws:SecureTransport", "true") })],
    ["everybody sns:Publish!"],
    "operators",
  ],
  ["a service", [publish(CLOUDWATCH)], ["cloudwatch.amazonaws.com sns:Publish!"], "confusedDeputy"],
  [
    "two services",
    [publish(CLOUDWATCH), publish(S3)],
    ["cloudwatch.amazonaws.com sns:Publish!", "s3.amazonaws.com sns:Publish!"],
    "confusedDeputy",
  ],
  [
    "a service, by StringLike *",
    [publish({ ...CLOUDWATCH, ...when("StringLike", "aws:SourceAccount", "*") })],
    ["cloudwatch.amazonaws.com sns:Publish!"],
    "operators",
  ],
  [
    "a service, by StringLike of many accounts",
    [publish({ ...CLOUDWATCH, ...when("StringLike", "aws:SourceAccount", "45*") })],
    ["cloudwatch.amazonaws.com sns:Publish!"],
    "operators",
  ],
  [
    "a service, by the ARN of any account's alarm",
    [publish({ ...CLOUDWATCH, ...when("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*:*:alarm:kloudfuse-*") })],
    ["cloudwatch.amazonaws.com sns:Publish!"],
    "confusedDeputy",
  ],
  [
    "a service, by any bucket",
    [publish({ ...S3, ...when("ArnLike", "aws:SourceArn", "arn:aws:s3:::*") })],
    ["s3.amazonaws.com sns:Publish!"],
    "confusedDeputy",
  ],
  [
    "a service, by a bucket that everybody can create",
    [publish({ ...S3, ...when("ArnLike", "aws:SourceArn", "arn:aws:s3:::uploads-*") })],
    ["s3.amazonaws.com sns:Publish!"],
    "confusedDeputy",
  ],
  [
    "a service, by StringLike of all that is Amazon S3's",
    [publish({ ...S3, ...when("StringLike", "aws:SourceArn", "arn:aws:s3:*") })],
    ["s3.amazonaws.com sns:Publish!"],
    "confusedDeputy",
  ],
  [
    "a service, by another condition",
    [publish({ ...CLOUDWATCH, ...when("Bool", "aws:SecureTransport", "true") })],
    ["cloudwatch.amazonaws.com sns:Publish!"],
    "confusedDeputy",
  ],
  [
    "everybody by the ARN of any account's alarm",
    [publish({ ...EVERYBODY, ...when("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*:*:alarm:*") })],
    ["cloudwatch.amazonaws.com sns:Publish!"],
    "confusedDeputy",
  ],
  [
    "everybody, and a service, said once",
    [publish(EVERYBODY), publish({ ...CLOUDWATCH, ...OF_ACCOUNT })],
    ["everybody sns:Publish!"],
    "principal",
  ],
  [
    "everybody, and a service that is open by itself",
    [publish(EVERYBODY), publish(S3)],
    ["everybody sns:Publish!", "s3.amazonaws.com sns:Publish!"],
    "principal",
  ],
];

const CLOSED: readonly GrantRow[] = [
  ["nobody", [], [], "evaluation"],
  ["the own account", [publish({ Principal: { AWS: ACCOUNT } })], [], "principal"],
  ["another account by its id", [publish({ Principal: { AWS: FOREIGN } })], [], "principal"],
  ["another account's role", [publish({ Principal: { AWS: `arn:aws:iam::${FOREIGN}:role/x` } })], [], "principal"],
  [
    "another account by a condition",
    [publish({ ...EVERYBODY, ...when("StringEquals", "aws:PrincipalAccount", FOREIGN) })],
    [],
    "condition",
  ],
  [
    "an organization",
    [publish({ ...EVERYBODY, ...when("StringEquals", "aws:PrincipalOrgID", "o-1") })],
    [],
    "condition",
  ],
  [
    "the default policy of SNS",
    [
      allow(["SNS:Publish", "SNS:Subscribe", "SNS:SetTopicAttributes"], TOPIC, {
        Principal: { AWS: "*" },
        ...when("StringEquals", "AWS:SourceOwner", ACCOUNT),
      }),
    ],
    [],
    "condition",
  ],
  [
    "the alarms of the account",
    [
      publish({
        ...CLOUDWATCH,
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT }, ArnLike: { "aws:SourceArn": ALARMS } },
      }),
    ],
    [],
    "confusedDeputy",
  ],
  ["a service for the account", [publish({ ...S3, ...OF_ACCOUNT })], [], "confusedDeputy"],
  [
    "alarms by their ARN",
    [publish({ ...CLOUDWATCH, ...when("ArnLike", "aws:SourceArn", ALARMS) })],
    [],
    "confusedDeputy",
  ],
  [
    "one bucket by its ARN, which has no account",
    [publish({ ...S3, ...when("ArnLike", "aws:SourceArn", "arn:aws:s3:::uploads") })],
    [],
    "confusedDeputy",
  ],
  [
    "a service for an organization",
    [publish({ ...S3, ...when("StringEquals", "aws:SourceOrgID", "o-1") })],
    [],
    "confusedDeputy",
  ],
  [
    "a service for another account that is named",
    [publish({ ...CLOUDWATCH, ...when("StringEquals", "aws:SourceAccount", FOREIGN) })],
    [],
    "confusedDeputy",
  ],
  [
    "CloudWatch by IfExists, which always has the key",
    [publish({ ...CLOUDWATCH, ...when("StringEqualsIfExists", "aws:SourceAccount", ACCOUNT) })],
    [],
    "operators",
  ],
  ["everybody, and a Deny of everybody", [publish(EVERYBODY), deny("sns:*", TOPIC, EVERYBODY)], [], "evaluation"],
  [
    "everybody, and a Deny of other accounts",
    [
      publish(EVERYBODY),
      deny("sns:*", TOPIC, { ...EVERYBODY, ...when("StringNotEquals", "aws:PrincipalAccount", ACCOUNT) }),
      deny("sns:*", TOPIC, { ...EVERYBODY, ...when("Bool", "aws:PrincipalIsAWSService", "true") }),
    ],
    [],
    "evaluation",
  ],
  ["another topic, which SNS does not take", [allow("sns:Publish", `${TOPIC}-2`, EVERYBODY)], [], "resource"],
];

const PERHAPS: readonly GrantRow[] = [
  [
    "everybody from an address",
    [publish({ ...EVERYBODY, ...when("IpAddress", "aws:SourceIp", "192.0.2.0/24") })],
    ["everybody sns:Publish?", "cloudwatch.amazonaws.com sns:Publish?"],
    "condition",
  ],
  [
    "another service by IfExists, which may not have the key",
    [publish({ ...S3, ...when("StringEqualsIfExists", "aws:SourceAccount", ACCOUNT) })],
    ["s3.amazonaws.com sns:Publish?"],
    "operators",
  ],
];

describe("whom the policy of a topic lets in without naming them", () => {
  test.each(OPEN)("%s", (_, statements, found, page) => {
    expect([granted(policy(...statements)), PAGE[page]]).toEqual([found, PAGE[page]]);
  });

  test.each(CLOSED)("nobody: %s", (_, statements, found, page) => {
    expect([granted(policy(...statements)), PAGE[page]]).toEqual([found, PAGE[page]]);
  });

  test.each(PERHAPS)("perhaps: %s", (_, statements, found, page) => {
    expect([granted(policy(...statements)), PAGE[page]]).toEqual([found, PAGE[page]]);
  });

  test("is not decided by an account that may be the own one, where that is not known", () => {
    const unknown: AwsLocation = { partition: UNKNOWN, region: UNKNOWN, accountId: UNKNOWN };
    expect(granted(policy(publish({ ...CLOUDWATCH, ...OF_ACCOUNT })), unknown)).toEqual([]);
    expect(granted(policy(publish(CLOUDWATCH)), unknown)).toEqual(["cloudwatch.amazonaws.com sns:Publish!"]);
  });

  test("takes a resource that is not known for the topic", () => {
    const statements = policy(publish(EVERYBODY)).map((statement) => ({
      ...statement,
      resources: { negated: false, values: NOT_KNOWN },
    }));
    expect(granted(statements)).toEqual(["everybody sns:Publish!"]);
  });

  test("is undetermined where a value of a condition is not known", () => {
    const statements = policy(publish({ ...CLOUDWATCH, ...OF_ACCOUNT })).map((statement) => ({
      ...statement,
      conditions: statement.conditions.map((condition) => ({ ...condition, values: NOT_KNOWN })),
    }));
    expect(granted(statements)).toEqual(["cloudwatch.amazonaws.com sns:Publish?"]);
  });

  test("is undetermined where a statement is not known, which may deny", () => {
    expect(granted([...policy(publish(EVERYBODY)), UNKNOWN])).toEqual([
      "everybody sns:Publish?",
      "cloudwatch.amazonaws.com sns:Publish?",
    ]);
  });
});
