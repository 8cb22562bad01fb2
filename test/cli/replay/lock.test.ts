import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Lock, STALE_MS } from "../../../cli/replay/lock";

let root = "";
let number = 0;
let file = "";
let abort = new AbortController();

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-lock-"));
});

beforeEach(() => {
  file = join(root, String(number++), "replay.jsonl");
  abort = new AbortController();
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const acquire = async (): Promise<Lock> => await Lock.acquire(file, abort.signal);

/** The lock of another process, which updated it so long ago. */
function otherLock(ageMs: number): void {
  mkdirSync(`${file}.lock`, { recursive: true });
  const time = new Date(Date.now() - ageMs);
  utimesSync(`${file}.lock`, time, time);
}

describe("the lock of a journal", () => {
  test("is held until it is closed", async () => {
    const lock = await acquire();
    expect({ isThere: existsSync(`${file}.lock`), isLost: lock.isLost }).toEqual({ isThere: true, isLost: false });
    await lock.close();
    expect(existsSync(`${file}.lock`)).toBe(false);
    await (await acquire()).close();
  });

  test("is not acquired while another process holds it", async () => {
    otherLock(0);
    const waiting = acquire();
    await wait(600);
    abort.abort();
    await expect(waiting).rejects.toThrow("aborted");
    expect(existsSync(`${file}.lock`)).toBe(true);
  });

  test("is taken over from a process that was killed", async () => {
    otherLock(STALE_MS + 1000);
    await (await acquire()).close();
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test("is known to be lost once another process took it", async () => {
    const lock = await acquire();
    rmdirSync(`${file}.lock`);
    otherLock(1000);
    while (!lock.isLost) {
      await wait(20);
    }
    await lock.close();
    // It is the other process's.
    expect(existsSync(`${file}.lock`)).toBe(true);
  });

  test("is left to the other process, also when its loss is not known yet", async () => {
    const lock = await acquire();
    rmdirSync(`${file}.lock`);
    otherLock(1000);
    expect(lock.isLost).toBe(false);
    await lock.close(true);
    expect({ isThere: existsSync(`${file}.lock`), isLost: lock.isLost }).toEqual({ isThere: true, isLost: true });
  });

  test("is freed when it is not lost after all", async () => {
    const lock = await acquire();
    await lock.close(true);
    expect({ isThere: existsSync(`${file}.lock`), isLost: lock.isLost }).toEqual({ isThere: false, isLost: false });
  });
});
