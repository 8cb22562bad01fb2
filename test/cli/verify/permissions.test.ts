import type { Need } from "../../../cli/verify/needs";
import { permissionOutcomes } from "../../../cli/verify/permissions";
import type { NamedStatement } from "../../../cli/verify/rules";
import { LOCATION } from "../../helpers/account";
import { outcomeLine } from "../../helpers/outcomes";
import { policyRules } from "../../helpers/policy-rules";
import { allow } from "../../helpers/statements";

const STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";
const ROLE = "arn:aws:iam::123456789012:role/delivery";

describe("the permissions of a role", () => {
  const PUT: Need = { purpose: "putRecords", resource: STREAM, example: STREAM };
  const evaluated = (rules: readonly NamedStatement[], boundary?: readonly NamedStatement[]): string[] =>
    permissionOutcomes({ arn: ROLE, rules, boundary }, [PUT], LOCATION).map(
      ({ verdict, found }) => `${verdict}: ${found}`,
    );
  const BOTH = ["firehose:PutRecord", "firehose:PutRecordBatch"];

  test("suffice when both actions are allowed on the stream", () => {
    expect(evaluated(policyRules(allow(BOTH, STREAM)))).toEqual([`ok: allowed on ${STREAM}`]);
  });

  test("suffice through wildcards, whatever the case of the action", () => {
    expect(
      evaluated(policyRules(allow("FIREHOSE:Put*", "arn:aws:firehose:*:123456789012:deliverystream/kloudfuse-*"))),
    ).toEqual([`ok: allowed on ${STREAM}`]);
  });

  test("name the one action that is missing", () => {
    expect(evaluated(policyRules(allow("firehose:PutRecord", STREAM)))).toEqual([
      `problem: missing: firehose:PutRecordBatch on ${STREAM}`,
    ]);
  });

  test("are missing when they are for another stream", () => {
    expect(evaluated(policyRules(allow(BOTH, `${STREAM}-2`)))).toEqual([
      `problem: missing: firehose:PutRecord, firehose:PutRecordBatch on ${STREAM}`,
    ]);
  });

  test("are wider than need be on every resource", () => {
    expect(evaluated(policyRules(allow(BOTH, "*")))).toEqual(["note: allowed on every resource (*) by Policy"]);
  });

  test("are outweighed by a Deny", () => {
    const denied = policyRules(allow(BOTH, STREAM), { Effect: "Deny", Action: "firehose:*", Resource: "*" });
    expect(evaluated(denied)).toEqual([
      `problem: denied by Policy: firehose:PutRecord, firehose:PutRecordBatch on ${STREAM}`,
    ]);
  });

  test("are outweighed by a Deny of everything but some actions", () => {
    const denied = policyRules(allow(BOTH, STREAM), { Effect: "Deny", NotAction: "s3:*", Resource: "*" });
    expect(evaluated(denied)[0]).toMatch(/^problem: denied by Policy/);
  });

  test("are not granted by an Allow of everything but those actions", () => {
    expect(evaluated(policyRules({ Effect: "Allow", NotAction: "firehose:*", Resource: "*" }))[0]).toMatch(
      /^problem: missing/,
    );
  });

  test("are undetermined with a Deny under a condition that cannot be evaluated", () => {
    const maybe = {
      Effect: "Deny",
      Action: BOTH,
      Resource: "*",
      Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } },
    };
    expect(evaluated(policyRules(allow(BOTH, STREAM), maybe))[0]).toMatch(
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
    expect(evaluated(policyRules(allow(BOTH, STREAM), tlsOnly))).toEqual([`ok: allowed on ${STREAM}`]);
  });

  test("are blocked by a permissions boundary that does not allow them", () => {
    expect(evaluated(policyRules(allow(BOTH, STREAM)), policyRules(allow("s3:*", "*")))).toEqual([
      `problem: blocked by the permissions boundary: firehose:PutRecord, firehose:PutRecordBatch on ${STREAM}`,
    ]);
    expect(evaluated(policyRules(allow(BOTH, STREAM)), policyRules(allow("*", "*")))).toEqual([
      `ok: allowed on ${STREAM}`,
    ]);
  });
});

describe("what another account or a permissions boundary decides", () => {
  const allowAll = { Effect: "Allow", Action: "*", Resource: "arn:aws:*:*:*:*" };
  const lines = (need: Need, rules: readonly NamedStatement[], boundary?: readonly NamedStatement[]): string[] =>
    permissionOutcomes({ arn: ROLE, rules, boundary }, [need], LOCATION).map(
      ({ verdict, found }) => `${verdict}: ${found}`,
    );
  const SECRET = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:kloudfuse";

  test("is undetermined for another account's secret, and missing without a policy of the role", () => {
    const need: Need = { purpose: "readSecret", resource: SECRET, example: SECRET };
    expect(lines(need, policyRules(allowAll))).toEqual([
      `unknown: decided by the policy of another account's resource, which is not read: secretsmanager:GetSecretValue on ${SECRET}`,
    ]);
    expect(lines(need, [])).toEqual([`problem: missing: secretsmanager:GetSecretValue on ${SECRET}`]);
  });

  test("is undetermined under a boundary's condition, and denied by a boundary's Deny", () => {
    const need: Need = {
      purpose: "logErrors",
      resource: "arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:s",
      example: "arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:s",
    };
    const condition = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
    expect(lines(need, policyRules(allowAll), policyRules({ ...allowAll, ...condition }))).toEqual([
      `unknown: allowed only by Policy under StringEquals aws:PrincipalOrgID: logs:PutLogEvents on ${need.resource}`,
    ]);
    expect(lines(need, policyRules(allowAll), policyRules(allowAll, { ...allowAll, Effect: "Deny" }))).toEqual([
      `problem: denied by Policy: logs:PutLogEvents on ${need.resource}`,
    ]);
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
    permissionOutcomes({ arn: ROLE, rules: policyRules(...statements), boundary: undefined }, [NEED], LOCATION).map(
      outcomeLine,
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

  test("is missing where only requests without kms:ViaService are exempt", () => {
    expect(lines(use({ StringEqualsIfExists: { "kms:ViaService": S3 } }))).toEqual([MISSING]);
  });

  test("is missing where a wildcard stands in a condition that accepts none", () => {
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
      `unknown may use the stream's key: allowed only by Policy under StringEquals kms:EncryptionContext:aws:firehose:arn: kms:Decrypt, kms:GenerateDataKey on ${KEY}`,
    ]);
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
