import { bucketTlsOnly } from "../../../policies/rules/bucket-tls-only";
import type { JsonObject } from "../../../iam/json";
import { AFTER, allow, BUCKET_ARN, document } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import {
  BACKUP,
  BUCKET,
  bucketChange,
  bucketPolicyWith,
  checkGood,
  DENY_PLAIN_HTTP,
  goodStream,
  guard,
} from "../../helpers/rule-plan";
import { when } from "../../helpers/statements";

const TYPE = "aws_s3_bucket_policy";
const deny = (more: JsonObject): JsonObject => ({ ...DENY_PLAIN_HTTP, ...more });
const checked = (...statements: readonly JsonObject[]): string[] =>
  checkGood(bucketTlsOnly, bucketPolicyWith(statements));
const OPEN = `finding ${TYPE}.backup: it accepts requests without TLS | Deny everybody s3:* on the bucket and its objects where aws:SecureTransport is false.`;
const NOT_KNOWN = `unknown ${TYPE}.backup: whether policy denies requests without TLS is not known before the apply | ${AFTER}`;

describe("KFF-BKT-003", () => {
  test.each<[string, readonly JsonObject[]]>([
    ["a boolean", [deny(when("Bool", "aws:SecureTransport", false))]],
    ["BoolIfExists and a key in lower case", [deny(when("BoolIfExists", "aws:securetransport", "false"))]],
    ["every action", [deny({ Action: "*" })]],
    ["the principal AWS *", [deny({ Principal: { AWS: "*" } })]],
    ["one pattern", [deny({ Resource: `${BUCKET_ARN}*` })]],
    ["two statements", [deny({ Resource: BUCKET_ARN }), deny({ Resource: [`${BUCKET_ARN}/*`] })]],
    ["any resource", [deny({ Resource: "*" })]],
    ["NotResource", [deny({ Resource: undefined, NotResource: "arn:aws:s3:::other" })]],
  ])("accepts a Deny by %s", (_, statements) => {
    expect(checked(...statements)).toEqual([]);
  });

  test.each<[string, readonly JsonObject[]]>([
    ["with TLS instead", [deny(when("Bool", "aws:SecureTransport", "true"))]],
    ["on the objects alone", [deny({ Resource: `${BUCKET_ARN}/*` })]],
    ["on the bucket alone", [deny({ Resource: BUCKET_ARN })]],
    ["on another bucket", [deny({ Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] })]],
    ["of reads alone", [deny({ Action: "s3:GetObject" })]],
    ["of one account alone", [deny({ Principal: { AWS: "arn:aws:iam::210987654321:root" } })]],
    ["that is an Allow", [deny({ Effect: "Allow" })]],
    ["of something else", [allow("s3:GetObject", `${BUCKET_ARN}/*`, { Principal: "*" })]],
  ])("finds a Deny %s", (_, statements) => {
    expect(checked(...statements)).toEqual([OPEN]);
  });

  test("finds that there is no policy", () => {
    expect(checkGood(bucketTlsOnly, { guards: { [TYPE]: undefined } })).toEqual([
      `finding ${BUCKET}: it has no ${TYPE} | Add one.`,
    ]);
  });

  test("finds a policy that is invalid", () => {
    expect(checkGood(bucketTlsOnly, { guards: { [TYPE]: guard(TYPE, { policy: "x" }) } })).toEqual([
      `finding ${TYPE}.backup: the bucket's policy is invalid: The policy document must be JSON. Correct its syntax. | Correct it: S3 rejects it.`,
    ]);
  });

  test("evaluates each of two policies", () => {
    const second = { ...guard(TYPE, { policy: document() }), address: `${TYPE}.second` };
    expect(checkGood(bucketTlsOnly, {}, [second])).toEqual([OPEN.replace("backup", "second")]);
  });

  test("evaluates the bucket's own argument", () => {
    const own = (...statements: readonly JsonObject[]): string[] =>
      checkGood(bucketTlsOnly, {
        guards: { [TYPE]: undefined },
        bucket: bucketChange({ policy: document(...statements) }),
      });
    expect(own(DENY_PLAIN_HTTP)).toEqual([]);
    expect(own()).toEqual([OPEN.replace(`${TYPE}.backup`, BUCKET)]);
  });

  test("says that a policy is not known", () => {
    const unknown = unknownAt("policy", "var.policy");
    expect(checkGood(bucketTlsOnly, bucketPolicyWith([DENY_PLAIN_HTTP], unknown))).toEqual([NOT_KNOWN]);
  });

  test("knows the bucket that the plan creates by its name", () => {
    const bucket = bucketChange({}, { unknown: ["arn"] });
    const path = `${BACKUP}.bucket_arn`;
    const stream = goodStream({}, unknownAt(path, `${BUCKET}.arn`));
    expect(checkGood(bucketTlsOnly, { bucket, stream })).toEqual([]);
    const other = bucketPolicyWith([deny({ Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] })]);
    expect(checkGood(bucketTlsOnly, { bucket, stream, ...other })).toEqual([OPEN]);
  });

  describe("of a bucket whose name is not known", () => {
    const path = `${BACKUP}.bucket_arn`;
    const parts = {
      bucket: bucketChange({}, { unknown: ["arn", "bucket", "id"] }),
      stream: goodStream({}, unknownAt(path, `${BUCKET}.arn`)),
    };
    const named = unknownAt("bucket", `${BUCKET}.id`);
    const nameless = (...statements: readonly JsonObject[]): string[] =>
      checkGood(bucketTlsOnly, { ...parts, ...bucketPolicyWith(statements, named) });

    test("accepts a Deny on any resource", () => {
      expect(nameless(deny({ Resource: "*" }))).toEqual([]);
    });

    test("says that a Deny on some bucket may be on this one", () => {
      expect(nameless(DENY_PLAIN_HTTP)).toEqual([NOT_KNOWN]);
    });

    test("finds a policy without any statement", () => {
      expect(nameless()).toEqual([OPEN]);
    });
  });

  test.each(["aws-cn", "aws"])("takes the partition %s from the policy where nothing else tells", (partition) => {
    const arn = `arn:${partition}:s3:::backup`;
    const path = `${BACKUP}.bucket_arn`;
    const unknown = [path, "http_endpoint_configuration.0.role_arn", `${BACKUP}.role_arn`];
    const references = { [path]: [`${BUCKET}.arn`] };
    const stream = goodStream({ values: { region: undefined } }, { unknown, references });
    const bucket = bucketChange({ region: undefined }, { unknown: ["arn"] });
    const plan = { stream, bucket, role: undefined, inline: undefined, logGroup: undefined, logStreams: [] };
    expect(checkGood(bucketTlsOnly, { ...plan, ...bucketPolicyWith([deny({ Resource: [arn, `${arn}/*`] })]) })).toEqual(
      [],
    );
  });

  test("takes the partition from the region", () => {
    const arn = "arn:aws-cn:s3:::backup";
    const path = `${BACKUP}.bucket_arn`;
    const china = { region: "cn-north-1" };
    const stream = goodStream({ values: china }, unknownAt(path, `${BUCKET}.arn`));
    const bucket = bucketChange(china, { unknown: ["arn"] });
    expect(
      checkGood(bucketTlsOnly, { stream, bucket, ...bucketPolicyWith([deny({ Resource: [arn, `${arn}/*`] })]) }),
    ).toEqual([]);
    expect(checkGood(bucketTlsOnly, { stream, bucket })).toEqual([OPEN]);
  });
});
