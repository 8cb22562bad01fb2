import { UNKNOWN } from "../../../iam/unknown";
import { type PlannedBackupBucket, backupBuckets } from "../../../policies/buckets/backup-buckets";
import { arnOfBucket, locationOfBucket } from "../../../policies/buckets/bucket-location";
import { findKloudfuse } from "../../../policies/kloudfuse";
import type { Plan } from "../../../policies/plan";
import { parseDocument } from "../../../policies/roles/role-policies";
import { allow, BUCKET_ARN, change, document, planWith, REGION, streamChange } from "../../helpers/iam-plan";
import { ACCOUNT, inAccount, type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";

const PATH = "http_endpoint_configuration.0.s3_configuration.0.bucket_arn";
const BUCKET = "aws_s3_bucket.backup";

function bucketIn(
  parts: Parameters<typeof planWith>[0] = {},
  more: readonly PlannedChange[] = [],
  planParts: PlanParts = {},
): readonly [Plan, PlannedBackupBucket] {
  const plan = planOf(planWith(parts, more), planParts);
  const [bucket] = backupBuckets(findKloudfuse(plan));
  if (bucket === undefined) {
    throw new Error("a stream must back up to a bucket");
  }
  return [plan, bucket];
}

const reference = unknownAt(PATH, `${BUCKET}.arn`);
const created = change(BUCKET, { bucket: "backup", region: REGION }, { unknown: ["arn", "id"] });

describe("the location of a bucket", () => {
  const locationIn = (...of: Parameters<typeof bucketIn>): unknown => {
    return locationOfBucket(...bucketIn(...of));
  };

  test("is its region, with the account of its provider", () => {
    const bucket = change(
      BUCKET,
      { bucket: "backup", arn: BUCKET_ARN, region: "us-west-2" },
      { provider: "aws.other" },
    );
    expect(locationIn({ bucket }, [], inAccount("999999999999", "aws.other"))).toEqual({
      partition: "aws",
      region: "us-west-2",
      accountId: "999999999999",
    });
  });

  test("is in the account of the stream where the credentials are the same", () => {
    expect(locationIn({ role: undefined })).toEqual({ partition: "aws", region: REGION, accountId: ACCOUNT });
  });

  test("is in an account that is not known where the credentials are others", () => {
    const bucket = change(BUCKET, { bucket: "backup", arn: BUCKET_ARN, region: REGION }, { provider: "aws.other" });
    expect(locationIn({ bucket }, [], { providers: { "aws.other": { profile: "x" } } })).toEqual({
      partition: "aws",
      region: REGION,
      accountId: UNKNOWN,
    });
  });

  test("of another root has the partition of the stream alone", () => {
    expect(locationIn({ bucket: undefined })).toEqual({ partition: "aws", region: UNKNOWN, accountId: UNKNOWN });
  });
});

describe("the ARN of a bucket", () => {
  const arnIn = (text: string, ...of: Parameters<typeof bucketIn>): string | undefined => {
    const [plan, bucket] = bucketIn(...of);
    return arnOfBucket(plan, bucket, [UNKNOWN, ...parseDocument(text).statements]);
  };
  const unlocated = change(BUCKET, { bucket: "backup" }, { unknown: ["arn", "id"] });
  const nowhere = streamChange(
    { values: { region: undefined }, http: { role_arn: undefined }, backup: { role_arn: undefined } },
    reference,
  );
  const OWN = document(allow("s3:*", "arn:aws-cn:s3:::backup/*"));

  test("is the one that the streams name", () => {
    expect(arnIn(OWN)).toBe(BUCKET_ARN);
  });

  test("of a bucket that the plan creates has its name, and the partition of the stream", () => {
    expect(arnIn(OWN, { stream: streamChange({}, reference), bucket: created })).toBe(BUCKET_ARN);
  });

  test("has the partition that its policy shows where the stream's is not known", () => {
    expect(arnIn(OWN, { stream: nowhere, bucket: unlocated })).toBe("arn:aws-cn:s3:::backup");
  });

  test("has the partition aws where nothing shows it", () => {
    expect(arnIn(document(allow("s3:*", "*")), { stream: nowhere, bucket: unlocated })).toBe("arn:aws:s3:::backup");
    expect(arnIn(document({ Effect: "Allow", Action: "*" }), { stream: nowhere, bucket: unlocated })).toBe(
      "arn:aws:s3:::backup",
    );
  });

  test("is not known where its name is not", () => {
    const unnamed = change(BUCKET, { region: REGION }, { unknown: ["arn", "id", "bucket"] });
    expect(arnIn(OWN, { stream: streamChange({}, reference), bucket: unnamed })).toBeUndefined();
  });
});
