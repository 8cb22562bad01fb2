import { Denied, Interrupted, UnrecoverableError } from "../../../cli/aws/call";
import { UndeterminedError } from "../../../cli/exit-codes";
import { attempt, undetermined } from "../../../cli/verify/attempt";

describe("an attempt", () => {
  test("has the answer", async () => {
    expect(await attempt(Promise.resolve(1))).toBe(1);
  });

  test.each([
    new UndeterminedError("AWS is away."),
    new Denied("AWS denied it."),
    new UnrecoverableError("No credentials."),
  ])("has %s instead of an answer", async (error) => {
    expect(await attempt(Promise.reject(error))).toBe(error);
  });

  test("ends with the command", async () => {
    await expect(attempt(Promise.reject(new Interrupted()))).rejects.toThrow(new Interrupted());
  });

  test("keeps no fault of the command itself", async () => {
    await expect(attempt(Promise.reject(new TypeError("a bug")))).rejects.toThrow(new TypeError("a bug"));
  });
});

describe("the check of what could not be determined", () => {
  test("says what was found, and what to do", () => {
    expect(undetermined("metrics", new UndeterminedError("AWS denied a:B. Allow it. Then go on."))).toEqual({
      name: "metrics",
      verdict: "unknown",
      found: "AWS denied a:B.",
      remedy: "Allow it. Then go on.",
    });
  });

  test("says what to do where the error does not", () => {
    expect(undetermined("metrics", new UndeterminedError("AWS is away"))).toEqual({
      name: "metrics",
      verdict: "unknown",
      found: "AWS is away",
      remedy: "Run the command again; if this lasts, look at AWS Health.",
    });
  });
});
