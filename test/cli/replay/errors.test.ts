import { readFileSync } from "node:fs";
import { codeOf, messageOf } from "../../../cli/replay/errors";

function errorOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Node's own error, which in Jest is no instance of this realm's `Error`. */
const missing = errorOf(() => readFileSync("/nowhere/at/all"));

describe("an error of the system", () => {
  test("has a code and a message", () => {
    expect(codeOf(missing)).toBe("ENOENT");
    expect(messageOf(missing)).toBe("ENOENT: no such file or directory, open '/nowhere/at/all'");
  });
});

describe("another error", () => {
  test.each([
    [new Error("boom"), "boom"],
    ["text", "text"],
    [undefined, "undefined"],
    [{ code: "ENOENT" }, "[object Object]"],
  ])("%p has no code, and the message %j", (error, message) => {
    expect({ code: codeOf(error), message: messageOf(error) }).toEqual({ code: undefined, message });
  });
});
