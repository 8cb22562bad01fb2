import { bucketForceDestroy } from "../../../policies/rules/bucket-force-destroy";
import { AFTER, BUCKET_ARN, ELSEWHERE } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { BACKUP, BUCKET, bucketChange, checkGood, goodStream, STREAM } from "../../helpers/rule-plan";

describe("KFF-BKT-006", () => {
  test("finds force_destroy", () => {
    expect(checkGood(bucketForceDestroy, { bucket: bucketChange({ force_destroy: true }) })).toEqual([
      `finding ${BUCKET}: force_destroy is true | Set it only for the apply before the destroy.`,
    ]);
  });

  test.each([false, undefined])("accepts %j", (force_destroy) => {
    expect(checkGood(bucketForceDestroy, { bucket: bucketChange({ force_destroy }) })).toEqual([]);
  });

  test("says that it is not known", () => {
    expect(checkGood(bucketForceDestroy, { bucket: bucketChange({}, { unknown: ["force_destroy"] }) })).toEqual([
      `unknown ${BUCKET}: force_destroy is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the bucket is managed elsewhere, or not known", () => {
    expect(checkGood(bucketForceDestroy, { bucket: undefined })).toEqual([
      `unknown ${STREAM}: the plan does not have the bucket ${BUCKET_ARN}: its force_destroy is undetermined | ${ELSEWHERE}`,
    ]);
    const path = `${BACKUP}.bucket_arn`;
    const stream = goodStream({}, unknownAt(path, "var.bucket"));
    expect(checkGood(bucketForceDestroy, { stream })).toEqual([
      `unknown ${STREAM}: ${path} is not known before the apply: its force_destroy is undetermined | ${AFTER}`,
    ]);
    const sensitive = goodStream({}, { sensitive: [path] });
    expect(checkGood(bucketForceDestroy, { stream: sensitive, bucket: undefined })).toEqual([
      `unknown ${STREAM}: the plan does not have the bucket (sensitive value): its force_destroy is undetermined | ${ELSEWHERE}`,
    ]);
  });

  test("says it once for streams of one bucket, and for each of two that are not known", () => {
    const second = { ...goodStream(), address: STREAM.replace("logs", "more") };
    expect(checkGood(bucketForceDestroy, { bucket: undefined }, [second])).toHaveLength(1);
    expect(checkGood(bucketForceDestroy, { bucket: bucketChange({ force_destroy: true }) }, [second])).toHaveLength(1);
    const path = `${BACKUP}.bucket_arn`;
    const unknown = unknownAt(path, "var.bucket");
    expect(
      checkGood(bucketForceDestroy, { stream: goodStream({}, unknown) }, [{ ...second, ...unknown }]),
    ).toHaveLength(2);
  });

  test("asks nothing of a stream without a bucket", () => {
    expect(checkGood(bucketForceDestroy, { stream: goodStream({ backup: { bucket_arn: "" } }) })).toEqual([]);
  });
});
