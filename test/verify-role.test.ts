import { permissionOutcomes } from "../cli/verify/permissions";
import { type Rule, rulesOf } from "../cli/verify/rules";
import { trustOutcomes } from "../cli/verify/trust";
import type { Need } from "../cli/verify/needs";

const HOME = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";
const FIREHOSE = "firehose.amazonaws.com";
const LOGS = "logs.amazonaws.com";

/** A policy as IAM gives it: JSON in URL encoding. */
const policy = (...statements: readonly object[]): Rule[] =>
  rulesOf("Policy", encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statements })));

describe("the trust of a role", () => {
  const trust = (Service: unknown, Condition?: object): object => ({
    Effect: "Allow",
    Principal: { Service },
    Action: "sts:AssumeRole",
    ...(Condition === undefined ? {} : { Condition }),
  });
  const lines = (...statements: readonly object[]): string[] =>
    trustOutcomes(policy(...statements), HOME).map(({ verdict, found }) => `${verdict}: ${found}`);
  const EXTERNAL_ID = { StringEquals: { "sts:ExternalId": HOME.accountId } };
  const SOURCE = { StringLike: { "aws:SourceArn": `arn:aws:logs:*:${HOME.accountId}:*` } };

  test("suffices as this project makes it", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust(LOGS, SOURCE))).toEqual([
      "ok: firehose.amazonaws.com, for this account alone",
      "ok: logs.amazonaws.com, for this account alone",
      "ok: none",
    ]);
  });

  test("suffices as the guide has it, and lets other accounts' services in", () => {
    expect(lines(trust([FIREHOSE, LOGS]))).toEqual([
      "note: firehose.amazonaws.com, from any account (confused deputy)",
      "note: logs.amazonaws.com, from any account (confused deputy)",
      "ok: none",
    ]);
  });

  test("lacks a service that is not in it", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID))[1]).toBe("problem: logs.amazonaws.com may not assume the role");
    expect(lines(trust(LOGS, SOURCE))[0]).toBe("problem: firehose.amazonaws.com may not assume the role");
  });

  test("lacks Firehose when the external id is another account's", () => {
    const other = { StringEquals: { "sts:ExternalId": "210987654321" } };
    expect(lines(trust(FIREHOSE, other), trust(LOGS, SOURCE))[0]).toBe(
      "problem: firehose.amazonaws.com, under a condition that this account does not meet: StringEquals sts:ExternalId 210987654321",
    );
  });

  test("knows the regional name of CloudWatch Logs", () => {
    expect(lines(trust(FIREHOSE, EXTERNAL_ID), trust("logs.eu-west-1.amazonaws.com", SOURCE))[1]).toBe(
      "ok: logs.amazonaws.com, for this account alone",
    );
  });

  test("is undetermined for log groups that may not be all, and for conditions that cannot be evaluated", () => {
    const some = { StringLike: { "aws:SourceArn": `arn:aws:logs:*:${HOME.accountId}:log-group:/app/*` } };
    const organization = { StringEquals: { "aws:SourceOrgID": "o-1" } };
    expect(lines(trust(FIREHOSE, organization), trust(LOGS, some)).slice(0, 2)).toEqual([
      "unknown: firehose.amazonaws.com, under StringEquals aws:SourceOrgID o-1",
      `unknown: logs.amazonaws.com, under StringLike aws:SourceArn arn:aws:logs:*:${HOME.accountId}:log-group:/app/*`,
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
    const source = { StringLike: { "aws:SourceArn": `arn:${partition}:logs:*:${HOME.accountId}:*` } };
    const statements = policy(trust(FIREHOSE, EXTERNAL_ID), trust(service, source));
    expect(
      trustOutcomes(statements, { ...HOME, partition }).map(({ verdict, found }) => `${verdict}: ${found}`),
    ).toEqual([
      "ok: firehose.amazonaws.com, for this account alone",
      `ok: ${service}, for this account alone`,
      "ok: none",
    ]);
  });

  test.each([
    ["aws", "logs.amazonaws.com.cn", "logs.amazonaws.com"],
    ["aws-us-gov", "logs.amazonaws.com.cn", "logs.amazonaws.com"],
    ["aws-iso", "logs.amazonaws.com", "logs.c2s.ic.gov"],
    ["aws-iso-b", "logs.c2s.ic.gov", "logs.sc2s.sgov.gov"],
  ])("does not suffice in %s with %s", (partition, service, expected) => {
    const [, logs, others] = trustOutcomes(policy(trust(FIREHOSE, EXTERNAL_ID), trust(service)), {
      ...HOME,
      partition,
    });
    expect(logs).toMatchObject({
      verdict: "problem",
      found: `${expected} may not assume the role`,
      remedy: `Add ${expected} to the trust policy, with sts:AssumeRole and StringLike aws:SourceArn arn:${partition}:logs:*:${HOME.accountId}:*.`,
    });
    expect(others).toMatchObject({
      verdict: "problem",
      found: `Service:${service} may assume the role too`,
      remedy: `Remove them from the trust policy: only firehose.amazonaws.com and ${expected} need the role.`,
    });
  });

  test("is too wide when anybody else may assume the role", () => {
    const anybody = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    expect(lines(trust([FIREHOSE, LOGS]), anybody)[2]).toBe("problem: AWS:* may assume the role too");
  });
});

