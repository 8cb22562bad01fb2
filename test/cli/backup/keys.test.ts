import type { DeliveryStream } from "../../../cli/aws/delivery-stream";
import { fixedPrefix, holdsFailures, type KeyKind, keyKind } from "../../../cli/backup/keys";
import { asObject, isObject, type JsonObject } from "../../../iam/json";
import { cpuTimeOf } from "../../helpers/cpu-time";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const NAME = "kloudfuse-logs";
const FILE = `${NAME}-1-2026-11-25-10-00-00-0a1b2c3d-0000-4000-8000-000000000001.gz`;

interface BackupSettings {
  readonly prefix?: string;
  readonly errorOutputPrefix?: string;
  readonly mode?: string;
}

const stream = (settings: BackupSettings): DeliveryStream =>
  streamWith({
    destination: destinationWith({ backup: backupWith({ prefix: "", errorOutputPrefix: "", ...settings }) }),
  });

const kindOf = (settings: BackupSettings, key: string): KeyKind => keyKind(stream(settings), key);
const isOwn = (settings: BackupSettings, key: string): boolean => kindOf(settings, key) === "failed";

const FAILED = `http-endpoint-failed/2026/11/25/10/${FILE}`;

describe("an object in the backup bucket belongs to a stream", () => {
  test.each([
    ["the documented prefix", { prefix: "kloudfuse-logs-failures/" }, `kloudfuse-logs-failures/${FAILED}`],
    ["one of the deployment", { prefix: "eu/kloudfuse-logs-failures/" }, `eu/kloudfuse-logs-failures/${FAILED}`],
    ["no prefix", {}, FAILED],
    ["a prefix without a slash", { prefix: "failed-" }, `failed-${FAILED}`],
    ["a prefix with characters of expressions", { prefix: "a.b+(c)/" }, `a.b+(c)/${FAILED}`],
    ["an error output prefix", { errorOutputPrefix: "errors/" }, `errors/${FILE}`],
    [
      "expressions in it",
      { errorOutputPrefix: "errors/!{timestamp:yyyy/MM/dd}/!{firehose:error-output-type}" },
      `errors/2026/11/25/http-endpoint-failed${FILE}`,
    ],
    [
      "expressions with text in quotes and names",
      { errorOutputPrefix: "errors/!{timestamp:'year='yyyy/MMMM-dd}/!{firehose:random-string}/" },
      `errors/year=2026/November-25/abc123/${FILE}`,
    ],
    [
      "all data backed up, in an error output prefix",
      { mode: "AllData", prefix: "all/", errorOutputPrefix: "errors/!{firehose:error-output-type}-!{timestamp:yyyy}/" },
      `errors/http-endpoint-failed-2026/${FILE}`,
    ],
    ["all data backed up, without one", { mode: "AllData", prefix: "all/" }, `all/${FAILED}`],
  ])("under %s", (_, settings, key) => {
    expect(isOwn(settings, key)).toBe(true);
  });

  test.each([
    ["another deployment's prefix", { prefix: "kloudfuse-logs-failures/" }, `eu/kloudfuse-logs-failures/${FAILED}`],
    ["another deployment's prefix, and has none", {}, `eu/kloudfuse-logs-failures/${FAILED}`],
    ["a prefix that continues its own", { prefix: "failures/" }, `failures/eu/${FAILED}`],
    ["a prefix that only matches as a pattern", { prefix: "a.b/" }, `aXb/${FAILED}`],
    ["another version of a prefix with the year", { errorOutputPrefix: "e/!{timestamp:yyyy}/" }, `e/26/${FILE}`],
    ["expressions of fewer folders", { errorOutputPrefix: "errors/!{timestamp:yyyy}/" }, `errors/2026/eu/${FILE}`],
    ["delivered data", { mode: "AllData", prefix: "logs-failed/" }, `logs-failed/2026/11/25/10/${FILE}`],
    ["a longer name", {}, FAILED.replace(NAME, `${NAME}-two`)],
    ["no name of Firehose's", {}, "http-endpoint-failed/2026/11/25/10/notes.txt"],
  ])("not under %s", (_, settings, key) => {
    expect(isOwn(settings, key)).toBe(false);
  });

  test("is decided in time, whatever the key", async () => {
    const expressions = "!{timestamp:yyyy}/".repeat(8);
    const milliseconds = await cpuTimeOf(() => {
      expect(isOwn({ errorOutputPrefix: expressions }, "2026/".repeat(200))).toBe(false);
      expect(isOwn({ errorOutputPrefix: "!{timestamp:yyyy}-".repeat(4) }, "2-".repeat(500))).toBe(false);
      expect(isOwn({ errorOutputPrefix: "!{timestamp:yyyy}".repeat(4) }, "2".repeat(1000))).toBe(false);
    });
    expect(milliseconds).toBeLessThan(1000);
  });
});

