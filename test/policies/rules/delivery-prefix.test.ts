import { deliveryPrefix } from "../../../policies/rules/delivery-prefix";
import type { JsonObject } from "../../../iam/json";
import { AFTER } from "../../helpers/iam-plan";
import { type PlannedChange, unknownAt } from "../../helpers/plan";
import { BACKUP, BUCKET, bucketChange, checkGood, goodStream, STREAM } from "../../helpers/rule-plan";

const PREFIX = `${BACKUP}.prefix`;
const ERROR_PREFIX = `${BACKUP}.error_output_prefix`;
const BUCKET_ARN_PATH = `${BACKUP}.bucket_arn`;
const SECOND = STREAM.replace("logs", "more");
const DOCUMENTED = "kloudfuse-logs-failures/";
const ADVICE = `Use ${DOCUMENTED}, or put the deployment's own prefix and a / in front of it.`;
const EXPRESSIONS = "Remove error_output_prefix, or use valid expressions.";
const SHARED = "Give each deployment a backup_prefix of its own, or a bucket of its own.";

const withBackup = (backup: JsonObject, more: Partial<PlannedChange> = {}): string[] =>
  checkGood(deliveryPrefix, { stream: goodStream({ backup }, more) });
const second = (backup: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  goodStream({ address: SECOND, backup }, more);

describe("KFF-DEL-004, of the prefix", () => {
  test.each([DOCUMENTED, `eu-west-1/${DOCUMENTED}`, `team/eu-west-1/${DOCUMENTED}`])("accepts %s", (prefix) => {
    expect(withBackup({ prefix })).toEqual([]);
  });

  test.each([`eu-${DOCUMENTED}`, "kloudfuse-metrics-failures/", "failed/", `${DOCUMENTED}x`])("finds %s", (prefix) => {
    expect(withBackup({ prefix })).toEqual([`finding ${STREAM}: ${PREFIX} is "${prefix}" | ${ADVICE}`]);
  });

  test("finds no prefix", () => {
    expect(withBackup({ prefix: undefined })).toEqual([`finding ${STREAM}: ${PREFIX} is not set | ${ADVICE}`]);
  });

  test("accepts either documented prefix where the signal is undecided, and no other", () => {
    const undecided = (prefix: string): string[] =>
      checkGood(deliveryPrefix, {
        stream: goodStream({
          address: STREAM.replace("logs", "this"),
          values: {
            name: "kloudfuse",
            http_endpoint_configuration: [
              { url: "https://h/ingester/kinesis/x", s3_configuration: [{ bucket_arn: "arn:aws:s3:::x", prefix }] },
            ],
          },
        }),
      });
    expect(undecided("failed/")).toEqual([
      `finding ${STREAM.replace("logs", "this")}: ${PREFIX} is "failed/" | Use kloudfuse-metrics-failures/ or kloudfuse-logs-failures/, or put the deployment's own prefix and a / in front of it.`,
    ]);
  });

  test("says that the prefix is not known", () => {
    expect(withBackup({}, { unknown: [PREFIX] })).toEqual([
      `unknown ${STREAM}: ${PREFIX} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("quotes no sensitive prefix", () => {
    expect(withBackup({ prefix: "secret/" }, { sensitive: [PREFIX] })).toEqual([
      `finding ${STREAM}: ${PREFIX} is (sensitive value) | ${ADVICE}`,
    ]);
  });
});

describe("KFF-DEL-004, of the error output prefix", () => {
  test.each([
    "errors/",
    "",
    "errors/!{firehose:error-output-type}/",
    "!{firehose:error-output-type}/!{timestamp:yyyy}/",
  ])('accepts "%s"', (error_output_prefix) => {
    expect(withBackup({ error_output_prefix })).toEqual([]);
  });

  test("finds expressions without the error's type", () => {
    expect(withBackup({ error_output_prefix: "errors/!{timestamp:yyyy}/" })).toEqual([
      `finding ${STREAM}: error_output_prefix has expressions but not !{firehose:error-output-type} | ${EXPRESSIONS}`,
    ]);
  });

  test("finds a namespace that Firehose does not have", () => {
    expect(withBackup({ error_output_prefix: "!{firehose:error-output-type}/!{partitionKeyFromQuery:x}/" })).toEqual([
      `finding ${STREAM}: error_output_prefix uses the namespace partitionKeyFromQuery | ${EXPRESSIONS}`,
    ]);
  });

  test("says that it is not known", () => {
    const more = unknownAt(ERROR_PREFIX, "var.prefix");
    expect(withBackup({}, more)).toEqual([
      `unknown ${STREAM}: ${ERROR_PREFIX} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("does not take one that is left out for unknown", () => {
    expect(withBackup({}, { unknown: [ERROR_PREFIX] })).toEqual([]);
  });
});

describe("KFF-DEL-004, of streams that share a bucket", () => {
  const shared = (address: string, first = STREAM): string =>
    `finding ${address}: it writes failed data to the same bucket and prefix as ${first} | ${SHARED}`;

  test("finds one prefix, and names the first stream of it", () => {
    const third = STREAM.replace("logs", "most");
    expect(checkGood(deliveryPrefix, {}, [second(), goodStream({ address: third })])).toEqual([
      shared(SECOND),
      shared(third),
    ]);
  });

  test("accepts prefixes of their own, and buckets of their own", () => {
    expect(checkGood(deliveryPrefix, {}, [second({ prefix: `eu/${DOCUMENTED}` })])).toEqual([]);
    expect(checkGood(deliveryPrefix, {}, [second({ bucket_arn: "arn:aws:s3:::other" })])).toEqual([]);
  });

  test("finds one prefix in a bucket of another root", () => {
    expect(checkGood(deliveryPrefix, { bucket: undefined }, [second()])).toEqual([shared(SECOND)]);
  });

  test("finds one prefix in a bucket that is known by reference", () => {
    const more = unknownAt(BUCKET_ARN_PATH, `${BUCKET}.arn`);
    const bucket = bucketChange({}, { unknown: ["arn"] });
    const stream = goodStream({}, more);
    expect(checkGood(deliveryPrefix, { bucket, stream }, [second({}, more)])).toEqual([shared(SECOND)]);
  });

  test("evaluates the error output prefix where there is one", () => {
    const stream = goodStream({ backup: { error_output_prefix: "errors/" } });
    expect(checkGood(deliveryPrefix, { stream }, [second()])).toEqual([]);
    expect(checkGood(deliveryPrefix, { stream }, [second({ error_output_prefix: "errors/" })])).toEqual([
      shared(SECOND),
    ]);
  });

  test("compares no bucket and no prefix that is not known", () => {
    const bucket = unknownAt(BUCKET_ARN_PATH, "var.bucket");
    expect(checkGood(deliveryPrefix, { stream: goodStream({}, bucket) }, [second({}, bucket)])).toEqual([]);
    const prefix = { unknown: [PREFIX] };
    expect(checkGood(deliveryPrefix, { stream: goodStream({}, prefix) }, [second({}, prefix)])).toEqual([
      `unknown ${STREAM}: ${PREFIX} is not known before the apply | ${AFTER}`,
      `unknown ${SECOND}: ${PREFIX} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("does not treat a missing prefix as one", () => {
    const stream = goodStream({ backup: { prefix: undefined } });
    expect(checkGood(deliveryPrefix, { stream }, [second({ prefix: undefined })])).toContain(shared(SECOND));
  });
});
