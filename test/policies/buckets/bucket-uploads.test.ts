import { backupBuckets } from "../../../policies/buckets/backup-buckets";
import { uploadDenials } from "../../../policies/buckets/bucket-uploads";
import { bucketPolicies } from "../../../policies/buckets/resource-policies";
import { findKloudfuse } from "../../../policies/kloudfuse";
import type { JsonObject } from "../../../iam/json";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  document,
  planWith,
  REGION,
  ROLE_ARN,
  STREAM,
  streamChange,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";
import { denyInBucket } from "../../helpers/statements";

const OWNER = "aws_s3_bucket_policy.p";
const FOREIGN = "210987654321";
const OBJECTS = `${BUCKET_ARN}/*`;
const UPLOADED = `${BUCKET_ARN}/kloudfuse-logs-failures/*`;
const FIND = "s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads";
const BACK_UP = "s3:AbortMultipartUpload, s3:GetObject, s3:PutObject";
const MEET = "Make sure that the role's requests meet it.";
const BACKUP = "http_endpoint_configuration.0.s3_configuration.0";

/** What the policies of the backup buckets of a plan keep the roles from, a line each. */
function denialsIn(
  policy: PlannedChange,
  parts: Parameters<typeof planWith>[0] = {},
  more: readonly PlannedChange[] = [],
  planParts: PlanParts = {},
): readonly string[] {
  const kloudfuse = findKloudfuse(planOf(planWith(parts, [policy, ...more]), planParts));
  return backupBuckets(kloudfuse).flatMap((bucket) =>
    bucketPolicies(kloudfuse, bucket).flatMap((held) =>
      uploadDenials(kloudfuse, bucket, held).map(
        ({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`,
      ),
    ),
  );
}

const policy = (statements: readonly JsonObject[], more: Partial<PlannedChange> = {}): PlannedChange =>
  change(OWNER, { bucket: "backup", policy: document(...statements) }, more);
const checked = (...statements: readonly JsonObject[]): readonly string[] => denialsIn(policy(statements));
const denies = (actions: string, on = UPLOADED): string =>
  `finding ${OWNER}: it denies the role of the S3 backup ${actions} on ${on} | Exclude the role from the Deny.`;
const closed = (actions: string, on: string): string =>
  `finding ${OWNER}: it does not grant the role of the S3 backup ${actions} on ${on} | Allow it: the bucket is in another account than the role.`;
const whether = (actions: string, reason: string, remedy = MEET, on = UPLOADED): string =>
  `unknown ${OWNER}: whether it grants the role of the S3 backup ${actions} on ${on} ${reason} | ${remedy}`;

describe("a bucket's policy lets the role upload", () => {
  test("where it says nothing of it", () => {
    expect(checked()).toEqual([]);
    expect(checked(allow("s3:GetObject", OBJECTS, { Principal: { AWS: `${ROLE_ARN}-2` } }))).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ["old versions of TLS", denyInBucket("s3:*", OBJECTS, { NumericLessThan: { "s3:TlsVersion": "1.3" } })],
    ["plain HTTP", denyInBucket("s3:*", OBJECTS, { Bool: { "aws:SecureTransport": "false" } })],
    ["all but the role", denyInBucket("s3:PutObject", OBJECTS, { ArnNotLike: { "aws:PrincipalArn": ROLE_ARN } })],
    ["other accounts", denyInBucket("s3:*", OBJECTS, { StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } })],
    ["what the role does not do", denyInBucket("s3:DeleteObject", OBJECTS)],
    ["another prefix", denyInBucket("s3:PutObject", `${BUCKET_ARN}/other/*`)],
    ["other regions", denyInBucket("s3:*", OBJECTS, { StringNotEquals: { "aws:RequestedRegion": REGION } })],
    ["another role", denyInBucket("s3:*", OBJECTS, undefined, { AWS: `${ROLE_ARN}-2` })],
  ])("where it denies %s", (_, statement) => {
    expect(checked(statement)).toEqual([]);
  });

  test("where no role backs up", () => {
    const stream = streamChange({ backup: { role_arn: "" } });
    expect(denialsIn(policy([denyInBucket("s3:*", "*")]), { stream })).toEqual([]);
  });

  test("where it is the policy of another bucket", () => {
    const other = change(OWNER, { bucket: "other", policy: document(denyInBucket("s3:*", "*")) });
    expect(denialsIn(other)).toEqual([]);
  });
});

describe("a bucket's policy denies the role", () => {
  test.each<[string, JsonObject, readonly string[]]>([
    ["by everybody, the upload", denyInBucket("s3:PutObject", OBJECTS), [denies("s3:PutObject")]],
    [
      "by everybody but another role",
      denyInBucket("s3:PutObject", OBJECTS, { StringNotEquals: { "aws:PrincipalArn": `${ROLE_ARN}-2` } }),
      [denies("s3:PutObject")],
    ],
    ["by its ARN", denyInBucket("s3:Put*", OBJECTS, undefined, { AWS: ROLE_ARN }), [denies("s3:PutObject")]],
    [
      "by its account",
      denyInBucket("s3:*", [BUCKET_ARN, OBJECTS], { StringEquals: { "aws:PrincipalAccount": ACCOUNT } }),
      [denies(FIND, BUCKET_ARN), denies(BACK_UP)],
    ],
    [
      "by TLS, whose latest version it uses",
      denyInBucket("s3:*", OBJECTS, { NumericGreaterThanEquals: { "s3:TlsVersion": "1.3" } }),
      [denies(BACK_UP)],
    ],
    [
      "the bucket's location",
      denyInBucket("s3:GetBucketLocation", BUCKET_ARN),
      [denies("s3:GetBucketLocation", BUCKET_ARN)],
    ],
    [
      "in the bucket's region",
      denyInBucket("s3:PutObject", OBJECTS, { StringEquals: { "aws:RequestedRegion": REGION } }),
      [denies("s3:PutObject")],
    ],
  ])("%s", (_, statement, outcomes) => {
    expect(checked(statement)).toEqual(outcomes);
  });

  test("whose ARN is not known, by its name", () => {
    const path = `${BACKUP}.role_arn`;
    const stream = streamChange({}, unknownAt(path, "aws_iam_role.firehose.arn"));
    const role = change("aws_iam_role.firehose", { name: "firehose" }, { unknown: ["arn"] });
    const statement = denyInBucket("s3:PutObject", OBJECTS, undefined, { AWS: ROLE_ARN });
    expect(denialsIn(policy([statement]), { stream, role })).toEqual([denies("s3:PutObject")]);
  });

  test("of each stream, under its prefix", () => {
    const metrics = change(STREAM.replace("logs", "metrics"), streamChange({ signal: "metrics" }).values);
    expect(denialsIn(policy([denyInBucket("s3:PutObject", OBJECTS)]), {}, [metrics])).toEqual([
      denies("s3:PutObject"),
      denies("s3:PutObject", UPLOADED.replace("logs", "metrics")),
    ]);
    const onlyMetrics = denyInBucket("s3:PutObject", `${BUCKET_ARN}/kloudfuse-metrics-failures/*`);
    expect(denialsIn(policy([onlyMetrics]), {}, [metrics])).toEqual([
      denies("s3:PutObject", UPLOADED.replace("logs", "metrics")),
    ]);
  });

  test("without quoting what is sensitive", () => {
    const stream = streamChange({}, { sensitive: [`${BACKUP}.prefix`] });
    expect(denialsIn(policy([denyInBucket("s3:*", OBJECTS)]), { stream })).toEqual([
      denies(BACK_UP, "(sensitive value)"),
    ]);
  });
});

describe("a bucket of another account than the role's", () => {
  const parts: PlanParts = {
    providers: { "aws.other": { assume_role: [{ role_arn: `arn:aws:iam::${FOREIGN}:role/deploy` }] } },
  };
  const bucket = (provider?: string): PlannedChange =>
    change(
      "aws_s3_bucket.backup",
      { bucket: "backup", arn: BUCKET_ARN, region: REGION },
      provider === undefined ? {} : { provider },
    );
  const inOther = (...statements: readonly JsonObject[]): readonly string[] =>
    denialsIn(policy(statements), { bucket: bucket("aws.other") }, [], parts);
  const toRole = (actions: string, Resource: unknown): JsonObject =>
    allow(actions.split(", "), Resource, { Principal: { AWS: ROLE_ARN } });

  test("must let the role in by its policy", () => {
    expect(inOther()).toEqual([closed(FIND, BUCKET_ARN), closed(BACK_UP, UPLOADED)]);
    expect(inOther(toRole(FIND, BUCKET_ARN), toRole(BACK_UP, OBJECTS))).toEqual([]);
    expect(inOther(toRole(FIND, BUCKET_ARN), toRole("s3:PutObject", OBJECTS))).toEqual([
      closed("s3:AbortMultipartUpload, s3:GetObject", UPLOADED),
    ]);
  });

  test("may deny one action and not allow another", () => {
    expect(
      inOther(toRole(FIND, BUCKET_ARN), toRole("s3:GetObject", OBJECTS), denyInBucket("s3:PutObject", OBJECTS)),
    ).toEqual([denies("s3:PutObject"), closed("s3:AbortMultipartUpload", UPLOADED)]);
  });

  test("is one whose credentials are others", () => {
    const profile: PlanParts = { providers: { "aws.other": { profile: "other" } } };
    expect(denialsIn(policy([]), { bucket: bucket("aws.other") }, [], profile)).toEqual([
      closed(FIND, BUCKET_ARN),
      closed(BACK_UP, UPLOADED),
    ]);
  });

  test("is not one of the same account by another provider", () => {
    const same: PlanParts = {
      providers: { "aws.other": { assume_role: [{ role_arn: `arn:aws:iam::${ACCOUNT}:role/deploy` }] } },
    };
    expect(denialsIn(policy([]), { bucket: bucket("aws.other") }, [], same)).toEqual([]);
  });

  test("is perhaps one that the plan does not have: only what surely decides is said", () => {
    const there = { bucket: undefined };
    expect(denialsIn(policy([denyInBucket("s3:PutObject", OBJECTS)]), there)).toContain(denies("s3:PutObject"));
    expect(denialsIn(policy([toRole(FIND, BUCKET_ARN), toRole(BACK_UP, OBJECTS)]), there)).toEqual([]);
    expect(denialsIn(policy([]), there)).toEqual([
      whether(FIND, "is not known before the apply", AFTER, BUCKET_ARN),
      whether(BACK_UP, "is not known before the apply", AFTER),
    ]);
  });
});

describe("whether a bucket's policy lets the role upload", () => {
  const ENCRYPTED = { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } };

  test("depends on the conditions that the plan does not decide", () => {
    expect(checked(denyInBucket("s3:PutObject", OBJECTS, ENCRYPTED))).toEqual([
      whether("s3:PutObject", "depends on StringNotEquals s3:x-amz-server-side-encryption"),
    ]);
  });

  test("depends on a condition that is not quoted where the policy is sensitive", () => {
    expect(denialsIn(policy([denyInBucket("s3:PutObject", OBJECTS, ENCRYPTED)], { sensitive: ["policy"] }))).toEqual([
      whether("s3:PutObject", "depends on (sensitive value)"),
    ]);
  });

  test("is known after the apply where the policy is not known", () => {
    expect(denialsIn(policy([], unknownAt("policy")))).toEqual([
      whether(FIND, "is not known before the apply", AFTER, BUCKET_ARN),
      whether(BACK_UP, "is not known before the apply", AFTER),
    ]);
  });

  test("is said after what it denies", () => {
    expect(checked(denyInBucket("s3:GetObject", OBJECTS), denyInBucket("s3:PutObject", OBJECTS, ENCRYPTED))).toEqual([
      denies("s3:GetObject"),
      whether("s3:PutObject", "depends on StringNotEquals s3:x-amz-server-side-encryption"),
    ]);
  });
});
