/** Runs calls that nothing waits for, a limited number at once, and keeps their first error. */
export class BackgroundCalls {
  private readonly inFlight = new Set<Promise<void>>();
  private readonly errors = new Array<unknown>();

  public constructor(private readonly maxInFlight: number) {}

  /** Starts a call, as soon as fewer than the limit are in flight. */
  public async start(call: () => Promise<void>): Promise<void> {
    while (this.inFlight.size >= this.maxInFlight) {
      await Promise.race(this.inFlight);
    }
    const task: Promise<void> = call()
      .catch((error: unknown) => {
        this.errors.push(error);
      })
      .finally(() => this.inFlight.delete(task));
    this.inFlight.add(task);
  }

  /** Waits until no call is in flight. */
  public async drain(): Promise<void> {
    await Promise.all(this.inFlight);
  }

  /** @throws the first error of a call */
  public throwError(): void {
    if (this.errors.length > 0) {
      throw this.errors[0];
    }
  }
}
