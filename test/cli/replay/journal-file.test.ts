import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type * as Fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UndeterminedError } from "../../../cli/exit-codes";
import { JournalFile, JournalLostError } from "../../../cli/replay/journal-file";
import { Lock } from "../../../cli/replay/lock";

jest.mock("node:fs", () => ({
  ...jest.requireActual<typeof Fs>("node:fs"),
  writeSync: (...call: WriteCall) => mockDisk.write(...call),
  fdatasync: (descriptor: number, callback: Fs.NoParamCallback) => {
    mockDisk.sync(descriptor, callback);
  },
}));

type WriteCall = [descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number];

const actual = jest.requireActual<typeof Fs>("node:fs");
const WORKING = {
  write: (...call: WriteCall): number => actual.writeSync(...call),
  sync: (descriptor: number, callback: Fs.NoParamCallback): void => {
    actual.fdatasync(descriptor, callback);
  },
};
/** The disk, which may be full or fail. */
let mockDisk = WORKING;

let root = "";
const RESERVED = 64 * 1024;

let number = 0;
let file = "";
let lock: Lock;
let journal: JournalFile;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-journal-file-"));
});

beforeEach(async () => {
  file = join(root, String(number++), "replay.jsonl");
  mkdirSync(dirname(file));
  lock = await Lock.acquire(file, new AbortController().signal);
  journal = JournalFile.replace(file, "head\n", lock);
});

