/** The problems of a file, without duplicates, in the order in which they were found. */
export class Problems {
  readonly #messages = new Map<string, string>();

  /** Adds a problem, unless there is one with the same key. */
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
