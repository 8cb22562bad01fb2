import { sentences } from "../../../cli/policy/messages";
import { conclusionOf, type Report, subjectOf } from "../../../cli/policy/report";
import { fleetOfReports, missingPlan, NO_STREAM, outcome, reportOf, reportWith, TARGETED } from "./formats/report";

const FOUND = { E1: [outcome("a.b")] };
const UNKNOWN = { E1: [outcome("a.b", "its url is not known", "unknown")] };
const UNKNOWN_WARNING = { W1: [outcome("a.b", "its url is not known", "unknown")] };

const statuses = ({ rows }: Report): string[] => rows.map(({ status }) => status);

describe("the conclusion", () => {
  test.each<[string, string, ...Parameters<typeof reportWith>]>([
    ["passed", "nothing is found", { E1: [] }, {}],
    ["passed", "something is unknown", UNKNOWN, {}],
    ["unknown", "something is unknown with --fail-on-unknown", UNKNOWN, { failOnUnknown: true }],
    ["findings", "something is found", FOUND, {}],
    ["unusable", "the plan leaves out too much", { E1: [] }, { limitations: [TARGETED] }],
    ["findings", "that and something is found", FOUND, { limitations: [TARGETED] }],
    ["unusable", "that and something is unknown", UNKNOWN, { limitations: [TARGETED], failOnUnknown: true }],
    ["passed", "what is left out matters little", {}, { limitations: [{ ...TARGETED, isUnusable: false }] }],
    ["unusable", "there is no stream", {}, { limitations: [NO_STREAM] }],
    ["passed", "no stream is accepted", {}, { limitations: [NO_STREAM], allowNoStream: true }],
    [
      "unusable",
      "no stream is accepted and the plan leaves out more",
      {},
      { limitations: [NO_STREAM, TARGETED], allowNoStream: true },
    ],
  ])("is %s when %s", (conclusion, _, outcomes, settings) => {
    expect(conclusionOf(reportWith(outcomes, settings))).toBe(conclusion);
  });
});

describe("the conclusion of a fleet", () => {
  const passed = (): Report => reportOf({ E1: [] });
  const found = (): Report => reportOf(FOUND);
  const failed = (): Report => reportWith(UNKNOWN, { failOnUnknown: true });

  test.each([
    ["passed", "all stacks pass", [passed, passed]],
    ["findings", "one has findings", [passed, found]],
    ["findings", "one has findings and another no plan", [missingPlan, found]],
    ["unusable", "one has no plan", [passed, missingPlan]],
    ["unusable", "one has no plan and another fails on what is unknown", [failed, missingPlan]],
    ["unknown", "one fails on what is unknown", [passed, failed]],
  ])("is %s when %s", (conclusion, _, reports) => {
    expect(conclusionOf(fleetOfReports(reports.map((report) => () => report())))).toBe(conclusion);
  });
});

describe("the rows of a stack", () => {
  const rows = (allow: string): readonly string[] =>
    reportWith({ E1: [outcome("a.b"), outcome("a.c")] }, { stack: "stack-1", allow: [allow] }).rows.map(
      (row) => `${row.status} ${subjectOf(row)}`,
    );

  test("name it", () => {
    expect(rows("E1@a.b=why")).toEqual(["finding stack-1: a.c", "allowed stack-1: a.b"]);
    expect(reportOf(FOUND).rows.map(subjectOf)).toEqual(["a.b"]);
  });

  test("are allowed by its name", () => {
    expect(rows("E1@stack-1=why")).toEqual(["allowed stack-1: a.b", "allowed stack-1: a.c"]);
    expect(rows("E1@stack-1.a.c=why")).toEqual(["finding stack-1: a.b", "allowed stack-1: a.c"]);
    expect(rows("E1@stack-2=why")).toEqual(["finding stack-1: a.b", "finding stack-1: a.c"]);
  });
});

test("a report of no evaluation has limitations alone", () => {
  const { policies, rows, limitations, evaluated } = missingPlan();
  expect([policies, rows, limitations.length, evaluated]).toEqual([[], [], 1, undefined]);
});

describe("--allow", () => {
  test("precedes --min-severity", () => {
    const report = reportWith(
      { W1: [outcome("a.b"), outcome("a.c")] },
      { allow: ["W1@a.b=why"], minSeverity: "error" },
    );
    expect(statuses(report)).toEqual(["allowed"]);
    expect(report.counts).toEqual({ finding: 0, unknown: 0, note: 0, allowed: 1, minor: 1 });
  });

  test("applies to what is unknown, which may become the finding that it is for", () => {
    const report = reportWith(UNKNOWN, { allow: ["E1@a.b=why"], failOnUnknown: true });
    expect(statuses(report)).toEqual(["allowed"]);
    expect(conclusionOf(report)).toBe("passed");
    expect(report.unusedAllowances).toEqual([]);
  });
});

describe("--min-severity error", () => {
  test("leaves out what is unknown to a policy that warns, which --fail-on-unknown then passes", () => {
    const report = reportWith(UNKNOWN_WARNING, { minSeverity: "error", failOnUnknown: true });
    expect(statuses(report)).toEqual([]);
    expect(conclusionOf(report)).toBe("passed");
    expect(sentences(report)).toEqual([
      "1 policy on 2 streams, 1 role, 1 backup bucket: " +
        "0 findings, 0 allowed, 0 unknown until the apply, 1 below --min-severity, not listed.",
    ]);
  });
});

describe("a note", () => {
  const NOTED = { N1: [outcome("a.b")], E1: [], W1: [] };
  const UNKNOWN_NOTE = { N1: [outcome("a.b", "its url is not known", "unknown")] };

  test("is listed after findings and what is unknown, and never changes the exit code", () => {
    const report = reportOf({ ...NOTED, E1: [outcome("a.b"), ...UNKNOWN.E1], E2: [outcome("a.c")] }, "E2=why");
    expect(statuses(report)).toEqual(["finding", "unknown", "note", "allowed"]);
    expect(conclusionOf(reportOf(NOTED))).toBe("passed");
  });

  test("is one too where the plan does not show, and passes with --fail-on-unknown", () => {
    const report = reportWith(UNKNOWN_NOTE, { failOnUnknown: true });
    expect(statuses(report)).toEqual(["note"]);
    expect(conclusionOf(report)).toBe("passed");
  });

  test.each(["warning", "error"] as const)("is left out with --min-severity %s", (minSeverity) => {
    const report = reportWith(NOTED, { minSeverity });
    expect(statuses(report)).toEqual([]);
    expect(report.counts.minor).toBe(1);
  });

  test("can be allowed", () => {
    expect(statuses(reportOf(NOTED, "N1=why"))).toEqual(["allowed"]);
  });

  test("is counted in the sentence where there is one", () => {
    expect(sentences(reportOf(NOTED))).toEqual([
      "3 policies on 2 streams, 1 role, 1 backup bucket: 0 findings, 0 allowed, 0 unknown until the apply, 1 note.",
    ]);
    expect(sentences(reportOf({ N1: [outcome("a.b"), outcome("a.c")] }))).toEqual([
      expect.stringContaining(", 2 notes."),
    ]);
  });
});
