import { RateLimit } from "../../../cli/replay/rate-limit";

const { signal } = new AbortController();

/** A wait that does not end by itself: time is the test's own. */
jest.mock("node:timers/promises", () => ({
  setTimeout: (_milliseconds: number, _value: undefined, { signal }: { readonly signal: AbortSignal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new Error("aborted"));
      });
    }),
}));

describe("a rate limit", () => {
  let now = 0;

  beforeEach(() => {
    now = 1000;
    jest.spyOn(performance, "now").mockImplementation(() => now);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Whether it lets through at once. */
  async function isImmediate(limit: RateLimit, bytes: number): Promise<boolean> {
    const abort = new AbortController();
    const acquired = limit.acquire(bytes, abort.signal).then(
      () => true,
      () => false,
    );
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    return await acquired;
  }

  test("lets everything through without a limit", async () => {
    const limit = new RateLimit(undefined);
    expect(await isImmediate(limit, 1e12)).toBe(true);
    expect(await isImmediate(limit, 1e12)).toBe(true);
  });

  test("lets the first through, and the next once its time has passed", async () => {
    const limit = new RateLimit(1000);
    await limit.acquire(500, signal);
    now += 499;
    expect(await isImmediate(new RateLimit(1000), 1)).toBe(true);
    expect(await isImmediate(limit, 0)).toBe(false);
    now += 1;
    expect(await isImmediate(limit, 500)).toBe(true);
    now += 499;
    expect(await isImmediate(limit, 0)).toBe(false);
  });

  test("does not save up what was not sent", async () => {
    const limit = new RateLimit(1000);
    now += 60_000;
    await limit.acquire(1000, signal);
    expect(await isImmediate(limit, 1)).toBe(false);
  });
});
