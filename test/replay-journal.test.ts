import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
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

const { signal } = new AbortController();
const open = async (): Promise<Journal> => await Journal.open(file, signal);

const object = { bucket: "backup", key: "key", etag: "one", size: 1 };
const SETTLED = { accepted: 3, setAside: 1, broken: 0 };

describe("the journal of a replay", () => {
  test("knows in the next run what was accepted in this one", async () => {
    const first = await open();
    first.accept(object, [0, 1]);
    first.accept(object, [5]);
    first.close();
    expect(Journal.read(file).state(object)).toEqual({ accepted: new Set([0, 1, 5]), settled: undefined });
  });

  test("knows it on disk at once, though it was never closed", async () => {
    const first = await open();
    first.accept(object, [7]);
    expect(Journal.read(file).state(object).accepted).toEqual(new Set([7]));
    first.close();
  });

  test("knows what became of a settled object, and forgets its records", async () => {
    const first = await open();
    first.accept(object, [0, 1, 2]);
    first.settle(object, SETTLED);
    first.close();
    (await open()).close();
    expect(readFileSync(file, "utf8")).toBe(
      '{"object":"backup/key one","settled":{"accepted":3,"setAside":1,"broken":0}}\n',
    );
    expect(Journal.read(file).state(object)).toEqual({ accepted: new Set(), settled: SETTLED });
  });

  test("knows nothing of an object that was written anew", async () => {
    const first = await open();
    first.settle(object, SETTLED);
    first.close();
    expect(Journal.read(file).state({ ...object, etag: "two" })).toEqual({ accepted: new Set(), settled: undefined });
  });

  test("passes over a line that was cut when the process was killed", async () => {
    const first = await open();
    first.accept(object, [0]);
    first.close();
    appendFileSync(file, '{"object":"backup/key one","acc');
    const second = await open();
    second.accept(object, [1]);
    second.close();
    expect(Journal.read(file).state(object).accepted).toEqual(new Set([0, 1]));
  });

  test("is for the user alone", async () => {
    (await open()).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is taken over from a process that was killed, which has not touched its lock for five seconds", async () => {
    (await open()).close();
    const lock = `${file}.lock`;
    writeFileSync(lock, "a process that was killed");
    const sixSecondsAgo = new Date(Date.now() - 6000);
    utimesSync(lock, sixSecondsAgo, sixSecondsAgo);
    const start = performance.now();
    const journal = await open();
    expect(performance.now() - start).toBeLessThan(1000);
    journal.close();
    expect(existsSync(lock)).toBe(false);
  });

  test("is not taken from a process that works, and then not by Ctrl-C either", async () => {
    const first = await open();
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 100);
    await expect(Journal.open(file, controller.signal)).rejects.toThrow("aborted");
    first.accept(object, [1]);
    first.close();
    expect(Journal.read(file).state(object).accepted).toEqual(new Set([1]));
  });

  test("says so when it cannot be written", async () => {
    await expect(Journal.open("/dev/null/replay.jsonl", signal)).rejects.toThrow(
      /^The journal \/dev\/null\/replay\.jsonl cannot be written: /,
    );
  });

  test("is read without a trace for a dry run", () => {
    expect(Journal.read(file).state(object)).toEqual({ accepted: new Set(), settled: undefined });
    expect(existsSync(file)).toBe(false);
  });

  test("stands in the user's state folder, one for each bucket", () => {
    expect(journalOf("one")).toMatch(/\/kloudfuse-firehose\/replay-one\.jsonl$/);
    expect(journalOf("one")).not.toBe(journalOf("two"));
    process.env["XDG_STATE_HOME"] = "";
    expect(journalOf("one")).toBe(join(homedir(), ".local/state/kloudfuse-firehose/replay-one.jsonl"));
    delete process.env["XDG_STATE_HOME"];
  });
});
