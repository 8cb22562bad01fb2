import { UnrecoverableError } from "../../cli/aws/call";
import { pause } from "../../cli/pause";
import { repeat } from "../../cli/repeat";

describe("a pause", () => {
  test("ends after its time", async () => {
    await expect(pause(1, new AbortController().signal)).resolves.toBeUndefined();
  });

  test("ends at once with an error that ends the command when it is interrupted", async () => {
    const controller = new AbortController();
    const paused = pause(3_600_000, controller.signal);
    controller.abort();
    await expect(paused).rejects.toThrow(new UnrecoverableError("Interrupted before the end."));
  });
});

describe("a task that is repeated", () => {
  test("runs until the command is interrupted", async () => {
    const controller = new AbortController();
    let runs = 0;
    const repeated = repeat(0.001, controller.signal, () => {
      runs += 1;
      if (runs === 3) {
        controller.abort();
      }
      return Promise.resolve();
    });
    await expect(repeated).rejects.toThrow("Interrupted before the end.");
    expect(runs).toBe(3);
  });

  test("ends with the error of the task", async () => {
    const failed = repeat(0.001, new AbortController().signal, () => Promise.reject(new Error("denied")));
    await expect(failed).rejects.toThrow("denied");
  });
});
