import { attempt } from "../../../cli/aws/attempt";
import { AccessDeniedError, InterruptedError, UnrecoverableError } from "../../../cli/aws/call";
import { UndeterminedError } from "../../../cli/exit-codes";

describe("an attempt", () => {
  test("has the answer", async () => {
    expect(await attempt(Promise.resolve(1))).toBe(1);
  });

  test.each([
    ["UndeterminedError", () => new UndeterminedError("AWS is away.")],
    ["AccessDeniedError", () => new AccessDeniedError("AWS denied it.")],
    ["UnrecoverableError", () => new UnrecoverableError("No credentials.")],
  ])("has %s instead of an answer", async (_, make) => {
    const error = make();
    expect(await attempt(Promise.reject(error))).toBe(error);
  });

  test("ends with the command", async () => {
    await expect(attempt(Promise.reject(new InterruptedError()))).rejects.toThrow(new InterruptedError());
  });

  test("keeps no fault of the command itself", async () => {
    await expect(attempt(Promise.reject(new TypeError("a bug")))).rejects.toThrow(new TypeError("a bug"));
  });
});
