import { otherTrustedPrincipals } from "../../iam/other-trusted-principals";
import { mayAssume } from "../../iam/trust";
import { METRIC_STREAM_SERVICES } from "../../iam/trusted-services";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, FOREIGN, LOCATION, policy, type Result, when } from "./tables";

const SERVICE = "streams.metrics.cloudwatch.amazonaws.com";
const ARN = `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:metric-stream/kloudfuse-metrics`;

const trust = (Service: string, more: object = {}): object => ({
  Effect: "Allow",
  Principal: { Service },
  Action: "sts:AssumeRole",
  ...more,
});
const byAccount = (values: unknown): object => trust(SERVICE, when("StringEquals", "aws:SourceAccount", values));
const bySource = (value: string): object => trust(SERVICE, when("ArnLike", "aws:SourceArn", value));

/** The service, then everybody else: `!` for certain, `?` perhaps. */
const ROWS: readonly (readonly [name: string, statements: readonly object[], Result, readonly string[]])[] = [
  ["its account", [byAccount(ACCOUNT)], "allowed", []],
  ["no condition", [trust(SERVICE)], "allowed", [`confusedDeputy Service:${SERVICE}!`]],
  ["another account", [byAccount(FOREIGN)], "denied", [`confusedDeputy Service:${SERVICE} ${FOREIGN}!`]],
  ["two accounts", [byAccount([ACCOUNT, FOREIGN])], "allowed", [`confusedDeputy Service:${SERVICE} ${FOREIGN}!`]],
  ["a source, which is not documented", [bySource(ARN)], "undetermined", [`confusedDeputy Service:${SERVICE}?`]],
  [
    "a source and its account",
    [
      trust(SERVICE, {
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT }, ArnLike: { "aws:SourceArn": ARN } },
      }),
    ],
    "undetermined",
    [],
  ],
  [
    "an external id, which it does not send",
    [trust(SERVICE, when("StringEquals", "sts:ExternalId", ACCOUNT))],
    "denied",
    [],
  ],
  [
    "the services of the delivery role too",
    [byAccount(ACCOUNT), trust("firehose.amazonaws.com", when("StringEquals", "sts:ExternalId", ACCOUNT))],
    "allowed",
    ["service Service:firehose.amazonaws.com!"],
  ],
  ["everybody", [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }], "allowed", ["everyone *!"]],
  ["another service", [trust("lambda.amazonaws.com")], "denied", ["service Service:lambda.amazonaws.com!"]],
];

const othersOf = (statements: Parameters<typeof otherTrustedPrincipals>[0]): string[] =>
  otherTrustedPrincipals(statements, LOCATION, METRIC_STREAM_SERVICES).map(
    ({ kind, principal, accountId, isCertain }) =>
      `${kind} ${principal}${accountId === undefined ? "" : ` ${accountId}`}${isCertain ? "!" : "?"}`,
  );

test.each(ROWS)("the trust of a metric stream's role in %s", (_, statements, result, others) => {
  const document = policy(...statements);
  expect(mayAssume(document, "metricStreams", LOCATION).result).toBe(result);
  expect(othersOf(document)).toEqual(others);
});

test("the delivery role's trust in a metric stream is trust in another service", () => {
  expect(otherTrustedPrincipals(policy(byAccount(ACCOUNT)), LOCATION)).toMatchObject([
    { kind: "service", principal: `Service:${SERVICE}`, isCertain: true },
  ]);
});

test("is undetermined where the account is not known", () => {
  expect(mayAssume(policy(byAccount(ACCOUNT)), "metricStreams", { ...LOCATION, accountId: UNKNOWN }).result).toBe(
    "undetermined",
  );
});
