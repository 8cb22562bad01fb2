import { UnrecoverableError } from "../../cli/aws/call";
import { pause } from "../../cli/pause";

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

  test("does not begin once the command is interrupted", async () => {
    await expect(pause(3_600_000, AbortSignal.abort())).rejects.toThrow("Interrupted before the end.");
  });
});
