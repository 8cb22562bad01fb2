import { setTimeout as wait } from "node:timers/promises";

/** Limits the bytes per second; calls wait in order. */
export class RateLimit {
  private free = 0;

  /** @param bytesPerSecond undefined: no limit */
  public constructor(private readonly bytesPerSecond: number | undefined) {}

  /** Waits until the bytes may be sent. */
  public async acquire(bytes: number, signal: AbortSignal): Promise<void> {
    if (this.bytesPerSecond === undefined) {
      return;
    }
    const now = performance.now();
    const start = Math.max(now, this.free);
    this.free = start + (bytes / this.bytesPerSecond) * 1000;
    if (start > now) {
      await wait(start - now, undefined, { signal });
    }
  }
}
