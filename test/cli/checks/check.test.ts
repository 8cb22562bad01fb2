import {
  type Check,
  checksOf,
  countsOf,
  exitCodeOf,
  note,
  ok,
  problem,
  unknown,
  type Verdict,
} from "../../../cli/checks/check";

const checks = (...verdicts: readonly Verdict[]): Check[] =>
  verdicts.map((verdict) => ({ subject: "stream", name: "check", verdict, found: "", remedy: "" }));

describe("an outcome", () => {
  test("that is ok needs no action", () => {
    expect(ok("status", "ACTIVE")).toEqual({ name: "status", verdict: "ok", found: "ACTIVE", remedy: "" });
  });

  test.each([
    ["note", note],
    ["problem", problem],
    ["unknown", unknown],
  ] as const)("that is a %s says what to do", (verdict, outcomeOf) => {
    expect(outcomeOf("status", "DELETING", "Wait.")).toEqual({
      name: "status",
      verdict,
      found: "DELETING",
      remedy: "Wait.",
    });
  });
});

test("outcomes are checks of their subject", () => {
  const outcomes = [ok("status", "ACTIVE"), note("alarms", "There are none.", "Create them.")];
  expect(checksOf("stream", outcomes)).toEqual(outcomes.map((outcome) => ({ subject: "stream", ...outcome })));
});

test.each([
  [[], { problem: 0, unknown: 0, note: 0, ok: 0 }],
  [["ok", "problem", "ok", "note", "unknown", "ok"], { problem: 1, unknown: 1, note: 1, ok: 3 }],
] as const)("the checks %j have the counts %j", (verdicts, counts) => {
  expect(countsOf(checks(...verdicts))).toEqual(counts);
});

test.each([
  [[], 0],
  [["ok", "note"], 0],
  [["ok", "unknown"], 2],
  [["problem", "note"], 1],
  [["unknown", "problem"], 1],
] as const)("the checks %j end with %d", (verdicts, exitCode) => {
  expect(exitCodeOf(checks(...verdicts))).toBe(exitCode);
});
