import { pointInTime, readable, timeRange } from "../cli/time";

const NOW = new Date("2026-11-23T12:00:00.000Z");

describe("a point in time", () => {
  test.each([
    ["30s", "2026-11-23T11:59:30.000Z"],
    ["30m", "2026-11-23T11:30:00.000Z"],
    ["2h", "2026-11-23T10:00:00.000Z"],
    ["7d", "2026-11-16T12:00:00.000Z"],
    ["2026-11-22T01:02:03Z", "2026-11-22T01:02:03.000Z"],
    ["2026-11-22T01:02:03+01:00", "2026-11-22T00:02:03.000Z"],
    ["2026-11-22", "2026-11-22T00:00:00.000Z"],
  ])("%s is %s", (text, time) => {
    expect(pointInTime("--since", text, NOW).toISOString()).toBe(time);
  });

  test.each(["", "2", "2w", "-2h", "yesterday", "2026-13-01", "1.5h"])("'%s' is none", (text) => {
    expect(() => pointInTime("--since", text, NOW)).toThrow(
      `--since must be how long ago, such as 30m, 2h or 7d, or a time such as 2026-01-31T12:00:00Z, got "${text}".`,
    );
  });

  test("is open where it is not given", () => {
    expect(timeRange({}, NOW)).toEqual({ since: undefined, until: undefined });
  });

  test("is refused when it ends before it begins", () => {
    expect(() => timeRange({ since: "1h", until: "2h" }, NOW)).toThrow(
      "--since must be before --until, got 2026-11-23 11:00:00Z and 2026-11-23 10:00:00Z.",
    );
  });

  test("is read in UTC, to the second", () => {
    expect(readable(NOW.getTime() + 999)).toBe("2026-11-23 12:00:00Z");
  });
});
