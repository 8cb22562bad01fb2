import { listBackupObjects } from "../../../cli/backup/objects";
import { UndeterminedError } from "../../../cli/exit-codes";
import type { TimeRange } from "../../../cli/time";
import { s3Error, s3Stub } from "../../helpers/aws-stub";
import { backupWith } from "../../helpers/delivery-stream";
import { type S3Server, startS3Server } from "../../helpers/s3-server";

const BACKUP = backupWith({ bucket: "bucket", prefix: "p/!{timestamp:yyyy}/" });

describe("the objects under a backup prefix", () => {
  const at = (key: string, day: string): { key: string; content: string; lastModified: string } => ({
    key,
    content: "12345",
    lastModified: `2026-01-0${day}T00:00:00.000Z`,
  });
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server([at("p/1", "1"), at("p/2", "2"), at("p/3", "3"), at("q/4", "3")]);
  });
  afterAll(async () => {
    await server.close();
  });

  async function keys(range: Partial<TimeRange>): Promise<string[]> {
    const all = new Array<string>();
    const context = { s3: server.s3, abortSignal: new AbortController().signal };
    for await (const { key } of listBackupObjects(context, BACKUP, { since: undefined, until: undefined, ...range })) {
      all.push(key);
    }
    return all;
  }

  test("are listed page by page, in the order of their keys", async () => {
    expect(await keys({})).toEqual(["p/1", "p/2", "p/3"]);
  });

  test("are those that were written in the range, both ends included", async () => {
    const day = (number: number): Date => new Date(`2026-01-0${number}T00:00:00.000Z`);
    expect(await keys({ since: day(2) })).toEqual(["p/2", "p/3"]);
    expect(await keys({ until: day(2) })).toEqual(["p/1", "p/2"]);
    expect(await keys({ since: new Date(day(1).getTime() + 1), until: new Date(day(3).getTime() - 1) })).toEqual([
      "p/2",
    ]);
  });

  test("have bucket, key, ETag and size", async () => {
    const context = { s3: server.s3, abortSignal: new AbortController().signal };
    const first = await listBackupObjects(context, BACKUP, { since: undefined, until: undefined }).next();
    expect(first.value).toEqual({ bucket: "bucket", key: "p/1", etag: '"e"', size: 5 });
  });

  test("are listed as far as they are asked for", async () => {
    const { s3, requests, close } = await startS3Server([at("p/1", "1"), at("p/2", "2"), at("p/3", "3")]);
    try {
      const objects = listBackupObjects({ s3 }, BACKUP, { since: undefined, until: undefined });
      await objects.next();
      await objects.next();
      expect(requests).toHaveLength(1);
      await objects.next();
      expect(requests).toHaveLength(2);
    } finally {
      await close();
    }
  });

  test("are undetermined where there is no such bucket", async () => {
    const s3 = s3Stub(() => s3Error(404, "NoSuchBucket"));
    await expect(listBackupObjects({ s3 }, BACKUP, { since: undefined, until: undefined }).next()).rejects.toThrow(
      new UndeterminedError("The backup bucket bucket does not exist. Run kloudfuse-firehose verify."),
    );
  });

  test("name the bucket whose list AWS denies", async () => {
    const s3 = s3Stub(() => s3Error(403, "AccessDenied"));
    await expect(listBackupObjects({ s3 }, BACKUP, { since: undefined, until: undefined }).next()).rejects.toThrow(
      "AWS denied s3:ListBucket on bucket.",
    );
  });
});
