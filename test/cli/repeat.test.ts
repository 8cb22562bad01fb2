import { parseRepeatSeconds, repeat } from "../../cli/repeat";

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

describe("the seconds between two runs", () => {
  test.each([5, 3600])("may be %i", (seconds) => {
    expect(parseRepeatSeconds("--watch", String(seconds))).toBe(seconds);
  });

  test.each(["4", "3601", "soon"])("must not be %s", (text) => {
    expect(() => parseRepeatSeconds("--watch", text)).toThrow(
      `--watch must be a whole number from 5 to 3600, got "${text}".`,
    );
  });
});
