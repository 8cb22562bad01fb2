import { setImmediate as turn } from "node:timers/promises";
import { mergeConcurrently } from "../../cli/merge";

/** A promise that a test completes. */
interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

function gate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

async function* numbers(count: number, read: number[] = []): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) {
    await turn();
    read.push(number);
    yield number;
  }
}

async function collect<T>(results: AsyncIterable<readonly T[]>, into = new Array<T>()): Promise<T[]> {
  for await (const some of results) {
    into.push(...some);
  }
  return into;
}

async function* twice(number: number): AsyncGenerator<string> {
  await turn();
  yield `${number} first`;
  await turn();
  yield `${number} second`;
}

describe("a concurrent merge", () => {
  test.each([1, 2, 64])("yields everything once with %d at once", async (concurrency) => {
    const results = await collect(mergeConcurrently(numbers(20), twice, concurrency));
    expect(results.sort()).toEqual(
      Array.from({ length: 20 }, (_, number) => [`${number} first`, `${number} second`])
        .flat()
        .sort(),
    );
  });

  test("reads a list as it reads a stream", async () => {
    async function* double(number: number): AsyncGenerator<number> {
      await turn();
      yield 2 * number;
    }
    expect(await collect(mergeConcurrently([1, 2, 3], double, 1))).toEqual([2, 4, 6]);
  });

  test("yields nothing of an empty source", async () => {
    expect(await collect(mergeConcurrently(numbers(0), twice, 4))).toEqual([]);
  });

  test("runs as many at once as it may, and reads one ahead", async () => {
    const read = new Array<number>();
    const running = new Set<number>();
    const gates = Array.from({ length: 10 }, gate);
    const each = async function* (number: number): AsyncGenerator<number> {
      running.add(number);
      await gates[number]?.passed;
      running.delete(number);
      yield number;
    };
    const results = collect(mergeConcurrently(numbers(10, read), each, 3));
    for (let turns = 0; turns < 50; turns++) {
      await turn();
    }
    expect({ running: [...running], read }).toEqual({ running: [0, 1, 2], read: [0, 1, 2, 3] });
    gates.forEach(({ open }) => {
      open();
    });
    expect((await results).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("yields results before the work on an item ends", async () => {
    const { passed, open } = gate();
    const each = async function* (): AsyncGenerator<string> {
      yield "early";
      await passed;
      yield "late";
    };
    const results = mergeConcurrently(numbers(1), each, 1);
    expect(await results.next()).toEqual({ done: false, value: ["early"] });
    open();
    expect(await results.next()).toEqual({ done: false, value: ["late"] });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  test("starts nothing after an error, yields what was in flight, then throws the first error", async () => {
    const { passed, open } = gate();
    const started = new Array<number>();
    const each = async function* (number: number): AsyncGenerator<number> {
      started.push(number);
      if (number === 1) {
        setTimeout(open, 5);
        throw new Error("first");
      }
      await passed;
      yield number;
      if (number === 0) {
        throw new Error("second");
      }
    };
    const results = new Array<number>();
    await expect(collect(mergeConcurrently(numbers(20), each, 2), results)).rejects.toThrow("first");
    expect({ started, results }).toEqual({ started: [0, 1], results: [0] });
  });

  test("yields what was read before the source failed, then throws its error", async () => {
    const source = async function* (): AsyncGenerator<number> {
      yield* numbers(3);
      throw new Error("no more");
    };
    const results = new Array<string>();
    await expect(collect(mergeConcurrently(source(), twice, 2), results)).rejects.toThrow("no more");
    expect(results.filter((result) => result.startsWith("0"))).toEqual(["0 first", "0 second"]);
  });

  test("waits for what is in flight, and closes the source, when the consumer stops", async () => {
    let isClosed = false;
    let ended = 0;
    const source = async function* (): AsyncGenerator<number> {
      try {
        yield* numbers(100);
      } finally {
        isClosed = true;
      }
    };
    const each = async function* (number: number): AsyncGenerator<number> {
      yield number;
      await turn();
      ended += 1;
    };
    for await (const some of mergeConcurrently(source(), each, 1)) {
      expect(some).toEqual([0]);
      break;
    }
    expect({ isClosed, ended }).toEqual({ isClosed: true, ended: 1 });
  });
});
