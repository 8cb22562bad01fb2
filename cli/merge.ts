/**
 * Runs `each` on the items of a source, at most `concurrency` of them at once, and yields all results in the order in
 * which they come: those since the last time together. Reads one item ahead.
 *
 * After an error it starts nothing more, yields the results of what is in flight, and then throws the first error. A
 * library would throw at once: what Firehose accepted meanwhile would be lost.
 */
export async function* mergeConcurrently<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  each: (item: T) => AsyncIterable<R>,
  concurrency: number,
): AsyncGenerator<readonly R[]> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  /** At most one. */
  const reading = new Set<Promise<void>>();
  const inFlight = new Set<Promise<void>>();
  const ready = new Array<T>();
  const results = new Array<R>();
  const errors = new Array<unknown>();
  const end = { isReached: false };
  let wake = (): void => undefined;

  const start = (tasks: Set<Promise<void>>, work: () => Promise<void>): void => {
    const task = work()
      .catch((error: unknown) => {
        errors.push(error);
      })
      .finally(() => {
        tasks.delete(task);
        wake();
      });
    tasks.add(task);
  };
  const readNext = async (): Promise<void> => {
    const next = await iterator.next();
    if (next.done === true) {
      end.isReached = true;
    } else {
      ready.push(next.value);
    }
  };
  const run = async (item: T): Promise<void> => {
    for await (const result of each(item)) {
      results.push(result);
      wake();
    }
  };

  try {
    for (;;) {
      if (errors.length === 0) {
        for (const item of ready.splice(0, concurrency - inFlight.size)) {
          start(inFlight, () => run(item));
        }
        if (!end.isReached && ready.length === 0 && reading.size === 0) {
          start(reading, readNext);
        }
      }
      if (results.length > 0) {
        yield results.splice(0);
      } else if (inFlight.size + reading.size > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else {
        break;
      }
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  } finally {
    // A consumer that stopped reading waits for what is in flight, too.
    await Promise.all([...inFlight, ...reading]);
    await iterator.return?.();
  }
}
