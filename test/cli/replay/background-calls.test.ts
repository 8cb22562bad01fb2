import { setImmediate as turn } from "node:timers/promises";
import { BackgroundCalls } from "../../../cli/replay/background-calls";

describe("calls in the background", () => {
  test("wait for room, and are drained", async () => {
    const calls = new BackgroundCalls(2);
    const ends = new Array<() => void>();
    let started = 0;
    let ended = 0;
    const call = async (): Promise<void> => {
      started += 1;
      await new Promise<void>((resolve) => ends.push(resolve));
      ended += 1;
    };
    const starting = [calls.start(call), calls.start(call), calls.start(call)];
    await turn();
    expect(started).toBe(2);
    ends[1]?.();
    await Promise.all(starting);
    expect(started).toBe(3);
    ends.forEach((end) => {
      end();
    });
    await calls.drain();
    expect(ended).toBe(3);
  });

  test("keep their first error, and go on", async () => {
    const calls = new BackgroundCalls(1);
    calls.throwError();
    await calls.start(() => Promise.reject(new Error("first")));
    await calls.start(() => Promise.reject(new Error("second")));
    await calls.drain();
    expect(() => {
      calls.throwError();
    }).toThrow("first");
  });
});