describe("the key of an object says what it holds", () => {
  const text = (settings: JsonObject, name: string): string => {
    const value = settings[name];
    return typeof value === "string" ? value : "";
  };

  test("in every case that users report", () => {
    const cases: unknown = JSON.parse(readFileSync(join(__dirname, "../../fixtures/operator/f2-keys.json"), "utf8"));
    const kinds = (Array.isArray(cases) ? cases : []).filter(isObject).map((one) => {
      const backup = asObject(one["backup"]);
      const settings = {
        prefix: text(backup, "Prefix"),
        errorOutputPrefix: text(backup, "ErrorOutputPrefix"),
        mode: text(one, "S3BackupMode") || "FailedDataOnly",
      };
      return kindOf(settings, text(one, "key") || text(one, "deliveredKeyTakenForFailed"));
    });
    expect(kinds).toEqual(["failed", "failed", "failed", "failed", "delivered"]);
  });

  test.each([
    ["delivered", { mode: "AllData", prefix: "all/", errorOutputPrefix: "errors/" }, `all/2026/11/25/10/${FILE}`],
    ["failed", { mode: "AllData", prefix: "all/", errorOutputPrefix: "all/errors/" }, `all/errors/${FILE}`],
    ["delivered", { mode: "AllData", prefix: "!{timestamp:yyyy}/" }, `2026/${FILE}`],
    ["failed", { mode: "FailedDataOnly", prefix: "p/" }, `p/2026/11/25/10/${FILE}`],
    ["foreign", { mode: "FailedDataOnly", prefix: "all/", errorOutputPrefix: "errors/" }, `all/${FILE}`],
    // The key does not say which of both it is.
    ["foreign", { mode: "AllData", prefix: "same/", errorOutputPrefix: "same/" }, `same/${FILE}`],
    ["failed", { errorOutputPrefix: "e/!{timestamp:''yyyy[-MM]}/" }, `e/'2026/${FILE}`],
    ["failed", { errorOutputPrefix: "e/!{timestamp:''yyyy[-MM]}/" }, `e/'2026-11/${FILE}`],
    ["failed", { errorOutputPrefix: "e/!{partitionKeyFromQuery:id}/" }, `e/42/${FILE}`],
    ["failed", { errorOutputPrefix: "e/!{firehose:random-string}" }, `e/abcdefghijk${FILE}`],
    ["foreign", { errorOutputPrefix: "e/!{firehose:random-string}" }, `e/abcdefghij${FILE}`],
    ["foreign", { errorOutputPrefix: "e/!{firehose:random-string}" }, `e/abcdefghijkl${FILE}`],
  ] as const)("%s: %j", (kind, settings, key) => {
    expect(kindOf(settings, key)).toBe(kind);
    expect(holdsFailures(stream(settings), key)).toBe(kind === "failed");
  });

  test("not where the stream has no HTTP endpoint", () => {
    expect(keyKind({ ...stream({}), destination: undefined }, FAILED)).toBe("foreign");
  });
});

describe("the prefix of all objects", () => {
  test.each([
    [{ prefix: "p/", errorOutputPrefix: "" }, "p/"],
    [{ prefix: "p/", errorOutputPrefix: "e/" }, "e/"],
    [{ prefix: "p/", errorOutputPrefix: "e/!{timestamp:yyyy}/x" }, "e/"],
    [{ prefix: "!{timestamp:yyyy}", errorOutputPrefix: "" }, ""],
    [{ prefix: "", errorOutputPrefix: "" }, ""],
  ])("of %j is %j", (backup, prefix) => {
    expect(fixedPrefix(backup)).toBe(prefix);
  });
});
