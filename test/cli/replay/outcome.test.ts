import { isReplayed } from "../../../cli/replay/outcome";

describe("an object is replayed", () => {
  test.each([
    [{ accepted: 1, skipped: 0, corrupt: 0 }, true],
    [{ accepted: 0, skipped: 0, corrupt: 0 }, true],
    [{ accepted: 1, skipped: 1, corrupt: 0 }, false],
    [{ accepted: 1, skipped: 0, corrupt: 1 }, false],
  ])("with %j: %j", (outcome, expected) => {
    expect(isReplayed(outcome)).toBe(expected);
  });
});
