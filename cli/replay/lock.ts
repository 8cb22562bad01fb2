import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UnusableInput } from "../exit-codes";

const BEAT_MILLISECONDS = 1000;
/** A lock whose holder has not been heard of for so long is that of a process that was killed. */
const STALE_MILLISECONDS = 5000;
const PATIENCE_MILLISECONDS = STALE_MILLISECONDS + 2 * BEAT_MILLISECONDS;

/**
 * A lock file that one process holds. Its holder touches it every second: that tells a process that was killed from
 * one that works, also in a container, where every process has the same number.
 */
export class Lock {
  private readonly beat: NodeJS.Timeout;

  private constructor(
    private readonly file: string,
    private readonly holder: string,
  ) {
    this.beat = setInterval(() => {
      touch(file, holder);
    }, BEAT_MILLISECONDS);
    this.beat.unref();
  }

  /**
   * Takes the lock, from a process that was killed too, for which it waits some seconds.
   *
   * @throws UnusableInput when another process holds it, or it cannot be written
   */
  public static async take(file: string, what: string, abortSignal: AbortSignal): Promise<Lock> {
    const holder = randomUUID();
    const end = Date.now() + PATIENCE_MILLISECONDS;
    try {
      mkdirSync(dirname(file), { recursive: true });
      while (!isTaken(file, holder)) {
        if (Date.now() > end) {
          throw new UnusableInput(
            `Another replay holds ${file}. Wait for its end: together they would send records twice.`,
          );
        }
        dropIfStale(file);
        await wait(BEAT_MILLISECONDS / 4, undefined, { signal: abortSignal });
      }
    } catch (error) {
      if (error instanceof UnusableInput || abortSignal.aborted) {
        throw error;
      }
      throw new UnusableInput(`${what} cannot be written: ${String(error)}`);
    }
    return new Lock(file, holder);
  }

  public release(): void {
    clearInterval(this.beat);
    if (holderOf(this.file) === this.holder) {
      rmSync(this.file, { force: true });
    }
  }
}

/** Whether this process made the file: only one can. */
function isTaken(file: string, holder: string): boolean {
  if (existsSync(file)) {
    return false;
  }
  try {
    writeFileSync(file, holder, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (existsSync(file)) {
      return false;
    }
    throw error;
  }
  return true;
}

/** Moves it away, which one process alone succeeds in, and back should it be another one by then. */
function dropIfStale(file: string): void {
  const holder = holderOf(file);
  if (holder === undefined || Date.now() - touched(file) < STALE_MILLISECONDS) {
    return;
  }
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    // Another process was faster.
    return;
  }
  if (holderOf(aside) === holder) {
    rmSync(aside, { force: true });
  } else {
    renameSync(aside, file);
  }
}

function touch(file: string, holder: string): void {
  const now = new Date();
  try {
    if (holderOf(file) === holder) {
      utimesSync(file, now, now);
    }
  } catch {
    // It is gone: whoever removed it took it for a lock of nobody's.
  }
}

function holderOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

const touched = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
