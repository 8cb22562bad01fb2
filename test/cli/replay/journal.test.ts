import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Journal } from "../../../cli/replay/journal";
import { JournalLostError } from "../../../cli/replay/journal-file";
import { acceptedLine, completeLine, headerLine, idOf } from "../../../cli/replay/journal-format";
import { backupObject } from "../../fixtures/replay";

let root = "";
const { signal } = new AbortController();
const object = backupObject("key");
const OUTCOME = { accepted: 3, skipped: 1, corrupt: 0 };

let file = "";
let number = 0;
const opened = new Array<Journal>();

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-journal-"));
});

beforeEach(() => {
  file = join(root, String(number++), "folder", "replay.jsonl");
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

async function open(): Promise<Journal> {
  const journal = await Journal.open(file, signal);
  opened.push(journal);
  return journal;
}

async function closed(journal: Journal): Promise<void> {
  opened.splice(opened.indexOf(journal), 1);
  await journal.close();
}

const accepted = (journal: Journal): number[] => [...journal.state(object).accepted];

/** What a process finds that was paused for too long: another one has removed its lock. */
function breakLock(): void {
  rmdirSync(`${file}.lock`);
}

describe("the journal of a replay", () => {
  test("says in the next run what was accepted in this one", async () => {
    const first = await Journal.open(file, signal);
    await first.append(acceptedLine(idOf(object), [0, 1]));
    await first.append(acceptedLine(idOf(object), [5]));
    await first.close();
    expect(accepted(await open())).toEqual([0, 1, 5]);
  });

  test("is on disk at once, though it was never closed", async () => {
    const journal = await open();
    const appending = journal.append(acceptedLine(idOf(object), [7]));
    expect(accepted(Journal.read(file))).toEqual([7]);
    await appending;
  });

  test("says what is complete, and forgets its records", async () => {
    const journal = await open();
    await journal.append(acceptedLine(idOf(object), [0, 1]));
    await journal.append(completeLine(idOf(object), OUTCOME));
    expect(Journal.read(file).state(object)).toEqual({ accepted: new Set(), outcome: OUTCOME });
  });

  test("knows nothing of an object with the same key and other content", async () => {
    const journal = await open();
    await journal.append(completeLine(idOf(object), OUTCOME));
    expect(Journal.read(file).state({ ...object, etag: '"two"' }).outcome).toBeUndefined();
  });

  test("is readable by its user alone", async () => {
    await open();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("reserves space before it is needed, and gives it back at the end", async () => {
    const journal = await Journal.open(file, signal);
    const { size } = statSync(file);
    expect(size).toBe(headerLine().length);
    journal.reserve(1);
    expect(statSync(file).size).toBe(size + 64 * 1024);
    journal.reserve(64 * 1024);
    expect(statSync(file).size).toBe(size + 64 * 1024);
    journal.reserve(64 * 1024 + 1);
    expect(statSync(file).size).toBe(size + 128 * 1024);
    const line = acceptedLine(idOf(object), [3]);
    await journal.append(line);
    expect(accepted(Journal.read(file))).toEqual([3]);
    await journal.close();
    expect(readFileSync(file, "utf8")).toBe(headerLine() + line);
  });

  test("is written in as few lines as possible when it is opened again", async () => {
    const first = await Journal.open(file, signal);
    for (const index of [2, 1, 0]) {
      await first.append(acceptedLine(idOf(object), [index]));
    }
    await first.close();
    await open();
    expect(readFileSync(file, "utf8")).toBe(headerLine() + acceptedLine(idOf(object), [0, 1, 2]));
    expect(readdirSync(dirname(file)).sort()).toEqual(["replay.jsonl", "replay.jsonl.lock"]);
  });

  test("is not created by a dry run, and not written", async () => {
    const journal = Journal.read(file);
    expect(accepted(journal)).toEqual([]);
    expect(existsSync(file)).toBe(false);
    await expect(journal.append("x")).rejects.toThrow(`The journal ${file} was opened for reading.`);
    expect(() => {
      journal.reserve(1);
    }).toThrow("opened for reading");
  });

  test("frees the lock, also when it cannot be used", async () => {
    await (await Journal.open(file, signal)).close();
    expect(existsSync(`${file}.lock`)).toBe(false);
    writeFileSync(file, `${headerLine()}corrupt\nlines\n`);
    await expect(open()).rejects.toThrow(`The journal ${file} is corrupt in line 2.`);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test.each(["notes: do not delete", "# Title\n\nText\n", "{}\n", `${"a".repeat(5000)}\n`])(
    "leaves a file as it is that is not a journal: %j",
    async (text) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      await expect(open()).rejects.toThrow(`${file} is not a journal`);
      expect(readFileSync(file, "utf8")).toBe(text);
      expect(readdirSync(dirname(file))).toEqual(["replay.jsonl"]);
    },
  );

  test("cannot be in a folder that cannot be written", async () => {
    const parent = join(root, `file-${number}`);
    writeFileSync(parent, "");
    file = join(parent, "replay.jsonl");
    await expect(open()).rejects.toThrow(
      /^The journal .* cannot be written \(.*\)\. Nothing was sent\. Make room for it, or/,
    );
  });

  test("cannot be a folder", async () => {
    mkdirSync(file, { recursive: true });
    expect(() => Journal.read(file)).toThrow(/^The journal .* cannot be read \(.*\)\. Nothing was sent\.$/);
    await expect(open()).rejects.toThrow("Nothing was sent.");
  });
});

describe("a journal that another process has taken over", () => {
  test("is neither written nor reserved by the previous holder", async () => {
    const paused = await open();
    await paused.append(acceptedLine(idOf(object), [0]));
    breakLock();
    const second = await open();
    expect(accepted(second)).toEqual([0]);
    await second.append(acceptedLine(idOf(object), [1]));
    for (const use of [
      () => {
        paused.assertHeld();
      },
      () => {
        paused.reserve(1);
      },
    ]) {
      expect(use).toThrow(JournalLostError);
    }
    await expect(paused.append(acceptedLine(idOf(object), [2]))).rejects.toThrow(
      new JournalLostError(
        `Another process changed the journal ${file} or its lock, after this one was paused for more than 5 seconds. This replay has sent nothing since; records that were in flight at that time may be sent twice.`,
      ),
    );
    await closed(paused);
    second.assertHeld();
    expect(accepted(Journal.read(file))).toEqual([0, 1]);
    expect(existsSync(`${file}.lock`)).toBe(true);
  });

  test("is lost as soon as the other process announces itself, before it has read it", async () => {
    const paused = await open();
    paused.assertHeld();
    appendFileSync(file, "\n");
    expect(() => {
      paused.assertHeld();
    }).toThrow(JournalLostError);
  });

  test("is lost when the file is deleted", async () => {
    const paused = await open();
    rmSync(file);
    expect(() => {
      paused.assertHeld();
    }).toThrow(JournalLostError);
  });
});
