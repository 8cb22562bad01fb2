import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { UnusableInput } from "../exit-codes";
import { codeOf } from "./errors";

/** The interval at which the holder updates its lock. */
const UPDATE_MS = 1000;
/** A lock that was not updated for this long belongs to a process that was killed or paused. */
export const STALE_MS = 5000;
const ACQUIRE_TIMEOUT_MS = STALE_MS + 2 * UPDATE_MS;

/** A lock on a file against other processes. Its holder loses it when it is paused for longer than `STALE_MS`. */
export class Lock {
  private constructor(
    private readonly release: () => Promise<void>,
    private readonly compromised: AbortSignal,
  ) {}

  /**
   * Acquires the lock; waits some seconds in case its holder was killed.
   *
   * @throws UnusableInput when another process holds it
   * @throws Error when it cannot be written, or the wait is aborted
   */
  public static async acquire(file: string, abortSignal: AbortSignal): Promise<Lock> {
    const end = performance.now() + ACQUIRE_TIMEOUT_MS;
    mkdirSync(dirname(file), { recursive: true });
    for (;;) {
      const acquired = await tryAcquire(file);
      if (acquired !== undefined) {
        return new Lock(acquired.release, acquired.compromised);
      }
      if (performance.now() > end) {
        throw new UnusableInput(
          `Another replay holds ${file}.lock. Wait until it ends: together they would send records twice.`,
        );
      }
      await wait(UPDATE_MS / 4, undefined, { signal: abortSignal });
    }
  }

  /** Whether the lock is known to be lost. It may be lost before this is known. */
  public get isLost(): boolean {
    return this.compromised.aborted;
  }

  /**
   * Frees the lock, unless it is lost.
   *
   * @param isDoubtful another process may have the lock: waits until the next update shows whose it is. To free it
   *   then, or at the end of the process, would remove the lock of the other process.
   */
  public async close(isDoubtful = false): Promise<void> {
    if (isDoubtful) {
      await this.nextUpdate();
    }
    try {
      await this.release();
    } catch {
      // It is lost, and no longer this process's to release.
    }
  }

  private async nextUpdate(): Promise<void> {
    try {
      await wait(2 * UPDATE_MS, undefined, { signal: this.compromised });
    } catch {
      // It is known to be lost.
    }
  }
}

/** Undefined when another process holds the lock. */
async function tryAcquire(
  file: string,
): Promise<{ readonly release: () => Promise<void>; readonly compromised: AbortSignal } | undefined> {
  const compromised = new AbortController();
  try {
    const release = await lock(file, {
      // The file need not exist yet.
      realpath: false,
      stale: STALE_MS,
      update: UPDATE_MS,
      onCompromised: () => {
        compromised.abort();
      },
    });
    return { release, compromised: compromised.signal };
  } catch (error) {
    if (codeOf(error) === "ELOCKED") {
      return undefined;
    }
    throw error;
  }
}
