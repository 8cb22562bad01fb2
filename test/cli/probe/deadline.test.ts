import { InterruptedError } from "../../../cli/aws/call";
import { TimeoutError, withTimeout } from "../../../cli/probe/deadline";

const never = async (): Promise<never> => await new Promise(() => undefined);
let abort = new AbortController();

beforeEach(() => {
  jest.useFakeTimers();
  abort = new AbortController();
});

afterEach(() => {
  jest.useRealTimers();
});

describe("a stage", () => {
  test("returns what it found", async () => {
    expect(await withTimeout(1000, abort.signal, () => Promise.resolve("found"))).toBe("found");
  });

  test("fails with its own error", async () => {
    await expect(withTimeout(1000, abort.signal, () => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
  });

  test("ends when its time is over, not before", async () => {
    let error: unknown;
    void withTimeout(1500, abort.signal, never).catch((thrown: unknown) => {
      error = thrown;
    });
    await jest.advanceTimersByTimeAsync(1499);
    expect(error).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(error).toEqual(new TimeoutError("no response within 1.5 s"));
  });

  test("is aborted when its time is over", async () => {
    const ended = jest.fn();
    const running = withTimeout(1000, abort.signal, async (signal) => {
      signal.addEventListener("abort", ended);
      return await never();
    });
    const expected = expect(running).rejects.toThrow(TimeoutError);
    await jest.advanceTimersByTimeAsync(1000);
    await expected;
    expect(ended).toHaveBeenCalledTimes(1);
  });

  test("ends when the command is interrupted, with that reason", async () => {
    const ended = jest.fn();
    const running = withTimeout(1000, abort.signal, async (signal) => {
      signal.addEventListener("abort", ended);
      return await never();
    });
    abort.abort();
    await expect(running).rejects.toThrow(InterruptedError);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  test("does not begin once the command is interrupted", async () => {
    const stage = jest.fn(never);
    await expect(withTimeout(1000, AbortSignal.abort(), stage)).rejects.toThrow(InterruptedError);
    expect(stage).not.toHaveBeenCalled();
  });

  test("leaves no timer behind, which would keep the process from ending", async () => {
    await withTimeout(1000, abort.signal, () => Promise.resolve());
    expect(jest.getTimerCount()).toBe(0);
    await expect(withTimeout(1000, abort.signal, () => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
    expect(jest.getTimerCount()).toBe(0);
  });
});
