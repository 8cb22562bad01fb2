import {
  type PlannedBackupBucket,
  backupBuckets,
  bucketNotInPlan,
  bucketsByStream,
  bucketName,
} from "../../../policies/buckets/backup-buckets";
import { findKloudfuse, type Kloudfuse } from "../../../policies/kloudfuse";
import type { JsonObject } from "../../../iam/json";
import { BUCKET_ARN, change, planWith, REGION, STREAM, streamChange, streamValues } from "../../helpers/iam-plan";
import { type PlannedChange, planOf } from "../../helpers/plan";

const PATH = "http_endpoint_configuration.0.s3_configuration.0.bucket_arn";
const BUCKET = "aws_s3_bucket.backup";
const OTHER_STREAM = "aws_kinesis_firehose_delivery_stream.metrics";

const kloudfuseOf = (parts: Parameters<typeof planWith>[0] = {}, more: readonly PlannedChange[] = []): Kloudfuse =>
  findKloudfuse(planOf(planWith(parts, more)));

function bucketIn(...of: Parameters<typeof kloudfuseOf>): PlannedBackupBucket {
  const [bucket] = backupBuckets(kloudfuseOf(...of));
  if (bucket === undefined) {
    throw new Error("a stream must back up to a bucket");
  }
  return bucket;
}

/** A bucket in short: address, ARN, and its streams. */
const short = ({ resource, arn, streams }: PlannedBackupBucket): readonly unknown[] => [
  resource?.address,
  arn,
  streams.map((stream) => stream.resource.label),
];

const second = (backup: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(OTHER_STREAM, streamValues({ signal: "metrics", backup }), more);
const unknownArn = (...references: readonly string[]): Partial<PlannedChange> => ({
  unknown: [PATH],
  references: { [PATH]: references },
});
const created = change(BUCKET, { bucket: "backup", region: REGION }, { unknown: ["arn", "id"] });

describe("the buckets for failed data", () => {
  const buckets = (...of: Parameters<typeof kloudfuseOf>): readonly unknown[] =>
    backupBuckets(kloudfuseOf(...of)).map(short);

  test("are each once, with their streams", () => {
    expect(buckets({}, [second()])).toEqual([[BUCKET, BUCKET_ARN, ["logs", "metrics"]]]);
  });

  test("are those of the plan and those of other roots", () => {
    expect(buckets({}, [second({ bucket_arn: "arn:aws:s3:::other" })])).toEqual([
      [BUCKET, BUCKET_ARN, ["logs"]],
      [undefined, "arn:aws:s3:::other", ["metrics"]],
    ]);
  });

  test("of another root are one where the streams name the same", () => {
    expect(buckets({ bucket: undefined }, [second()])).toEqual([[undefined, BUCKET_ARN, ["logs", "metrics"]]]);
  });

  test("are one each where the streams' buckets are not known", () => {
    const stream = streamChange({}, unknownArn("var.bucket"));
    expect(buckets({ stream, bucket: undefined }, [second({}, unknownArn("var.bucket"))])).toEqual([
      [undefined, undefined, ["logs"]],
      [undefined, undefined, ["metrics"]],
    ]);
  });

  test("have the ARN of the resource where the streams refer to it", () => {
    const stream = streamChange({}, unknownArn(`${BUCKET}.arn`));
    expect(buckets({ stream })).toEqual([[BUCKET, BUCKET_ARN, ["logs"]]]);
    expect(buckets({ stream, bucket: created })).toEqual([[BUCKET, undefined, ["logs"]]]);
  });

  test("are none of a stream that names none", () => {
    expect(buckets({ stream: streamChange({ backup: { bucket_arn: undefined } }) })).toEqual([]);
  });

  test("are found by their streams", () => {
    const kloudfuse = kloudfuseOf({}, [second()]);
    expect(kloudfuse.streams.map((stream) => bucketsByStream(kloudfuse).get(stream)?.resource?.address)).toEqual([
      BUCKET,
      BUCKET,
    ]);
  });
});

describe("the name of a bucket", () => {
  const named = (...of: Parameters<typeof kloudfuseOf>): string | undefined => bucketName(bucketIn(...of));

  test("is that of the resource", () => {
    expect(named({ stream: streamChange({}, unknownArn(`${BUCKET}.arn`)), bucket: created })).toBe("backup");
  });

  test("is that in the ARN of a bucket of another root", () => {
    expect(named({ bucket: undefined })).toBe("backup");
  });

  test("is not known where neither is", () => {
    expect(named({ stream: streamChange({}, unknownArn("var.bucket")), bucket: undefined })).toBeUndefined();
  });
});

describe("that the plan does not have a bucket", () => {
  const said = (...of: Parameters<typeof kloudfuseOf>): unknown => bucketNotInPlan(bucketIn(...of), "its policy");

  test("is said with its ARN", () => {
    expect(said({ bucket: undefined })).toEqual({
      kind: "unknown",
      address: STREAM,
      found: `the plan does not have the bucket ${BUCKET_ARN}: its policy is undetermined`,
      remedy: "Evaluate the plan of the root module that manages it.",
    });
  });

  test("is said without its ARN where that is sensitive", () => {
    expect(said({ bucket: undefined, stream: streamChange({}, { sensitive: [PATH] }) })).toMatchObject({
      found: "the plan does not have the bucket (sensitive value): its policy is undetermined",
    });
  });

  test("is said of a bucket that is not known", () => {
    expect(said({ bucket: undefined, stream: streamChange({}, unknownArn("var.bucket")) })).toEqual({
      kind: "unknown",
      address: STREAM,
      found: `${PATH} is not known before the apply: its policy is undetermined`,
      remedy: "Evaluate the plan again after the apply.",
    });
  });
});
