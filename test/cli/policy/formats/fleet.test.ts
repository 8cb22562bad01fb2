import { jsonFormat } from "../../../../cli/policy/formats/json";
import { junitFormat } from "../../../../cli/policy/formats/junit";
import { markdownFormat } from "../../../../cli/policy/formats/markdown";
import { sarifFormat } from "../../../../cli/policy/formats/sarif";
import { tableFormat } from "../../../../cli/policy/formats/table";
import type { Report } from "../../../../cli/policy/report";
import { asObject } from "../../../../iam/json";
import { Json } from "../../../e2e/helpers/json";
import { fakeTerminal } from "../../../helpers/terminal";
import { CONTROL_CHARACTERS, EVERY_FORMAT } from "./every-format";
import { fleetOfReports, missingPlan, NO_PLAN, outcome, reportWith } from "./report";

const START = { file: "main.ts", line: 1, startColumn: 1, endColumn: 1 };
const ALLOW = ["E3=until Sunday"];

const passing = (stack: string): Report => reportWith({ E1: [], E2: [], E3: [] }, { stack });
const finding = (stack: string): Report =>
  reportWith(
    {
      E1: [outcome("aws_a.found")],
      E2: [outcome("aws_a.unknown", "its url is not known", "unknown")],
      E3: [outcome("aws_a.allowed")],
    },
    { stack, allow: ALLOW },
  );

/** Of four stacks the first passes, two have the same outcomes, and one has no plan. */
let fleet: Report;

beforeAll(() => {
  fleet = fleetOfReports([passing, finding, finding, () => missingPlan()]);
});

const STACKS = "4 stacks: 1 passed, 2 with findings, 1 undetermined.";
const TOTALS = "3 policies on 6 streams, 3 roles, 3 backup buckets: 2 findings, 2 allowed, 2 unknown until the apply.";
const FOUND = "3 policies on 2 streams, 1 role, 1 backup bucket: 1 finding, 1 allowed, 1 unknown until the apply.";
const NOT_FOUND = "3 policies on 2 streams, 1 role, 1 backup bucket: 0 findings, 0 allowed, 0 unknown until the apply.";

describe("JSON of a fleet", () => {
  let json: Json;

  beforeAll(() => {
    json = Json.parse(jsonFormat(fleet));
  });

  test("has the conclusion, the summary and the totals of all stacks", () => {
    const { stacks: _, ...others } = asObject(JSON.parse(jsonFormat(fleet)));
    expect(others).toEqual({
      conclusion: "findings",
      summary: [STACKS, TOTALS],
      findings: 2,
      allowed: 2,
      unknown: 2,
      notes: 0,
      minor: 0,
      evaluated: { streams: 6, possibleStreams: 0, roles: 3, buckets: 3 },
      limitations: [],
      unusedAllowances: [],
    });
  });

  test("has each stack with its place, conclusion, counts and outcomes", () => {
    expect(json.at("stacks").list.map((stack) => stack.at("conclusion").text)).toEqual([
      "passed",
      "findings",
      "findings",
      "unusable",
    ]);
    const row = (policy: string, status: string, address: string, found = "it is open"): object => ({
      policy,
      severity: "error",
      status,
      address,
      found,
      remedy: "Close it.",
    });
    expect(json.at("stacks", 1).value).toEqual({
      stack: "stack-2",
      account: "2",
      region: "eu-west-1",
      conclusion: "findings",
      findings: 1,
      allowed: 1,
      unknown: 1,
      notes: 0,
      minor: 0,
      evaluated: { streams: 2, possibleStreams: 0, roles: 1, buckets: 1 },
      limitations: [],
      outcomes: [
        row("E1", "finding", "aws_a.found"),
        row("E2", "unknown", "aws_a.unknown", "its url is not known"),
        { ...row("E3", "allowed", "aws_a.allowed"), reason: "until Sunday" },
      ],
    });
  });

  test("has of a stack without a plan why, and nothing that was evaluated", () => {
    expect(json.at("stacks", 3, "limitations").value).toEqual([NO_PLAN]);
    expect(json.at("stacks", 3).has("evaluated")).toBe(false);
  });
});

