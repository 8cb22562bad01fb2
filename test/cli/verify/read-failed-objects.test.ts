import { AccessDeniedError } from "../../../cli/aws/call";
import type { Backup, DeliveryStream } from "../../../cli/aws/delivery-stream";
import { type FailedObjects, isByTime, readFailedObjects } from "../../../cli/verify/read-failed-objects";
import { s3Error, s3Stub } from "../../helpers/aws-stub";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";
import { startS3Server, type StoredObject } from "../../helpers/s3-server";

const NOW = new Date("2026-01-31T12:00:00Z");
const [RECENT, OLD] = ["2026-01-31T11:45:00.000Z", "2026-01-31T11:44:59.000Z"];
const PREFIX = "kloudfuse-logs-failures/";
const ERRORS = `${PREFIX}http-endpoint-failed/`;

/** An object as Firehose names it. */
const object = (folder: string, lastModified: string, name = "kloudfuse-logs", suffix = "a"): StoredObject => ({
  key: `${folder}${name}-1-2026-01-31-11-44-00-${suffix}`,
  content: "",
  lastModified,
});

/** What is listed of these objects, and the queries for it. */
async function list(
  objects: readonly StoredObject[],
  fields: Partial<Backup> = {},
  pageSize = 1000,
  others: readonly DeliveryStream[] = [],
): Promise<{ readonly found: FailedObjects | undefined; readonly queries: readonly string[] }> {
  const sorted = [...objects].sort((one, other) => (one.key < other.key ? -1 : 1));
  const { s3, requests, close } = await startS3Server(sorted, { pageSize });
  const stream = { ...streamWith(), destination: destinationWith({ backup: backupWith(fields) }) };
  try {
    const context = { s3, now: NOW };
    const found = await readFailedObjects(context, stream, [stream, ...others]);
    const queries = requests.map((request) => {
      const search = new URLSearchParams(request.replace(/^.*\?/, ""));
      return ["prefix", "start-after", "delimiter"].flatMap((name) => search.get(name) ?? []).join(" ");
    });
    return { found, queries };
  } finally {
    await close();
  }
}

const NONE = { recent: 0, older: 0, foreign: 0, newest: undefined, isComplete: true, isRecentComplete: true };

