import { trustOutcomes } from "../../../cli/verify/trust";
import { LOCATION } from "../../helpers/account";
import { policyRules } from "../../helpers/policy-rules";

const FIREHOSE = "firehose.amazonaws.com";
const LOGS = "logs.amazonaws.com";

describe("the trust of a role", () => {
  const trust = (Service: unknown, Condition?: object): object => ({
    Effect: "Allow",
    Principal: { Service },
    Action: "sts:AssumeRole",
    ...(Condition === undefined ? {} : { Condition }),
  });
  const lines = (...statements: readonly object[]): string[] =>
    trustOutcomes(policyRules(...statements), LOCATION).map(({ verdict, found }) => `${verdict}: ${found}`);
  const EXTERNAL_ID = { StringEquals: { "sts:ExternalId": LOCATION.accountId } };
  const SOURCE = { StringLike: { "aws:SourceArn": `arn:aws:logs:*:${LOCATION.accountId}:*` } };

  test("suffices as this project makes it", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, SOURCE))).toEqual([
      "ok: firehose.amazonaws.com, for this account only",
      "ok: logs.amazonaws.com, for this account only",
      "ok: none",
    ]);
  });

  test("lets other accounts' services in as the guide has it", () => {
    expect(lines(trust([FIREHOSE, LOGS]))).toEqual([
      "problem: firehose.amazonaws.com, from any account (confused deputy)",
      "problem: logs.amazonaws.com, from any account (confused deputy)",
      "ok: none",
    ]);
  });

  test("lacks a service that is not in it", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID))[1]).toBe("problem: logs.amazonaws.com may not assume the role");
    expect(lines(trust(LOGS, SOURCE))[0]).toBe("problem: firehose.amazonaws.com may not assume the role");
  });

  test("needs no CloudWatch Logs where the role serves metrics only, but may have it", () => {
    const found = (...statements: readonly object[]): string[] =>
      trustOutcomes(policyRules(...statements), LOCATION, ["firehose"]).map(
        ({ verdict, found: text }) => `${verdict}: ${text}`,
      );
    expect(found(trust(FIREHOSE, EXTERNAL_ID))).toEqual([
      "ok: firehose.amazonaws.com, for this account only",
      "ok: not trusted, and not needed: no logs stream that was checked uses the role",
      "ok: none",
    ]);
    expect(found(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS))[1]).toBe(
      "problem: logs.amazonaws.com, from any account (confused deputy)",
    );
    expect(found(trust(LOGS, SOURCE))[0]).toBe("problem: firehose.amazonaws.com may not assume the role");
  });

  describe("of a metric stream", () => {
    const METRIC_STREAMS = "streams.metrics.cloudwatch.amazonaws.com";
    const ACCOUNT = { StringEquals: { "aws:SourceAccount": LOCATION.accountId } };
    const found = (...statements: readonly object[]): string[] =>
      trustOutcomes(policyRules(...statements), LOCATION, ["metricStreams"]).map(
        ({ verdict, name, found: text }) => `${verdict}: ${name}: ${text}`,
      );

    test.each([
      [trust(METRIC_STREAMS, ACCOUNT), `ok: trust of metric streams: ${METRIC_STREAMS}, for this account only`],
      [
        trust(METRIC_STREAMS),
        `problem: trust of metric streams: ${METRIC_STREAMS}, from any account (confused deputy)`,
      ],
      [trust("lambda.amazonaws.com"), `problem: trust of metric streams: ${METRIC_STREAMS} may not assume the role`],
      [
        trust(METRIC_STREAMS, { StringEquals: { "aws:SourceAccount": "210987654321" } }),
        `problem: trust of metric streams: ${METRIC_STREAMS}, under a condition that this account does not meet: StringEquals aws:SourceAccount 210987654321`,
      ],
    ])("%#", (statement, line) => {
      expect(found(statement)[0]).toBe(line);
    });

    test("is undetermined under a condition on the source's ARN, which AWS does not document", () => {
      const arn = `arn:aws:cloudwatch:eu-west-1:${LOCATION.accountId}:metric-stream/*`;
      expect(found(trust(METRIC_STREAMS, { ArnLike: { "aws:SourceArn": arn } }))[0]).toBe(
        `unknown: trust of metric streams: ${METRIC_STREAMS}, under ArnLike aws:SourceArn ${arn}`,
      );
    });

    test("is no other service's, unless the role is the delivery role too", () => {
      const both = [trust(METRIC_STREAMS, ACCOUNT), trust(FIREHOSE, EXTERNAL_ID)];
      expect(found(...both)[1]).toBe(
        "problem: trust of others: Service:firehose.amazonaws.com may assume the role too",
      );
      expect(
        trustOutcomes(policyRules(...both), LOCATION, ["firehose", "metricStreams"]).map(({ verdict, name }) => [
          name,
          verdict,
        ]),
      ).toEqual([
        ["trust of firehose", "ok"],
        ["trust of logs", "ok"],
        ["trust of metric streams", "ok"],
        ["trust of others", "ok"],
      ]);
    });

    test("is a fault of a delivery role that serves no metric stream", () => {
      const outcomes = trustOutcomes(
        policyRules(trust(FIREHOSE, EXTERNAL_ID), trust(METRIC_STREAMS, ACCOUNT)),
        LOCATION,
        ["firehose"],
      );
      expect(outcomes.at(-1)?.found).toBe(`Service:${METRIC_STREAMS} may assume the role too`);
    });
  });

  test("lacks Firehose when the external id is another account's", () => {
    const other = { StringEquals: { "sts:ExternalId": "210987654321" } };
    expect(lines(trust(FIREHOSE, other), trust(LOGS, SOURCE))[0]).toBe(
      "problem: firehose.amazonaws.com, under a condition that this account does not meet: StringEquals sts:ExternalId 210987654321",
    );
  });

  test("knows the regional name of CloudWatch Logs", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust("logs.eu-west-1.amazonaws.com", SOURCE))[1]).toBe(
      "ok: logs.amazonaws.com, for this account only",
    );
  });

  test("is undetermined for log groups that may not be all, and for conditions that cannot be evaluated", () => {
    const some = { StringLike: { "aws:SourceArn": `arn:aws:logs:*:${LOCATION.accountId}:log-group:/app/*` } };
    const organization = { StringEquals: { "aws:SourceOrgID": "o-1" } };
    expect(lines(trust(FIREHOSE, organization), trust(LOGS, some)).slice(0, 2)).toEqual([
      "unknown: firehose.amazonaws.com, under StringEquals aws:SourceOrgID o-1",
      `unknown: logs.amazonaws.com, under StringLike aws:SourceArn arn:aws:logs:*:${LOCATION.accountId}:log-group:/app/*`,
    ]);
  });

  test.each(["arn:aws:logs:*:210987654321:*", "arn:aws-cn:logs:*:123456789012:*"])(
    "lacks CloudWatch Logs when the source is elsewhere: %s",
    (arn) => {
      const elsewhere = { StringLike: { "aws:SourceArn": arn } };
      expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, elsewhere))[1]).toBe(
        `problem: logs.amazonaws.com, under a condition that this account does not meet: StringLike aws:SourceArn ${arn}`,
      );
    },
  );

  test.each([
    ["aws", "logs.amazonaws.com"],
    ["aws-us-gov", "logs.amazonaws.com"],
    ["aws-cn", "logs.amazonaws.com.cn"],
    ["aws-cn", "logs.amazonaws.com"],
    ["aws-iso", "logs.c2s.ic.gov"],
    ["aws-iso-b", "logs.sc2s.sgov.gov"],
    ["aws-new", "logs.amazonaws.com.cn"],
  ])("suffices in %s with %s", (partition, service) => {
    const source = { StringLike: { "aws:SourceArn": `arn:${partition}:logs:*:${LOCATION.accountId}:*` } };
    const statements = policyRules(trust(FIREHOSE, EXTERNAL_ID), trust(service, source));
    expect(
      trustOutcomes(statements, { ...LOCATION, partition }).map(({ verdict, found }) => `${verdict}: ${found}`),
    ).toEqual([
      "ok: firehose.amazonaws.com, for this account only",
      `ok: ${service}, for this account only`,
      "ok: none",
    ]);
  });

  test.each([
    ["aws", "logs.amazonaws.com.cn", "logs.amazonaws.com"],
    ["aws-us-gov", "logs.amazonaws.com.cn", "logs.amazonaws.com"],
    ["aws-iso", "logs.amazonaws.com", "logs.c2s.ic.gov"],
    ["aws-iso-b", "logs.c2s.ic.gov", "logs.sc2s.sgov.gov"],
  ])("does not suffice in %s with %s", (partition, service, expected) => {
    const [, logs, others] = trustOutcomes(policyRules(trust(FIREHOSE, EXTERNAL_ID), trust(service)), {
      ...LOCATION,
      partition,
    });
    expect(logs).toMatchObject({
      verdict: "problem",
      found: `${expected} may not assume the role`,
      remedy: `Add ${expected} to the trust policy, with sts:AssumeRole and StringLike aws:SourceArn arn:${partition}:logs:*:${LOCATION.accountId}:*.`,
    });
    expect(others).toMatchObject({
      verdict: "problem",
      found: `Service:${service} may assume the role too`,
      remedy: `Remove them from the trust policy: only firehose.amazonaws.com and ${expected} need the role.`,
    });
  });

  test.each([
    ["any ARN", { StringLike: { "aws:SourceArn": "*" } }, "from any account"],
    ["every account", { ArnLike: { "aws:SourceArn": "arn:aws:logs:*:*:*" } }, "from any account"],
    [
      "a list",
      { StringEquals: { "aws:SourceAccount": [LOCATION.accountId, "210987654321"] } },
      "also from account 210987654321",
    ],
    [
      "a key that is not sent",
      { "ForAllValues:StringEquals": { "sts:ExternalId": LOCATION.accountId } },
      "from any account",
    ],
  ])("is too wide for CloudWatch Logs with %s", (_, condition, whose) => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, condition)).slice(1)).toEqual([
      `problem: logs.amazonaws.com, ${whose} (confused deputy)`,
      "ok: none",
    ]);
  });

  test("is too wide through a second statement", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, SOURCE), trust(FIREHOSE))[0]).toBe(
      "problem: firehose.amazonaws.com, from any account (confused deputy)",
    );
  });

  test("may be too wide under a condition that counts only where the service sends the key", () => {
    const ifExists = { ArnLikeIfExists: SOURCE.StringLike };
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, ifExists))[1]).toBe(
      "unknown: logs.amazonaws.com, possibly also from other accounts (confused deputy)",
    );
  });

  test.each([
    ["aws:SourceAccount", { StringEquals: { "aws:SourceAccount": LOCATION.accountId } }],
    ["ArnLike", { ArnLike: SOURCE.StringLike }],
    ["keys in another case", { StringLike: { "AWS:sourcearn": SOURCE.StringLike["aws:SourceArn"] } }],
  ])("suffices with %s", (_, condition) => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, condition))).toEqual([
      "ok: firehose.amazonaws.com, for this account only",
      "ok: logs.amazonaws.com, for this account only",
      "ok: none",
    ]);
  });

  test("does not suffice with an action that assumes no role", () => {
    const tag = { ...trust([FIREHOSE, LOGS]), Action: "sts:TagSession" };
    expect(lines(tag)).toEqual([
      "problem: firehose.amazonaws.com may not assume the role",
      "problem: logs.amazonaws.com may not assume the role",
      "ok: none",
    ]);
  });

  test("does not suffice under a Deny, and is undetermined under one that may apply", () => {
    const deny = (Condition: object): object => ({ ...trust(LOGS, Condition), Effect: "Deny" });
    const both = [trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, SOURCE)];
    expect(lines(...both, deny({}))[1]).toBe(
      "problem: logs.amazonaws.com may not assume the role: the trust policy denies it",
    );
    expect(lines(...both, deny({ StringNotEquals: { "aws:SourceOrgID": "o-1" } }))[1]).toBe(
      "unknown: logs.amazonaws.com, unless the trust policy denies it under StringNotEquals aws:SourceOrgID o-1",
    );
  });

  test.each([
    [
      "web identities",
      { Federated: "accounts.google.com" },
      "sts:AssumeRoleWithWebIdentity",
      "Federated:accounts.google.com",
    ],
    ["another service", { Service: "lambda.amazonaws.com" }, "sts:AssumeRole", "Service:lambda.amazonaws.com"],
    ["a foreign account", { AWS: "210987654321" }, "sts:AssumeRole", "AWS:210987654321"],
    ["everybody", "*", "STS:*", "*"],
  ])("is too wide for %s", (_, Principal, Action, name) => {
    const other = { Effect: "Allow", Principal, Action };
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, SOURCE), other)[2]).toBe(
      `problem: ${name} may assume the role too`,
    );
  });

  test("is too wide for everybody but some", () => {
    const others = { Effect: "Allow", NotPrincipal: { AWS: "210987654321" }, Action: "sts:AssumeRole" };
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, SOURCE), others)[2]).toBe(
      "problem: everyone but some (NotPrincipal) may assume the role too",
    );
  });

  test("may be too wide for every service", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, SOURCE), trust("*"))[2]).toBe(
      "unknown: Service:* may be able to assume the role too",
    );
  });

  test("is too wide when anybody else may assume the role", () => {
    const anybody = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    expect(lines(trust([FIREHOSE, LOGS]), anybody)[2]).toBe("problem: AWS:* may assume the role too");
  });
});