describe("JUnit of a fleet", () => {
  test("has a suite for each stack, whose name begins the class of each test case, and one for what is about all", () => {
    const suiteOf = (stack: string): string[] => [
      `  <testsuite name="${stack}" tests="3" failures="1" errors="0" skipped="2">`,
      `    <testcase classname="${stack}.E1" name="Title of E1"><failure message="It matters." type="error">finding: aws_a.found: it is open. Close it.</failure></testcase>`,
      `    <testcase classname="${stack}.E2" name="Title of E2"><skipped message="unknown: aws_a.unknown: its url is not known. Close it."/></testcase>`,
      `    <testcase classname="${stack}.E3" name="Title of E3"><skipped message="allowed (until Sunday): aws_a.allowed: it is open"/></testcase>`,
      `    <system-out>${FOUND}</system-out>`,
      "  </testsuite>",
    ];
    expect(junitFormat(fleet)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        '  <testsuite name="kloudfuse-firehose policies" tests="0" failures="0" errors="0" skipped="0">',
        `    <system-out>${STACKS}&#10;${TOTALS}</system-out>`,
        "  </testsuite>",
        '  <testsuite name="stack-1" tests="3" failures="0" errors="0" skipped="0">',
        '    <testcase classname="stack-1.E1" name="Title of E1"/>',
        '    <testcase classname="stack-1.E2" name="Title of E2"/>',
        '    <testcase classname="stack-1.E3" name="Title of E3"/>',
        `    <system-out>${NOT_FOUND}</system-out>`,
        "  </testsuite>",
        ...suiteOf("stack-2"),
        ...suiteOf("stack-3"),
        '  <testsuite name="stack-4" tests="1" failures="0" errors="1" skipped="0">',
        '    <testcase classname="stack-4.plan" name="The plan can be evaluated"><error message="The plan is missing." type="noPlan">Create it.</error></testcase>',
        "    <system-out>The plan is missing. Create it.</system-out>",
        "  </testsuite>",
        "</testsuites>",
        "",
      ].join("\n"),
    );
  });
});

describe("Markdown of a fleet", () => {
  test("has one table with the stack of each outcome, findings first, then the stacks that do not pass", () => {
    const stacks = ["stack-2", "stack-3"];
    expect(markdownFormat(fleet)).toBe(
      [
        "### Kloudfuse Firehose policies",
        "",
        `${STACKS}\n`,
        `${TOTALS}\n`,
        "| policy | status | stack | resource | found | what to do |",
        "| --- | --- | --- | --- | --- | --- |",
        ...stacks.map(
          (stack) =>
            `| E1 | **error** | <code>${stack}</code> | <code>aws&#95;a.found</code> | it is open | Close it. |`,
        ),
        ...stacks.map((stack) => `| plan | **problem** | <code>${stack}</code> |  | ${FOUND} |  |`),
        "| plan | **unknown** | <code>stack-4</code> |  | The plan is missing. | Create it. |",
        ...stacks.map(
          (stack) =>
            `| E2 | unknown | <code>${stack}</code> | <code>aws&#95;a.unknown</code> | its url is not known | Close it. |`,
        ),
        ...stacks.map(
          (stack) =>
            `| E3 | allowed | <code>${stack}</code> | <code>aws&#95;a.allowed</code> | it is open | until Sunday |`,
        ),
        "",
      ].join("\n"),
    );
  });

  test("is the summary alone where all stacks pass without outcomes", () => {
    expect(markdownFormat(fleetOfReports([passing]))).toBe(
      `### Kloudfuse Firehose policies\n\n1 stack: 1 passed, 0 with findings, 0 undetermined.\n\n${NOT_FOUND}\n`,
    );
  });

  test("fits into a comment, and counts what it leaves out", () => {
    const text = markdownFormat(fleetOfReports(Array.from({ length: 1000 }, () => () => missingPlan())));
    expect(text.length).toBeLessThan(60_200);
    const rows = text.split("\n").filter((line) => line.startsWith("| plan")).length;
    expect(text).toMatch(new RegExp(`\n\n${1000 - rows} more not shown: the comment would be too long.\n$`));
  });
});

describe("SARIF of a fleet", () => {
  let runs: Json;
  let results: Json;

  beforeAll(() => {
    runs = Json.parse(sarifFormat(fleet, () => START)).at("runs");
    results = runs.at(0, "results");
  });

  test("has one run, of which GitHub rejects several", () => {
    expect(runs.list).toHaveLength(1);
    expect(runs.at(0, "tool", "driver", "rules").list.map((rule) => rule.at("id").text)).toEqual(["E1", "E2", "E3"]);
  });

  test("keeps the same finding of two stacks apart", () => {
    const of = (index: number): unknown[] => [
      results.at(index, "message", "text").text,
      results.at(index, "locations", 0, "logicalLocations", 0, "fullyQualifiedName").text,
    ];
    expect(of(0)).toEqual(["stack-2: aws_a.found: it is open. Close it.", "stack-2.aws_a.found"]);
    expect(of(1)).toEqual(["stack-3: aws_a.found: it is open. Close it.", "stack-3.aws_a.found"]);
    const prints = [0, 1].map((index) => results.at(index, "partialFingerprints", "primaryLocationLineHash").text);
    expect(new Set(prints).size).toBe(2);
  });

  test("did not succeed where a stack is undetermined, whatever is found in others, and says which", () => {
    const invocation = runs.at(0, "invocations", 0);
    expect(invocation.at("executionSuccessful").value).toBe(false);
    expect(invocation.at("toolExecutionNotifications").list.map(({ value }) => value)).toEqual([
      { level: "note", message: { text: STACKS } },
      { level: "note", message: { text: TOTALS } },
      { level: "note", message: { text: `stack-2: ${FOUND}` } },
      { level: "note", message: { text: `stack-3: ${FOUND}` } },
      { level: "error", message: { text: "stack-4: The plan is missing. Create it." } },
      ...["stack-2", "stack-3"].map((stack) => ({
        level: "note",
        message: { text: `${stack}: aws_a.unknown: its url is not known. Close it.` },
        associatedRule: { id: "E2" },
        properties: { status: "unknown", stack, address: "aws_a.unknown" },
      })),
      ...["stack-2", "stack-3"].map((stack) => ({
        level: "note",
        message: { text: `${stack}: aws_a.allowed: it is open. Allowed: until Sunday` },
        associatedRule: { id: "E3" },
        properties: { status: "allowed", stack, address: "aws_a.allowed", reason: "until Sunday" },
      })),
    ]);
  });

  test("succeeded where all stacks have a plan", () => {
    const log = Json.parse(sarifFormat(fleetOfReports([passing, finding]), () => START));
    expect(log.at("runs", 0, "invocations", 0, "executionSuccessful").value).toBe(true);
  });
});

