import { UndeterminedError } from "../../../cli/exit-codes";
import type { Journal } from "../../../cli/replay/journal";
import { idOf, maxLineBytes } from "../../../cli/replay/journal-format";
import { ReservedJournal } from "../../../cli/replay/reserved-journal";
import { backupObject, batchOf, item } from "../../fixtures/replay";

const [one, two] = [backupObject("one"), backupObject("two")];
const full = (): UndeterminedError => new UndeterminedError("The disk is full.");

/** What the journal was asked for, in its order. */
let calls: string[] = [];
let failing: { reserve?: Error; append?: Error; held?: Error } = {};

beforeEach(() => {
  calls = [];
  failing = {};
});

function fail(error: Error | undefined): void {
  if (error !== undefined) {
    throw error;
  }
}

const journal: Pick<Journal, "reserve" | "append" | "assertHeld"> = {
  reserve: (bytes) => {
    calls.push(`reserve ${bytes}`);
    fail(failing.reserve);
  },
  append: (lines) => {
    calls.push(`append ${lines.trim()}`);
    return failing.append === undefined ? Promise.resolve() : Promise.reject(failing.append);
  },
  assertHeld: () => {
    fail(failing.held);
  },
};

const reserved = (): ReservedJournal => new ReservedJournal(journal);

/** The bytes for so many records of each object. */
const bytesFor = (...records: readonly (readonly [typeof one, number])[]): number =>
  records.reduce((sum, [object, count]) => sum + maxLineBytes(idOf(object), count), 0);

describe("the space for batches in flight", () => {
  test("is what the lines of each object may need", () => {
    reserved().reserve(batchOf(item(one, 0), item(two, 0), item(one, 1)));
    expect(calls).toEqual([`reserve ${bytesFor([one, 2], [two, 1])}`]);
  });

  test("is for all of them together", () => {
    const own = reserved();
    own.reserve(batchOf(item(one, 0)));
    own.reserve(batchOf(item(one, 1)));
    expect(calls.at(-1)).toBe(`reserve ${bytesFor([one, 1], [one, 1])}`);
  });

  test("is free again once a batch is released", () => {
    const own = reserved();
    const first = batchOf(item(one, 0));
    own.reserve(first);
    own.release(first);
    own.reserve(batchOf(item(two, 0), item(two, 1)));
    expect(calls.at(-1)).toBe(`reserve ${bytesFor([two, 2])}`);
  });

  test("is not there when the disk is full: the batch must not be sent", () => {
    failing = { reserve: full() };
    expect(() => {
      reserved().reserve(batchOf(item(one, 0)));
    }).toThrow(full());
  });
});

describe("lines", () => {
  test("are appended behind the space for what is in flight", async () => {
    const own = reserved();
    own.reserve(batchOf(item(one, 0)));
    expect(await own.append("ü\n")).toBe(true);
    expect(calls.slice(1)).toEqual([`reserve ${bytesFor([one, 1]) + 3}`, "append ü"]);
    expect(own.isIntact).toBe(true);
  });

  test("that are none ask nothing of the journal", async () => {
    expect(await reserved().append("")).toBe(true);
    expect(calls).toEqual([]);
  });

  test("are written though there is no space for them beside what is in flight, and nothing more is sent", async () => {
    const own = reserved();
    failing = { reserve: full() };
    expect(await own.append("line\n")).toBe(true);
    expect(calls).toEqual(["reserve 5", "append line"]);
    expect(own.isIntact).toBe(false);
    expect(() => {
      own.assertUsable();
    }).toThrow(full());
  });

  test("that cannot be written are said to be missing, and nothing more is sent", async () => {
    const own = reserved();
    failing = { append: full() };
    expect(await own.append("line\n")).toBe(false);
    expect(own.isIntact).toBe(false);
    expect(() => {
      own.throwError();
    }).toThrow(full());
  });

  test("are written still after an error: what was in flight was accepted", async () => {
    const own = reserved();
    failing = { append: full() };
    await own.append("first\n");
    failing = {};
    expect(await own.append("second\n")).toBe(true);
    expect(calls.at(-1)).toBe("append second");
    expect(own.isIntact).toBe(false);
  });
});

describe("the error of a journal", () => {
  test("is none at first", () => {
    const own = reserved();
    expect(() => {
      own.throwError();
      own.assertUsable();
    }).not.toThrow();
  });

  test("is the first one", async () => {
    const own = reserved();
    failing = { reserve: new UndeterminedError("The first.") };
    await own.append("line\n");
    failing = { append: full() };
    await own.append("line\n");
    expect(() => {
      own.throwError();
    }).toThrow("The first.");
  });

  test("says what failed where it is not the journal's own", async () => {
    const own = reserved();
    failing = { reserve: new TypeError("boom") };
    await own.append("line\n");
    expect(() => {
      own.throwError();
    }).toThrow(new UndeterminedError("Writing the journal failed: TypeError: boom"));
  });

  test("is that another process has it, before each request", () => {
    failing = { held: full() };
    const own = reserved();
    expect(() => {
      own.throwError();
    }).not.toThrow();
    expect(() => {
      own.assertUsable();
    }).toThrow(full());
  });
});
