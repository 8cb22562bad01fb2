import type { MetricId } from "../../../cli/verify/metrics";
import { checkOf, last, measuredStream, MISSING, outcomesOf } from "../../helpers/metrics";

const FAMILIES = ["DeliveryToS3", "BackupToS3"] as const;
type Family = (typeof FAMILIES)[number];
type MetricKind = "Records" | "Success" | "DataFreshness";

const IDS: Readonly<Record<Family, Readonly<Record<MetricKind, MetricId>>>> = {
  DeliveryToS3: {
    Records: "deliveredToS3",
    Success: "deliveryToS3Success",
    DataFreshness: "deliveryToS3Freshness",
  },
  BackupToS3: { Records: "backedUpToS3", Success: "backupToS3Success", DataFreshness: "backupToS3Freshness" },
};
const ALL_DATA = measuredStream("AllData");

describe.each(FAMILIES)("the backup, as %s reports it,", (family) => {
  const check = (
    kind: MetricKind,
    series: readonly (number | undefined)[],
    stream = measuredStream(),
  ): string | undefined => checkOf(`${family}.${kind}`, { [IDS[family][kind]]: series }, stream);

  test("is a problem for a single record, unless everything is backed up", () => {
    expect(check("Records", last(2, 0))).toBe("ok: none");
    expect(check("Records", last(1, 1))).toBe("problem: 1 record could not be delivered and was backed up");
    expect(check("Records", last(2, 1))).toBe("problem: 2 records could not be delivered and were backed up");
    expect(check("Records", last(1, 1), ALL_DATA)).toBe("ok: 1 record; all data is backed up");
  });

  test.each([
    [1, "ok: 100%"],
    [0.99, "problem: 99% at worst"],
  ])("is evaluated when %d of it succeeds", (ratio, expected) => {
    expect(check("Success", last(2, ratio))).toBe(expected);
  });

  test.each([
    [960, "ok: 960 s at most"],
    [961, "note: 961 s at most"],
  ])("is evaluated when it is %i s late", (seconds, expected) => {
    expect(check("DataFreshness", last(2, seconds))).toBe(expected);
  });
});

describe("the backup, reported by both families,", () => {
  test("is their sum, the lowest success and the highest age", () => {
    const metrics = {
      deliveredToS3: last(1, 500),
      backedUpToS3: last(1, 30),
      deliveryToS3Success: last(1, 1),
      backupToS3Success: last(1, 0.5),
      deliveryToS3Freshness: last(1, 2000),
      backupToS3Freshness: last(1, 10),
    };
    const found = outcomesOf(metrics)
      .filter(({ name }) => name.includes("ToS3"))
      .map(({ name, verdict, found: text }) => `${verdict} ${name}: ${text.replace(/ \[[^\]]*\]/, "")}`);
    expect(found).toEqual([
      "problem DeliveryToS3.Records and BackupToS3.Records: 530 records could not be delivered and were backed up",
      "problem DeliveryToS3.Success and BackupToS3.Success: 50% at worst",
      "note DeliveryToS3.DataFreshness and BackupToS3.DataFreshness: 2,000 s at most",
    ]);
  });
});

describe("the backup without any metric", () => {
  const NO_DATA = "note: no data: CloudWatch has no value of DeliveryToS3.Records or BackupToS3.Records";
  const NAME = "DeliveryToS3.Records";

  test("is as expected only while every delivery succeeds", () => {
    expect(checkOf(NAME, {})).toBe("ok: no data, as expected while every delivery succeeds");
    expect(checkOf(NAME, { success: [...last(14, 1), 0.99] })).toBe(NO_DATA);
    expect(checkOf(NAME, { success: MISSING })).toBe(NO_DATA);
    expect(checkOf(NAME, { delivered: MISSING })).toBe(NO_DATA);
  });

  test("is never as expected where everything is backed up", () => {
    expect(checkOf("BackupToS3.Records", {}, ALL_DATA)).toBe(NO_DATA);
  });

  test("says nothing where nothing came in", () => {
    expect(checkOf(NAME, { incoming: MISSING, success: MISSING, delivered: MISSING })).toBeUndefined();
  });

  test("says where to look: under the prefix of failed data", () => {
    const outcome = outcomesOf({ success: MISSING }).find(({ name }) => name === NAME);
    expect(outcome?.remedy).toBe(
      "Look for objects under s3://backup/kloudfuse-logs-failures/: kloudfuse-firehose failures --signal logs.",
    );
  });
});
