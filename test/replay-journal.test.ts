import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal, journalOf } from "../cli/replay/journal";

const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-journal-"));
let file = "";
let number = 0;

beforeEach(() => {
  file = join(folder, String(number++), "replay.jsonl");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const object = { bucket: "backup", key: "key", etag: "one", size: 1 };
const SETTLED = { accepted: 3, setAside: 1, broken: 0 };

describe("the journal of a replay", () => {
  test("knows in the next run what was accepted in this one", () => {
    const first = Journal.open(file);
    first.accept(object, [0, 1]);
    first.accept(object, [5]);
    first.close();
    expect(Journal.read(file).state(object)).toEqual({ accepted: new Set([0, 1, 5]), settled: undefined });
  });

  test("knows it on disk at once, though it was never closed", () => {
    const first = Journal.open(file);
    first.accept(object, [7]);
    expect(Journal.read(file).state(object).accepted).toEqual(new Set([7]));
    first.close();
  });

  test("knows what became of a settled object, and forgets its records", () => {
    const first = Journal.open(file);
    first.accept(object, [0, 1, 2]);
    first.settle(object, SETTLED);
    first.close();
    Journal.open(file).close();
    expect(readFileSync(file, "utf8")).toBe(
      '{"object":"backup/key one","settled":{"accepted":3,"setAside":1,"broken":0}}\n',
    );
    expect(Journal.read(file).state(object)).toEqual({ accepted: new Set(), settled: SETTLED });
  });

  test("knows nothing of an object that was written anew", () => {
    const first = Journal.open(file);
    first.settle(object, SETTLED);
    first.close();
    expect(Journal.read(file).state({ ...object, etag: "two" })).toEqual({ accepted: new Set(), settled: undefined });
  });

  test("passes over a line that was cut when the process was killed", () => {
    const first = Journal.open(file);
    first.accept(object, [0]);
    first.close();
    appendFileSync(file, '{"object":"backup/key one","acc');
    const second = Journal.open(file);
    second.accept(object, [1]);
    second.close();
    expect(Journal.read(file).state(object).accepted).toEqual(new Set([0, 1]));
  });

  test("is for the user alone", () => {
    Journal.open(file).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is not written to by two replays at once", () => {
    const first = Journal.open(file);
    expect(() => Journal.open(file)).toThrow(
      `Another replay, process ${process.pid}, writes to the journal ${file}. Wait for its end: together they would send records twice.`,
    );
    first.close();
    Journal.open(file).close();
  });

  test("is taken over from a process that was killed", () => {
    Journal.open(file).close();
    writeFileSync(`${file}.lock`, "2147483646");
    Journal.open(file).close();
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test("says so when it cannot be written", () => {
    expect(() => Journal.open("/dev/null/replay.jsonl")).toThrow(
      /^--journal must be a file that can be written, got \/dev\/null\/replay\.jsonl: /,
    );
  });

  test("is read without a trace for a dry run", () => {
    expect(Journal.read(file).state(object)).toEqual({ accepted: new Set(), settled: undefined });
    expect(existsSync(file)).toBe(false);
  });

  test("stands in the user's state folder, one for each bucket", () => {
    expect(journalOf("one")).toMatch(/\/kloudfuse-firehose\/replay-one\.jsonl$/);
    expect(journalOf("one")).not.toBe(journalOf("two"));
  });
});
