import type { Backup, DeliveryStream } from "../../../cli/aws/delivery-stream";
import { backupOutcomes } from "../../../cli/verify/backup-configuration";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";
import { outcomeLine } from "../../helpers/outcomes";

const lines = (fields: Partial<Backup> = {}, others: readonly DeliveryStream[] = []): string[] =>
  backupOutcomes(streamWith(), backupWith(fields), others).map(outcomeLine);
const other = (name: string, backup: Partial<Backup> = {}): DeliveryStream =>
  streamWith({ name, destination: destinationWith({ backup: backupWith(backup) }) });

const GOOD = [
  "ok backup mode: FailedDataOnly",
  "ok backup prefix: kloudfuse-logs-failures/",
  "ok backup compression: GZIP",
];

test("a backup is as documented", () => {
  expect(lines()).toEqual(GOOD);
});

describe("the mode of a backup", () => {
  test.each([
    ["AllData", "note backup mode: AllData, documented FailedDataOnly"],
    ["", "problem backup mode: none, documented FailedDataOnly"],
    ["Disabled", "problem backup mode: Disabled, documented FailedDataOnly"],
  ])("%j", (mode, line) => {
    expect(lines({ mode })[0]).toBe(line);
  });
});

describe("the prefix of a backup", () => {
  test.each([
    ["", "note backup prefix: none, documented kloudfuse-logs-failures/"],
    ["failed/", "note backup prefix: failed/, documented kloudfuse-logs-failures/"],
    ["team/kloudfuse-logs-failures/", "ok backup prefix: team/kloudfuse-logs-failures/"],
  ])("%j", (prefix, line) => {
    expect(lines({ prefix })[1]).toBe(line);
  });

  test("is another stream's too", () => {
    expect(lines({}, [streamWith(), other("kloudfuse-metrics")])[1]).toBe(
      "note backup prefix: kloudfuse-logs-failures/, the same as that of kloudfuse-metrics",
    );
  });

  test.each([
    ["itself", streamWith()],
    ["a stream with another bucket", other("kloudfuse-metrics", { bucket: "other" })],
    ["a stream with another prefix", other("kloudfuse-metrics", { prefix: "other/" })],
    ["a stream without a backup", streamWith({ name: "other", destination: undefined })],
  ])("is not shared with %s", (_, twin) => {
    expect(lines({}, [twin])).toEqual(GOOD);
  });
});

test.each(["UNCOMPRESSED", "ZIP", "Snappy"])("the compression %s is noted", (compressionFormat) => {
  expect(lines({ compressionFormat })[2]).toBe(`note backup compression: ${compressionFormat}, documented GZIP`);
});
