import { DAY_MS, HOUR_MS, MINUTE_MS, pointInTime, readableTime, timeRange } from "../../cli/time";

const NOW = new Date("2026-11-23T12:00:00.000Z");

test("a minute, an hour and a day are in milliseconds", () => {
  expect([MINUTE_MS, HOUR_MS, DAY_MS]).toEqual([60_000, 3_600_000, 86_400_000]);
});

describe("a point in time", () => {
  test.each([
    ["30s", "2026-11-23T11:59:30.000Z"],
    ["30m", "2026-11-23T11:30:00.000Z"],
    ["2h", "2026-11-23T10:00:00.000Z"],
    ["7d", "2026-11-16T12:00:00.000Z"],
    ["2026-11-22T01:02:03Z", "2026-11-22T01:02:03.000Z"],
    ["2026-11-22T01:02:03+01:00", "2026-11-22T00:02:03.000Z"],
    ["2026-11-22t01:02:03.456z", "2026-11-22T01:02:03.456Z"],
    ["2026-11-22T01:02-05:30", "2026-11-22T06:32:00.000Z"],
    ["2026-11-22 01:02:03Z", "2026-11-22T01:02:03.000Z"],
    ["2026-11-22", "2026-11-22T00:00:00.000Z"],
  ])("%s is %s", (text, time) => {
    expect(pointInTime("--since", text, NOW).toISOString()).toBe(time);
  });

  test.each(["2026-11-22T01:02:03", "2026-11-22 01:02:03"])("%s is one in UTC, wherever the machine is", (text) => {
    const parse = jest.spyOn(Date, "parse");
    pointInTime("--since", text, NOW);
    expect(parse).toHaveBeenLastCalledWith("2026-11-22T01:02:03Z");
    parse.mockRestore();
  });

  test.each([
    "",
    "2",
    "2w",
    "-2h",
    "yesterday",
    "2026-13-01",
    "1.5h",
    "1234567s",
    "2h ago",
    "2026-11-22T25:00Z",
    "2026-11-22 foo",
    "2026-11-22T01",
    "2026-1-2",
  ])("'%s' is none", (text) => {
    expect(() => pointInTime("--since", text, NOW)).toThrow(
      `--since must be how long ago, such as 30m, 2h or 7d, or a time such as 2026-01-31T12:00:00Z, got "${text}". Use one of these forms.`,
    );
  });

  test.each(["999999d", "0s"])("%s is not too long ago", (text) => {
    expect(pointInTime("--since", text, NOW).getTime()).toBe(NOW.getTime() - (text === "0s" ? 0 : 999_999 * DAY_MS));
  });

  test.each(["2026-02-30", "2026-02-29T00:00:00Z", "2026-04-31T12:00:00Z"])(
    "'%s' is none: there is no such day",
    (text) => {
      expect(() => pointInTime("--until", text, NOW)).toThrow(`--until must be how long ago, such as 30m`);
    },
  );

  test("'2024-02-29' is one", () => {
    expect(pointInTime("--since", "2024-02-29", NOW).toISOString()).toBe("2024-02-29T00:00:00.000Z");
  });
});

describe("a time range", () => {
  test("is open where no option is set", () => {
    expect(timeRange({}, NOW)).toEqual({ since: undefined, until: undefined });
  });

  test("has both ends, also at the same time", () => {
    expect(timeRange({ since: "1h", until: "60m" }, NOW)).toEqual({
      since: new Date("2026-11-23T11:00:00Z"),
      until: new Date("2026-11-23T11:00:00Z"),
    });
  });

  test.each([
    ["since", { since: "soon" }],
    ["until", { until: "soon" }],
  ])("names the option that is none: --%s", (option, options) => {
    expect(() => timeRange(options, NOW)).toThrow(`--${option} must be how long ago`);
  });

  test("must not end before it begins", () => {
    expect(() => timeRange({ since: "1h", until: "2h" }, NOW)).toThrow(
      "--since must be before --until, got 2026-11-23 11:00:00Z and 2026-11-23 10:00:00Z. Swap them, or leave one of them out.",
    );
  });

  test("must not begin in the future", () => {
    expect(() => timeRange({ since: "2099-01-01T00:00:00Z" }, NOW)).toThrow(
      "--since must not be in the future, got 2099-01-01 00:00:00Z. Now is 2026-11-23 12:00:00Z: use an earlier time.",
    );
    expect(timeRange({ since: NOW.toISOString(), until: "2099-01-01T00:00:00Z" }, NOW).since).toEqual(NOW);
  });

  test("a time is printed in UTC, to the second", () => {
    expect(readableTime(NOW.getTime() + 999)).toBe("2026-11-23 12:00:00Z");
  });
});
