/** What is wrong with a file: each problem once, in the order in which it was found. */
export class Problems {
  readonly #messages = new Map<string, string>();

  /** Adds a problem; of those with one key, the first one counts. */
  public add(message: string, key: string = message): void {
    if (!this.#messages.has(key)) {
      this.#messages.set(key, message);
    }
  }

  /** @throws Error that lists every problem */
  public throwIfAny(path: string): void {
    if (this.#messages.size > 0) {
      throw new Error([`${path} must be a valid fleet file. Correct it:`, ...this.#messages.values()].join("\n  "));
    }
  }
}