describe("text of a fleet", () => {
  const onTerminal = (report: Report): string => tableFormat(report, fakeTerminal());
  const count = (text: string, part: string): number => text.split(part).length - 1;

  test("is a line for each outcome and for each stack that does not pass in a pipe", () => {
    expect(tableFormat(fleet, fakeTerminal({ isTTY: false }))).toBe(
      [
        "error\tstack-2\taws_a.found\tE1\tit is open\tClose it.",
        "error\tstack-3\taws_a.found\tE1\tit is open\tClose it.",
        "unknown\tstack-2\taws_a.unknown\tE2\tits url is not known\tClose it.",
        "unknown\tstack-3\taws_a.unknown\tE2\tits url is not known\tClose it.",
        "allowed\tstack-2\taws_a.allowed\tE3\tit is open\tuntil Sunday",
        "allowed\tstack-3\taws_a.allowed\tE3\tit is open\tuntil Sunday",
        `problem\tstack-2\t-\tplan\t${FOUND}\t-`,
        `problem\tstack-3\t-\tplan\t${FOUND}\t-`,
        "unknown\tstack-4\t-\tplan\tThe plan is missing.\tCreate it.",
        `# ${STACKS}`,
        `# ${TOTALS}`,
        "",
      ].join("\n"),
    );
  });

  test("has the stack in each heading on a terminal", () => {
    expect(onTerminal(fleetOfReports([passing, finding, () => missingPlan()]))).toBe(
      [
        "stack-2: aws_a.found",
        "error    E1: it is open",
        "    → Close it.",
        "",
        "stack-2: aws_a.unknown",
        "unknown  E2: its url is not known",
        "    → Close it.",
        "",
        "stack-2: aws_a.allowed",
        "allowed  E3: it is open",
        "    → until Sunday",
        "",
        "stack-2",
        "problem  plan: 3 policies on 2 streams, 1 role, 1 backup bucket: 1 finding, 1",
        "    allowed, 1 unknown until the apply.",
        "",
        "stack-3",
        "unknown  plan: The plan is missing.",
        "    → Create it.",
        "",
        "3 stacks: 1 passed, 1 with findings, 1 undetermined.",
        "3 policies on 4 streams, 2 roles, 2 backup buckets: 1 finding, 1 allowed, 1",
        "  unknown until the apply.",
        "",
      ].join("\n"),
    );
  });

  const many = (addresses: number) => (stack: string) =>
    reportWith({ E1: Array.from({ length: addresses }, (_, index) => outcome(`a.x${index}`)) }, { stack });

  test("lists 200 rows of all stacks on a terminal, and says how many more there are", () => {
    const text = onTerminal(fleetOfReports([many(150), many(150), () => missingPlan()]));
    expect(count(text, "E1: ")).toBe(197);
    expect(count(text, "plan: ")).toBe(3);
    expect(text).toContain("\n103 outcomes are not listed: --format json lists all.\n3 stacks: ");
  });

  test("lists no more than 100 stacks beside outcomes on a terminal", () => {
    const missing = Array.from({ length: 101 }, () => () => missingPlan());
    const text = onTerminal(fleetOfReports([many(150), ...missing]));
    expect(count(text, "E1: ")).toBe(100);
    expect(count(text, "plan: ")).toBe(100);
    expect(text).toContain(
      "\n50 outcomes are not listed: --format json lists all.\n2 stacks are not listed: --format json lists all.\n",
    );
    const lines = tableFormat(fleetOfReports([many(150), ...missing]), fakeTerminal({ isTTY: false }));
    expect(count(lines, "\tplan\t")).toBe(102);
  });
});

describe("every format of a fleet", () => {
  const hostile = (): Report => {
    const { limitations, ...report } = missingPlan();
    return { ...report, limitations: limitations.map((each) => ({ ...each, message: "\u001b[2J\u202e" })) };
  };

  test.each(EVERY_FORMAT)("lets foreign text not steer the terminal: %s", (_, format) => {
    expect(format(fleetOfReports([hostile]))).not.toMatch(CONTROL_CHARACTERS);
  });
});