describe("the permissions of a role", () => {
  const PUT: Need = { purpose: "putRecords", resource: STREAM, example: STREAM };
  const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
    Effect: "Allow",
    Action,
    Resource,
    ...more,
  });
  const judged = (rules: readonly Rule[], boundary?: readonly Rule[]): string[] =>
    permissionOutcomes(rules, boundary, [PUT]).map(({ verdict, found }) => `${verdict}: ${found}`);
  const BOTH = ["firehose:PutRecord", "firehose:PutRecordBatch"];

  test("suffice when both actions are allowed on the stream", () => {
    expect(judged(policy(allow(BOTH, STREAM)))).toEqual([`ok: allowed on ${STREAM}`]);
  });

  test("suffice through wildcards, whatever the case of the action", () => {
    expect(
      judged(policy(allow("FIREHOSE:Put*", "arn:aws:firehose:*:123456789012:deliverystream/kloudfuse-*"))),
    ).toEqual([`ok: allowed on ${STREAM}`]);
  });

  test("name the one action that is missing", () => {
    expect(judged(policy(allow("firehose:PutRecord", STREAM)))).toEqual([
      `problem: missing: firehose:PutRecordBatch on ${STREAM}`,
    ]);
  });

  test("are missing when they are for another stream", () => {
    expect(judged(policy(allow(BOTH, `${STREAM}-2`)))).toEqual([
      `problem: missing: firehose:PutRecord, firehose:PutRecordBatch on ${STREAM}`,
    ]);
  });

  test("are wider than need be on every resource", () => {
    expect(judged(policy(allow(BOTH, "*")))).toEqual(["note: allowed on every resource (*) by Policy"]);
  });

  test("are outweighed by a Deny", () => {
    const denied = policy(allow(BOTH, STREAM), { Effect: "Deny", Action: "firehose:*", Resource: "*" });
    expect(judged(denied)).toEqual([
      `problem: denied by Policy: firehose:PutRecord, firehose:PutRecordBatch on ${STREAM}`,
    ]);
  });

  test("are outweighed by a Deny of everything but some actions", () => {
    const denied = policy(allow(BOTH, STREAM), { Effect: "Deny", NotAction: "s3:*", Resource: "*" });
    expect(judged(denied)[0]).toMatch(/^problem: denied by Policy/);
  });

  test("are not granted by an Allow of everything but those actions", () => {
    expect(judged(policy({ Effect: "Allow", NotAction: "firehose:*", Resource: "*" }))[0]).toMatch(/^problem: missing/);
  });

  test("are undetermined with a Deny under a condition that cannot be evaluated", () => {
    const maybe = {
      Effect: "Deny",
      Action: BOTH,
      Resource: "*",
      Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } },
    };
    expect(judged(policy(allow(BOTH, STREAM), maybe))[0]).toMatch(
      /^unknown: may be denied by Policy under StringNotEquals aws:SourceVpc: /,
    );
  });

  test("are not blocked by a Deny of plain HTTP, which Firehose does not speak", () => {
    const tlsOnly = {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    expect(judged(policy(allow(BOTH, STREAM), tlsOnly))).toEqual([`ok: allowed on ${STREAM}`]);
  });

  test("are blocked by a permissions boundary that does not allow them", () => {
    expect(judged(policy(allow(BOTH, STREAM)), policy(allow("s3:*", "*")))).toEqual([
      `problem: blocked by the permissions boundary: firehose:PutRecord, firehose:PutRecordBatch on ${STREAM}`,
    ]);
    expect(judged(policy(allow(BOTH, STREAM)), policy(allow("*", "*")))).toEqual([`ok: allowed on ${STREAM}`]);
  });
});

