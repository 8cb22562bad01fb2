import { messages, sentences, stackMessages } from "../../../cli/policy/messages";
import type { Report } from "../../../cli/policy/report";
import { fleetOfReports, missingPlan, outcome, reportOf, reportWith, TARGETED } from "./formats/report";

const UNKNOWN = { E1: [outcome("a.b", "its url is not known", "unknown")] };
const NOTHING = "2 streams, 1 role, 1 backup bucket: 0 findings, 0 allowed, 0 unknown until the apply.";

describe("the sentences", () => {
  test("say what was evaluated and found", () => {
    expect(sentences(reportOf({ E1: [outcome("a.b")], E2: [] }))).toEqual([
      "2 policies on 2 streams, 1 role, 1 backup bucket: 1 finding, 0 allowed, 0 unknown until the apply.",
    ]);
  });

  test("say why a plan without findings does not pass", () => {
    const two = { E1: [...UNKNOWN.E1, ...UNKNOWN.E1] };
    expect(sentences(reportWith(UNKNOWN, { failOnUnknown: true })).slice(1)).toEqual([
      "The plan does not pass because of --fail-on-unknown: 1 outcome is unknown.",
    ]);
    expect(sentences(reportWith(two, { failOnUnknown: true })).slice(1)).toEqual([
      "The plan does not pass because of --fail-on-unknown: 2 outcomes are unknown.",
    ]);
    expect(sentences(reportWith({}, { limitations: [TARGETED] })).slice(1)).toEqual([
      "The plan is not complete. Plan without -target.",
    ]);
  });

  test("say nothing of findings where nothing was evaluated", () => {
    expect(sentences(missingPlan())).toEqual(["The plan is missing. Create it."]);
  });
});

test("the level of a message is that of what it says", () => {
  const report = reportWith(
    { ...UNKNOWN, E2: [] },
    { failOnUnknown: true, limitations: [{ ...TARGETED, isUnusable: false }], allow: ["E2=why"] },
  );
  expect(messages(report).map(({ level }) => level)).toEqual(["note", "error", "warning", "note"]);
  expect(messages(reportWith({}, { limitations: [TARGETED] })).map(({ level }) => level)).toEqual(["note", "error"]);
});

describe("of a fleet", () => {
  const passed = (): Report => reportOf({ E1: [] });
  const found = (): Report => reportOf({ E1: [outcome("a.b")] });
  const failed = (): Report => reportWith(UNKNOWN, { failOnUnknown: true });

  test("the sentences count the stacks, and what was found in all of them", () => {
    expect(sentences(fleetOfReports([passed, found, () => missingPlan()]))).toEqual([
      "3 stacks: 1 passed, 1 with findings, 1 undetermined.",
      "1 policy on 4 streams, 2 roles, 2 backup buckets: 1 finding, 0 allowed, 0 unknown until the apply.",
    ]);
  });

  test("the sentences count the stacks that fail on what is unknown", () => {
    expect(sentences(fleetOfReports([failed]))).toEqual([
      "1 stack: 0 passed, 0 with findings, 0 undetermined, 1 failed because of --fail-on-unknown.",
      "1 policy on 2 streams, 1 role, 1 backup bucket: 0 findings, 0 allowed, 1 unknown until the apply.",
    ]);
  });

  test("the sentences say what is about no stack, and nothing of findings where no plan was evaluated", () => {
    const limitation = { ...TARGETED, message: "A file is of no stack.", remedy: "Remove it.", isUnusable: false };
    expect(sentences(fleetOfReports([() => missingPlan()], [limitation]))).toEqual([
      "1 stack: 0 passed, 0 with findings, 1 undetermined.",
      "A file is of no stack. Remove it.",
    ]);
  });

  test("a stack that passes has no message of its own", () => {
    expect(stackMessages(fleetOfReports([passed]))).toEqual([]);
  });

  test.each([
    [
      "has findings",
      found,
      {
        word: "problem",
        level: "note",
        found: `1 policy on ${NOTHING.replace("0 findings", "1 finding")}`,
        remedy: "",
      },
    ],
    [
      "has no plan",
      missingPlan,
      { word: "unknown", level: "error", found: "The plan is missing.", remedy: "Create it." },
    ],
    [
      "has a plan that leaves out too much",
      (): Report => reportWith({ E1: [] }, { limitations: [TARGETED, TARGETED] }),
      {
        word: "unknown",
        level: "error",
        found: `1 policy on ${NOTHING} The plan is not complete. The plan is not complete.`,
        remedy: "Plan without -target. Plan without -target.",
      },
    ],
    [
      "fails on what is unknown",
      failed,
      {
        word: "problem",
        level: "error",
        found:
          `1 policy on ${NOTHING.replace("0 unknown", "1 unknown")} ` +
          "The plan does not pass because of --fail-on-unknown: 1 outcome is unknown.",
        remedy: "",
      },
    ],
    [
      "passes with a plan that leaves something out",
      (): Report => reportWith({ E1: [] }, { limitations: [{ ...TARGETED, isUnusable: false }] }),
      {
        word: "warning",
        level: "warning",
        found: `1 policy on ${NOTHING} The plan is not complete.`,
        remedy: "Plan without -target.",
      },
    ],
  ])("a stack that %s has one", (_, reportOfStack, message) => {
    expect(stackMessages(fleetOfReports([passed, () => reportOfStack()]))).toEqual([{ stack: "stack-2", ...message }]);
  });

  test("a report about one plan has no message of a stack", () => {
    expect(stackMessages(found())).toEqual([]);
  });
});