afterEach(async () => {
  mockDisk = WORKING;
  await lock.close();
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Has room for so many bytes. */
function fillDisk(room: number): void {
  let left = room;
  const write = (...[descriptor, bytes, offset, length, position]: WriteCall): number => {
    if (left === 0) {
      throw new Error("ENOSPC: no space left on device, write");
    }
    const written = actual.writeSync(descriptor, bytes, offset, Math.min(length, left), position);
    left -= written;
    return written;
  };
  mockDisk = { ...WORKING, write };
}

/** The lines that are written now never reach the disk. */
function failToSync(): void {
  const sync = (_: number, callback: Fs.NoParamCallback): void => {
    mockDisk = WORKING;
    callback(new Error("EIO: i/o error, fdatasync"));
  };
  mockDisk = { ...WORKING, sync };
}

const size = (): number => statSync(file).size;
const written = (): string => readFileSync(file, "utf8").trimEnd();
const lost = (use: () => void): void => {
  expect(use).toThrow(JournalLostError);
};
const assertHeld = (): void => {
  journal.assertHeld();
};

describe("a journal file that is replaced", () => {
  test("has the new content alone, and leaves no other file", () => {
    writeFileSync(file, "a much longer content than the new one\n");
    JournalFile.replace(file, "new\n", lock);
    expect(readFileSync(file, "utf8")).toBe("new\n");
    expect(readdirSync(dirname(file)).sort()).toEqual(["replay.jsonl", "replay.jsonl.lock"]);
  });

  test("is readable by its user alone", () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is another file than before: its former holder finds out", () => {
    assertHeld();
    JournalFile.replace(file, "head\n", lock);
    lost(assertHeld);
  });
});

describe("the holder of a journal file", () => {
  test.each([
    [
      "is deleted",
      () => {
        rmSync(file);
      },
    ],
    [
      "is longer",
      () => {
        writeFileSync(file, "\n", { flag: "a" });
      },
    ],
    [
      "is shorter",
      () => {
        truncateSync(file, 4);
      },
    ],
    [
      "is another one of the same content",
      () => {
        writeFileSync(`${file}.other`, "head\n");
        renameSync(`${file}.other`, file);
      },
    ],
  ])("has lost it once the file %s", (_, change) => {
    expect(assertHeld).not.toThrow();
    change();
    expect(assertHeld).toThrow(
      `Another process changed the journal ${file} or its lock, after this one was paused for more than 5 seconds. This replay has sent nothing since; records that were in flight at that time may be sent twice.`,
    );
  });

  test("has lost it once its lock is known to be lost, though the file is the same", async () => {
    rmdirSync(`${file}.lock`);
    while (!lock.isLost) {
      await wait(20);
    }
    lost(assertHeld);
  });

  test("neither reserves, appends nor truncates what it has lost", async () => {
    journal.reserve(1);
    writeFileSync(file, "of another process\n");
    lost(() => {
      journal.reserve(1);
    });
    await expect(journal.append("lines\n")).rejects.toThrow(JournalLostError);
    rmdirSync(`${file}.lock`);
    await journal.close();
    expect(readFileSync(file, "utf8")).toBe("of another process\n");
  });

  test("does not remove the lock of the process that took over", async () => {
    rmSync(file);
    rmdirSync(`${file}.lock`);
    mkdirSync(`${file}.lock`);
    await journal.close();
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});

describe("space in a journal file", () => {
  test("is reserved 64 KiB at once", () => {
    journal.reserve(1);
    expect(size()).toBe(5 + RESERVED);
  });

  test("is reserved to the byte where more is missing", () => {
    journal.reserve(RESERVED + 1);
    expect(size()).toBe(5 + RESERVED + 1);
  });

  test("is reserved again when one byte of it is missing, not before", () => {
    journal.reserve(RESERVED);
    journal.reserve(RESERVED);
    expect(size()).toBe(5 + RESERVED);
    journal.reserve(RESERVED + 1);
    expect(size()).toBe(5 + 2 * RESERVED);
  });

  test("is less by what was appended", async () => {
    journal.reserve(RESERVED);
    await journal.append("12345678\n");
    journal.reserve(RESERVED - 9);
    expect(size()).toBe(5 + RESERVED);
    journal.reserve(RESERVED - 8);
    expect(size()).toBe(5 + 2 * RESERVED);
  });

  test("is blank lines, which the journal ignores", () => {
    journal.reserve(1);
    expect(written()).toBe("head");
  });

  test("is not reserved in part when the disk gets full", () => {
    fillDisk(1000);
    const reserve = (): void => {
      journal.reserve(1);
    };
    expect(reserve).toThrow(UndeterminedError);
    expect(reserve).toThrow(
      `The journal ${file} cannot be written (ENOSPC: no space left on device, write). The replay stopped before it sent records that it could not record. Make room for the journal, and run the command again.`,
    );
    expect(size()).toBe(5);
    assertHeld();
  });
});

describe("lines that are appended", () => {
  test("follow each other, within the reserved space and beyond it", async () => {
    await journal.append("one\n");
    journal.reserve(1);
    await journal.append("two\n");
    await journal.append("three\n");
    expect(written()).toBe("head\none\ntwo\nthree");
    expect(size()).toBe(5 + 4 + RESERVED);
    assertHeld();
  });

  test("are written to the end, where the system writes a part at once", async () => {
    mockDisk = {
      ...WORKING,
      write: (descriptor, bytes, offset, length, position) =>
        WORKING.write(descriptor, bytes, offset, Math.min(length, 3), position),
    };
    await journal.append("one\ntwo\n");
    expect(written()).toBe("head\none\ntwo");
  });

  test("are in the file before the call returns", async () => {
    const appending = journal.append("one\n");
    expect(written()).toBe("head\none");
    await appending;
  });

  test("say that they cannot be written", async () => {
    fillDisk(0);
    await expect(journal.append("one\n")).rejects.toThrow(
      new UndeterminedError(
        `The journal ${file} cannot be written (ENOSPC: no space left on device, write). Make room for it, and run the command again; records that were in flight may be sent twice.`,
      ),
    );
  });

  test("say with the next ones that they did not reach the disk", async () => {
    failToSync();
    await journal.append("one\n");
    await wait(10);
    await expect(journal.append("two\n")).rejects.toThrow(
      `The journal ${file} cannot be written (EIO: i/o error, fdatasync).`,
    );
    expect(written()).toBe("head\none\ntwo");
  });
});

describe("a journal file that is closed", () => {
  test("gives the reserved space back, and frees the lock", async () => {
    journal.reserve(1);
    await journal.append("one\n");
    await journal.close();
    expect(readFileSync(file, "utf8")).toBe("head\none\n");
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test("is closed too when the disk fails, with what is in it, and frees the lock", async () => {
    failToSync();
    await journal.append("one\n");
    await journal.close();
    expect(written()).toBe("head\none");
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});