describe("the use of the stream's key", () => {
  const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";
  const [S3, SECRETS, VIA_FIREHOSE] = ["s3", "secretsmanager", "firehose"].map(
    (service) => `${service}.eu-west-1.amazonaws.com`,
  );
  const NEED: Need = { purpose: "useStreamKey", resource: KEY, example: KEY, via: [VIA_FIREHOSE ?? ""] };
  const use = (Condition?: object, Action: unknown = ["kms:Decrypt", "kms:GenerateDataKey"]): object => ({
    Effect: "Allow",
    Action,
    Resource: KEY,
    ...(Condition === undefined ? {} : { Condition }),
  });
  const lines = (...statements: readonly object[]): string[] =>
    permissionOutcomes(policy(...statements), undefined, [NEED]).map(
      ({ verdict, name, found }) => `${verdict} ${name}: ${found}`,
    );
  const ALLOWED = [`ok may use the stream's key: allowed on ${KEY}`];
  const MISSING = `problem may use the stream's key: missing through firehose.eu-west-1.amazonaws.com: kms:Decrypt, kms:GenerateDataKey on ${KEY}`;

  test("is allowed without a condition, and through Firehose among other services", () => {
    expect(lines(use())).toEqual(ALLOWED);
    expect(lines(use({ StringEquals: { "kms:ViaService": [S3, VIA_FIREHOSE] } }))).toEqual(ALLOWED);
    expect(lines(use({ StringLike: { "KMS:viaservice": "firehose.*.amazonaws.com" } }))).toEqual(ALLOWED);
  });

  test("is missing where kms:ViaService names other services only", () => {
    expect(lines(use({ StringEquals: { "kms:ViaService": [S3, SECRETS] } }))).toEqual([MISSING]);
  });

  test("is missing where a wildcard stands in a condition that takes none", () => {
    expect(lines(use({ StringEquals: { "kms:ViaService": "firehose.*.amazonaws.com" } }))).toEqual([MISSING]);
  });

  test("is missing where the name is that of another region or partition", () => {
    expect(lines(use({ StringEquals: { "kms:ViaService": "firehose.us-east-1.amazonaws.com" } }))).toEqual([MISSING]);
    expect(lines(use({ StringEquals: { "kms:ViaService": "firehose.eu-west-1.amazonaws.com.cn" } }))).toEqual([
      MISSING,
    ]);
  });

  test("names the one action that is missing", () => {
    expect(lines(use(undefined, "kms:Decrypt"))).toEqual([
      `problem may use the stream's key: missing through firehose.eu-west-1.amazonaws.com: kms:GenerateDataKey on ${KEY}`,
    ]);
  });

  test("is undetermined, never ok, under a condition that cannot be evaluated", () => {
    expect(
      lines(use({ StringEquals: { "kms:ViaService": VIA_FIREHOSE, "kms:EncryptionContext:aws:firehose:arn": "x" } })),
    ).toEqual([
      `unknown may use the stream's key: allowed only by Policy under StringEquals kms:ViaService, StringEquals kms:EncryptionContext:aws:firehose:arn: kms:Decrypt, kms:GenerateDataKey on ${KEY}`,
    ]);
    expect(lines(use({ StringEqualsIfExists: { "kms:ViaService": S3 } }))[0]).toMatch(/^unknown /);
  });

  test("is denied by a Deny through Firehose, and not by one through S3", () => {
    const deny = (service: string | undefined): object => ({
      ...use({ StringEquals: { "kms:ViaService": service } }),
      Effect: "Deny",
    });
    expect(lines(use(), deny(VIA_FIREHOSE))).toEqual([
      `problem may use the stream's key: denied by Policy: kms:Decrypt, kms:GenerateDataKey on ${KEY}`,
    ]);
    expect(lines(use(), deny(S3))).toEqual(ALLOWED);
  });
});