describe("the listing of failed data", () => {
  test("is empty where nothing failed, with one call", async () => {
    expect(await list([])).toEqual({ found: NONE, queries: [`${PREFIX} /`] });
  });

  test("tells what was written within the window of the metrics from what is older", async () => {
    const { found } = await list([
      object(`${ERRORS}2026/01/31/11/`, RECENT, "kloudfuse-logs", "b"),
      object(`${ERRORS}2026/01/31/11/`, OLD),
      object(`${ERRORS}2025/12/31/23/`, "2025-12-31T23:59:00.000Z"),
    ]);
    expect(found).toEqual({ ...NONE, recent: 1, older: 2, newest: Date.parse(RECENT) });
  });

  test("starts with the hour of the oldest record that can be in an object of the window", async () => {
    const { queries } = await list([object(`${ERRORS}2026/01/31/11/`, RECENT)]);
    // 15 minutes of the window, 5 of retries, 15 of the backup's buffer and 1 of slack before noon.
    expect(queries).toEqual([`${PREFIX} /`, `${ERRORS} ${ERRORS}2026/01/31/11`, ERRORS]);
  });

  test("finds the newest objects behind more old ones than are listed", async () => {
    const old = Array.from({ length: 5500 }, (_, index) =>
      object(`${ERRORS}2026/01/30/10/`, "2026-01-30T10:30:00.000Z", "kloudfuse-logs", String(index)),
    );
    const { found, queries } = await list([...old, object(`${ERRORS}2026/01/31/11/`, RECENT)]);
    expect(found).toMatchObject({ recent: 1, isComplete: false, isRecentComplete: true, newest: Date.parse(RECENT) });
    expect(found?.older).toBe(5000);
    expect(queries).toHaveLength(7);
  });

  test("is not complete where more was written in the window than is listed", async () => {
    const many = Array.from({ length: 5500 }, (_, index) =>
      object(`${ERRORS}2026/01/31/11/`, RECENT, "kloudfuse-logs", String(index)),
    );
    expect((await list(many)).found).toMatchObject({ recent: 5000, isComplete: false, isRecentComplete: false });
  });

  test("counts objects of every type of error, and of years where Firehose writes no type", async () => {
    const { found } = await list([
      object(`${ERRORS}2026/01/31/11/`, RECENT),
      object(`${PREFIX}processing-failed/2026/01/31/11/`, RECENT),
      object(`${PREFIX}2026/01/31/11/`, OLD),
      object(`${PREFIX}2025/01/31/11/`, OLD),
      object(PREFIX, OLD),
    ]);
    expect(found).toMatchObject({ recent: 2, older: 3, isComplete: true });
  });

  test("does not list delivered data", async () => {
    const { found, queries } = await list(
      [object(`${PREFIX}2026/01/31/11/`, RECENT), object(`${ERRORS}2026/01/31/11/`, RECENT)],
      { mode: "AllData" },
    );
    expect(found).toEqual({ ...NONE, recent: 1, newest: Date.parse(RECENT) });
    expect(queries.filter((query) => query.startsWith(`${PREFIX}2026/`))).toEqual([]);
  });

  test("finds the folder of a prefix without a slash, whether or not Firehose writes one", async () => {
    const prefix = { prefix: "failures" };
    const withSlash = [object("failures/http-endpoint-failed/2026/01/31/11/", RECENT)];
    const without = [object("failureshttp-endpoint-failed/2026/01/31/11/", RECENT)];
    expect((await list(withSlash, prefix)).found).toMatchObject({ recent: 1, foreign: 0 });
    expect((await list(without, prefix)).found).toMatchObject({ recent: 1, foreign: 0 });
  });

  test("lists everything under an error prefix of another form, page by page", async () => {
    const errorOutputPrefix = "errors/!{timestamp:yyyy-MM-dd}/!{firehose:error-output-type}/";
    const objects = ["a", "b", "c"].map((suffix) =>
      object("errors/2026-01-31/http-endpoint-failed/", RECENT, "kloudfuse-logs", suffix),
    );
    const { found, queries } = await list(objects, { errorOutputPrefix }, 2);
    expect(found).toMatchObject({ recent: 3, older: 0, isComplete: true, isRecentComplete: true });
    expect(queries).toEqual(["errors/", "errors/"]);
  });

  test("does not know the newest objects of an error prefix of another form where the listing was cut", async () => {
    const errorOutputPrefix = "errors/!{timestamp:dd}/!{firehose:error-output-type}/";
    const old = Array.from({ length: 5500 }, (_, index) =>
      object("errors/30/http-endpoint-failed/", OLD, "kloudfuse-logs", String(index)),
    );
    const { found } = await list([...old, object("errors/31/http-endpoint-failed/", RECENT)], { errorOutputPrefix });
    expect(found).toMatchObject({ recent: 0, older: 5000, isComplete: false, isRecentComplete: false });
  });

  test("counts objects of others apart, and not those of another stream that is checked", async () => {
    const objects = [
      object(`${ERRORS}2026/01/31/11/`, RECENT, "orders"),
      object(`${ERRORS}2026/01/31/11/`, RECENT, "kloudfuse-metrics"),
    ];
    const metrics = { ...streamWith({ name: "kloudfuse-metrics" }), destination: destinationWith() };
    expect((await list(objects)).found).toEqual({ ...NONE, foreign: 2 });
    expect((await list(objects, {}, 1000, [metrics])).found).toEqual({ ...NONE, foreign: 1 });
  });

  test("has no answer without a bucket, and names the permission where S3 denies it", async () => {
    const stream = { ...streamWith(), destination: destinationWith() };
    const read = (code: string, status: number) =>
      readFailedObjects({ s3: s3Stub(() => s3Error(status, code)), now: NOW }, stream, []);
    expect(await read("NoSuchBucket", 404)).toBeUndefined();
    await expect(read("AccessDenied", 403)).rejects.toThrow(
      new AccessDeniedError("AWS denied s3:ListBucket on backup. Grant it to the user or role that runs this command."),
    );
  });
});

describe("the keys of failed data", () => {
  test.each([
    ["kloudfuse-logs-failures/", "", true],
    ["", "", true],
    ["data/", "errors/", true],
    ["data/", "errors/!{firehose:error-output-type}/", true],
    ["data/", "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/", true],
    ["data/", "errors/!{firehose:error-output-type}/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/", true],
    ["data/", "errors/!{timestamp:yyyy/MM/dd}/", true],
    ["data/", "errors/!{timestamp:dd/MM/yyyy}/", false],
    ["data/", "errors/!{timestamp:yyyy/MM/dd}/!{firehose:error-output-type}/", false],
    ["data/", "errors/!{firehose:error-output-type}/!{firehose:random-string}/", false],
    ["data/!{timestamp:yyyy}/", "errors/", true],
  ])("under the prefix %j and the error prefix %j follow the time: %s", (prefix, errorOutputPrefix, expected) => {
    expect(isByTime({ prefix, errorOutputPrefix })).toBe(expected);
  });
});
