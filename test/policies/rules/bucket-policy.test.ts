import { bucketPolicy } from "../../../policies/rules/bucket-policy";
import { bucketTlsOnly } from "../../../policies/rules/bucket-tls-only";
import { ACCOUNT } from "../../helpers/plan";
import { type Edit, outcomesOf } from "../../helpers/rule-plan";

const POLICY = "aws_s3_bucket_policy";
const ADDRESS = `${POLICY}.backup[0]`;
const BUCKET = "arn:aws:s3:::failures";
const BOTH = [BUCKET, `${BUCKET}/*`];
type Json = Readonly<Record<string, unknown>>;

const deny = (more: Json): Json => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: BOTH,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
  ...more,
});
const policy = (...statements: readonly Json[]): Readonly<Record<string, Edit>> => ({
  [POLICY]: { set: { policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) } },
});

const UNKNOWN_TLS = `unknown ${ADDRESS}: whether the policy denies every request without TLS is not known before the apply → Evaluate the plan again after the apply.`;

describe("TLS", () => {
  test.each([
    ["as the module does", {}],
    ["by a boolean", { Condition: { Bool: { "aws:SecureTransport": false } } }],
    ["by BoolIfExists", { Condition: { BoolIfExists: { "aws:securetransport": "false" } } }],
    ["on bucket*", { Resource: `${BUCKET}*` }],
    ["of every action", { Action: "*" }],
    ["of all AWS principals and anonymous ones", { Principal: { AWS: "*" } }],
  ])("is asked for %s", (_, more) => {
    expect(outcomesOf(bucketTlsOnly, { edits: policy(deny(more)) })).toEqual([]);
  });

  test("is asked for by two statements", () => {
    const statements = [deny({ Resource: BUCKET }), deny({ Resource: `${BUCKET}/*` })];
    expect(outcomesOf(bucketTlsOnly, { edits: policy(...statements) })).toEqual([]);
  });

  test.each([
    ["by an Allow", { Effect: "Allow" }],
    ["of reads alone", { Action: "s3:GetObject" }],
    ["on the objects alone", { Resource: `${BUCKET}/*` }],
    ["on the bucket alone", { Resource: BUCKET }],
    ["on another bucket", { Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] }],
    ["of one account", { Principal: { AWS: "arn:aws:iam::210987654321:root" } }],
    ["the other way round", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ])("is not asked for %s", (_, more) => {
    expect(outcomesOf(bucketTlsOnly, { edits: policy(deny(more)) })).toEqual([
      `finding ${ADDRESS}: the policy does not deny every request without aws:SecureTransport → Deny s3:* to everybody on the bucket and its objects where aws:SecureTransport is false.`,
    ]);
  });

  test("may not be asked for under another condition too", () => {
    const Condition = { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:PrincipalAccount": ACCOUNT } };
    expect(outcomesOf(bucketTlsOnly, { edits: policy(deny({ Condition })) })).toEqual([UNKNOWN_TLS]);
  });

  test("is unknown where the policy is", () => {
    expect(outcomesOf(bucketTlsOnly, { edits: { [POLICY]: { unknown: ["policy"] } } })).toEqual([UNKNOWN_TLS]);
  });

  test("is not asked for without a policy", () => {
    expect(outcomesOf(bucketTlsOnly, { edits: { [POLICY]: "absent" } })).toEqual([
      `finding aws_s3_bucket.backup[0]: it has no ${POLICY} → Add one.`,
    ]);
  });
});

const allow = (more: Json): Json => ({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: `${BUCKET}/*`,
  ...more,
});
const ROLE = `arn:aws:iam::${ACCOUNT}:role/KloudfuseFirehoseRole`;
const denied = (actions: string): string =>
  `finding ${ADDRESS}: the policy denies the role of module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs ${actions} → Exempt the role from the Deny: otherwise failed data is lost.`;
const OBJECTS = "s3:AbortMultipartUpload, s3:GetObject, s3:PutObject";
const ALL = `${OBJECTS}, s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads`;

describe("the policy of the backup bucket", () => {
  test.each([
    ["as the module writes it", deny({})],
    ["with a grant to a role of the account", allow({ Principal: { AWS: ROLE } })],
    ["with a grant to the account", allow({ Principal: { AWS: ACCOUNT } })],
    ["with a grant for another bucket", allow({ Resource: "arn:aws:s3:::other/*" })],
    ["with a Deny of deletes", deny({ Action: "s3:DeleteObject", Condition: undefined })],
    ["with a Deny that exempts the role", deny({ Condition: { StringNotEquals: { "aws:PrincipalArn": ROLE } } })],
    ["with a Deny of other accounts", deny({ Condition: { StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } } })],
  ])("passes %s", (_, statement) => {
    expect(outcomesOf(bucketPolicy, { edits: policy(statement) })).toEqual([]);
  });

  test.each([
    ["everybody", allow({}), "everybody s3:GetObject"],
    ["every AWS principal", allow({ Principal: { AWS: "*" }, Action: "s3:PutObject" }), "everybody s3:PutObject"],
    ["everybody to list", allow({ Action: "s3:ListBucket", Resource: BUCKET }), "everybody s3:ListBucket"],
    [
      "another account",
      allow({ Principal: { AWS: "arn:aws:iam::210987654321:root" } }),
      "AWS:arn:aws:iam::210987654321:root s3:GetObject",
    ],
    ["everybody but one", allow({ Principal: undefined, NotPrincipal: { AWS: ROLE } }), "everybody s3:GetObject"],
  ])("must not allow %s", (_, statement, shown) => {
    expect(outcomesOf(bucketPolicy, { edits: policy(deny({}), statement) })).toEqual([
      `finding ${ADDRESS}: the policy allows ${shown} → Allow principals of this account alone.`,
    ]);
  });

  test.each([
    ["everything", deny({ Condition: undefined }), ALL],
    ["its uploads", deny({ Action: ["s3:PutObject"], Condition: undefined }), "s3:PutObject"],
    ["the account", deny({ Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } } }), ALL],
    ["requests with TLS", deny({ Condition: { Bool: { "aws:SecureTransport": "true" } } }), ALL],
    ["other roles alone exempt", deny({ Condition: { StringNotEquals: { "aws:PrincipalArn": `${ROLE}2` } } }), ALL],
    ["the objects", deny({ Resource: `${BUCKET}/*`, Condition: undefined }), OBJECTS],
  ])("must not deny the role: %s", (_, statement, actions) => {
    expect(outcomesOf(bucketPolicy, { edits: policy(statement) })).toEqual([denied(actions)]);
  });

  test("may deny the role under a condition that the plan does not decide", () => {
    const statement = deny({ Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } });
    expect(outcomesOf(bucketPolicy, { edits: policy(statement) })).toEqual([
      `unknown ${ADDRESS}: whether the policy denies the role of module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs ${ALL} could not be determined → Make sure that no Deny applies to it.`,
    ]);
  });

  test("is unknown before the apply", () => {
    expect(outcomesOf(bucketPolicy, { edits: { [POLICY]: { unknown: ["policy"] } } })).toEqual([
      `unknown ${ADDRESS}: what the policy grants and denies is not known before the apply → Evaluate the plan again after the apply.`,
    ]);
  });

  test("must be valid", () => {
    expect(outcomesOf(bucketPolicy, { edits: { [POLICY]: { set: { policy: "{" } } } })).toEqual([
      `finding ${ADDRESS}: the policy is not a valid policy document → The policy document must be JSON. Correct its syntax.`,
    ]);
  });
});
