import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JournalFile } from "../../../cli/replay/journal-file";
import { Lock } from "../../../cli/replay/lock";

/** The calls that the disk has not answered. */
const mockSyncs = new Array<(error: Error | null) => void>();

jest.mock("node:fs", () => ({
  ...jest.requireActual<typeof fs>("node:fs"),
  fdatasync: (_descriptor: number, done: (error: Error | null) => void) => mockSyncs.push(done),
}));

let folder = "";
let file = "";
let journal: JournalFile;
let number = 0;

beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "kloudfuse-firehose-journal-file-"));
});

beforeEach(async () => {
  file = join(folder, `${number++}.jsonl`);
  const lock = await Lock.acquire(file, new AbortController().signal);
  journal = JournalFile.replace(file, "", lock);
});

afterEach(async () => {
  const closing = journal.close();
  answer(null);
  await closing;
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function answer(error: Error | null): void {
  for (const done of mockSyncs.splice(0)) {
    done(error);
  }
}

const lines = (): string => fs.readFileSync(file, "utf8");

describe("the file of a journal, and the disk", () => {
  test("has each line at once, and waits for the disk only once 8 appends are on their way", async () => {
    for (let index = 0; index < 8; index++) {
      await journal.append(`${index}\n`);
    }
    expect(mockSyncs).toHaveLength(1);
    let isDone = false;
    const ninth = journal.append("8\n").then(() => (isDone = true));
    expect(lines()).toBe("0\n1\n2\n3\n4\n5\n6\n7\n8\n");
    await Promise.resolve();
    expect(isDone).toBe(false);
    // The first append, then the others, which came meanwhile.
    answer(null);
    await new Promise((resolve) => setImmediate(resolve));
    expect({ isDone, syncs: mockSyncs.length }).toEqual({ isDone: false, syncs: 1 });
    answer(null);
    await ninth;
    expect(mockSyncs).toHaveLength(0);
  });

  test("syncs again for what comes later", async () => {
    await journal.append("0\n");
    answer(null);
    await new Promise((resolve) => setImmediate(resolve));
    await journal.append("1\n");
    expect(mockSyncs).toHaveLength(1);
  });

  test("fails with the next line when the disk fails", async () => {
    await journal.append("0\n");
    answer(new Error("EIO: i/o error"));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(journal.append("1\n")).rejects.toThrow(
      `The journal ${file} cannot be written (EIO: i/o error). Make room for it, and run the command again; records that were in flight may be sent twice.`,
    );
  });

  test("fails with the line that waits for the disk", async () => {
    for (let index = 0; index < 8; index++) {
      await journal.append(`${index}\n`);
    }
    const ninth = journal.append("8\n");
    answer(new Error("EIO: i/o error"));
    await expect(ninth).rejects.toThrow("cannot be written (EIO: i/o error)");
  });
});
