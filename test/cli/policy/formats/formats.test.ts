import { jsonFormat } from "../../../../cli/policy/formats/json";
import { junitFormat } from "../../../../cli/policy/formats/junit";
import { markdownFormat } from "../../../../cli/policy/formats/markdown";
import { sarifFormat } from "../../../../cli/policy/formats/sarif";
import { tableFormat } from "../../../../cli/policy/formats/table";
import type { Place } from "../../../../cli/policy/places";
import type { Report } from "../../../../cli/policy/report";
import { fakeTerminal } from "../../../helpers/terminal";
import { Json } from "../../../e2e/helpers/json";
import { CONTROL_CHARACTERS, EVERY_FORMAT } from "./every-format";
import { NO_STREAM, outcome, reportOf, reportWith, TARGETED } from "./report";

let fullReport: Report;

beforeAll(() => {
  fullReport = reportOf(
    {
      W1: [outcome("aws_a.warned")],
      E1: [outcome("aws_a.found")],
      E2: [outcome("aws_a.unknown", "its url is not known", "unknown")],
      N1: [outcome("aws_a.noted")],
      E3: [outcome("aws_a.allowed")],
      E4: [],
    },
    "E3=until Sunday",
  );
});

const START: Place = { file: "main.tf", line: 1, startColumn: 1, endColumn: 1 };
const SUMMARY =
  "6 policies on 2 streams, 1 role, 1 backup bucket: 2 findings, 1 allowed, 1 unknown until the apply, 1 note.";

describe("JSON", () => {
  test("has the findings first, the errors before the warnings, and counts with a summary", () => {
    const row = (policy: string, severity: string, status: string, name: string): object => ({
      policy,
      severity,
      status,
      address: `aws_a.${name}`,
      found: status === "unknown" ? "its url is not known" : "it is open",
      remedy: "Close it.",
    });
    expect(JSON.parse(jsonFormat(fullReport))).toEqual({
      conclusion: "findings",
      summary: [SUMMARY],
      findings: 2,
      allowed: 1,
      unknown: 1,
      notes: 1,
      minor: 0,
      evaluated: { streams: 2, possibleStreams: 0, roles: 1, buckets: 1 },
      limitations: [],
      unusedAllowances: [],
      outcomes: [
        row("E1", "error", "finding", "found"),
        row("W1", "warning", "finding", "warned"),
        row("E2", "error", "unknown", "unknown"),
        row("N1", "note", "note", "noted"),
        { ...row("E3", "error", "allowed", "allowed"), reason: "until Sunday" },
      ],
    });
  });
});

describe("JUnit", () => {
  test("has a test case for each policy: failed with a finding, skipped with a note, if unknown or allowed, else passed", () => {
    expect(junitFormat(fullReport)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuite name="kloudfuse-firehose policies" tests="6" failures="2" errors="0" skipped="3">',
        '  <testcase classname="W1" name="Title of W1"><failure message="It matters." type="warning">finding: aws_a.warned: it is open. Close it.</failure></testcase>',
        '  <testcase classname="E1" name="Title of E1"><failure message="It matters." type="error">finding: aws_a.found: it is open. Close it.</failure></testcase>',
        '  <testcase classname="E2" name="Title of E2"><skipped message="unknown: aws_a.unknown: its url is not known. Close it."/></testcase>',
        '  <testcase classname="N1" name="Title of N1"><skipped message="note: aws_a.noted: it is open. Close it."/></testcase>',
        '  <testcase classname="E3" name="Title of E3"><skipped message="allowed (until Sunday): aws_a.allowed: it is open"/></testcase>',
        '  <testcase classname="E4" name="Title of E4"/>',
        `  <system-out>${SUMMARY}</system-out>`,
        "</testsuite>",
        "",
      ].join("\n"),
    );
  });

  test("escapes what XML reserves, and replaces what it does not allow", () => {
    expect(junitFormat(reportOf({ E1: [outcome('a["<&>"]', "\u0000\u001b\u202e\ud800 \uffff \u{1f600}")] }))).toContain(
      "finding: a[&quot;&lt;&amp;&gt;&quot;]:  \ufffd \ufffd \u{1f600}. Close it.",
    );
  });
});

describe("Markdown", () => {
  test("has a summary and a row for each outcome", () => {
    expect(markdownFormat(fullReport)).toBe(
      [
        "### Kloudfuse Firehose policies",
        "",
        `${SUMMARY}\n`,
        "| policy | status | resource | found | what to do |",
        "| --- | --- | --- | --- | --- |",
        "| E1 | **error** | <code>aws&#95;a.found</code> | it is open | Close it. |",
        "| W1 | **warning** | <code>aws&#95;a.warned</code> | it is open | Close it. |",
        "| E2 | unknown | <code>aws&#95;a.unknown</code> | its url is not known | Close it. |",
        "| N1 | note | <code>aws&#95;a.noted</code> | it is open | Close it. |",
        "| E3 | allowed | <code>aws&#95;a.allowed</code> | it is open | until Sunday |",
        "",
      ].join("\n"),
    );
  });

  test("is the summary alone without outcomes", () => {
    expect(markdownFormat(reportOf({ E1: [] }))).toBe(
      "### Kloudfuse Firehose policies\n\n" +
        "1 policy on 2 streams, 1 role, 1 backup bucket: 0 findings, 0 allowed, 0 unknown until the apply.\n",
    );
  });

  test("mentions nobody, and takes foreign text for text", () => {
    const text = markdownFormat(reportOf({ E1: [outcome("a|b`c", "@team <b> [x](y) *z* $t$\n# h")] }));
    expect(text).toContain("<code>a&#124;b&#96;c</code>");
    expect(text).toContain("| @\u200bteam &#60;b&#62; &#91;x&#93;(y) &#42;z&#42; &#36;t&#36; #\u200b h |");
  });

  test("stays below GitHub's 65,536 characters, and counts what it leaves out", () => {
    const many = (count: number): string =>
      markdownFormat(reportOf({ E1: Array.from({ length: count }, (_, index) => outcome(`aws_a.x${index}`)) }));
    const text = many(5000);
    expect(text.length).toBeLessThan(60_200);
    const rows = text.split("\n").filter((line) => line.startsWith("| E1")).length;
    expect(rows).toBeGreaterThan(500);
    expect(text).toMatch(new RegExp(`\n\n${5000 - rows} more not shown: the comment would be too long.\n$`));
    expect(many(500)).not.toContain("left out");
  });
});

describe("SARIF", () => {
  const places: Record<string, Place> = {
    "aws_a.found": { file: "infra/my root/ü.tf", line: 3, startColumn: 3, endColumn: 21 },
  };
  let run: Json;

  beforeAll(() => {
    run = Json.parse(sarifFormat(fullReport, (address) => places[address] ?? START)).at("runs", 0);
  });

  test("has findings alone as results, of which GitHub makes alerts", () => {
    expect(run.at("results").list.map((result) => result.at("ruleId").text)).toEqual(["E1", "W1"]);
  });

  test("gives each result its rule, level, place and fingerprint", () => {
    expect(run.at("results", 0).value).toEqual({
      ruleId: "E1",
      ruleIndex: 1,
      level: "error",
      message: { text: "aws_a.found: it is open. Close it." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "infra/my%20root/%C3%BC.tf", uriBaseId: "%SRCROOT%" },
            region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 21 },
          },
          logicalLocations: [{ fullyQualifiedName: "aws_a.found", kind: "resource" }],
        },
      ],
      partialFingerprints: {
        primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{64}:1$/) as unknown,
        "kloudfuseFirehose/v1": expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      },
    });
  });

  test("has fingerprints by rule, address and finding", () => {
    const print = (id: string, address: string, found: string): string =>
      Json.parse(sarifFormat(reportOf({ [id]: [outcome(address, found)] }), () => ({ ...START, line: 9 }))).at(
        "runs",
        0,
        "results",
        0,
        "partialFingerprints",
        "primaryLocationLineHash",
      ).text;
    const same = print("E1", "aws_a.found", "it is open");
    expect(same).toBe(run.at("results", 0, "partialFingerprints", "primaryLocationLineHash").text);
    const others = [
      print("E2", "aws_a.found", "it is open"),
      print("E1", "aws_a.other", "it is open"),
      print("E1", "aws_a.found", "it is shut"),
    ];
    expect(new Set([same, ...others]).size).toBe(4);
  });

  test("tells notes, what is unknown or allowed, and what was evaluated, in notifications", () => {
    expect(run.at("invocations", 0, "toolExecutionNotifications").value).toEqual([
      { level: "note", message: { text: SUMMARY } },
      {
        level: "note",
        message: { text: "aws_a.unknown: its url is not known. Close it." },
        associatedRule: { id: "E2" },
        properties: { status: "unknown", address: "aws_a.unknown" },
      },
      {
        level: "note",
        message: { text: "aws_a.noted: it is open. Close it." },
        associatedRule: { id: "N1" },
        properties: { status: "note", address: "aws_a.noted" },
      },
      {
        level: "note",
        message: { text: "aws_a.allowed: it is open. Allowed: until Sunday" },
        associatedRule: { id: "E3" },
        properties: { status: "allowed", address: "aws_a.allowed", reason: "until Sunday" },
      },
    ]);
  });

  test("has a rule for each policy, with help", () => {
    expect(run.at("tool", "driver", "rules", 0).value).toEqual({
      id: "W1",
      shortDescription: { text: "Title of W1" },
      fullDescription: { text: "Title of W1. It matters." },
      help: {
        text: 'It matters. Source: A page. To allow an intended finding: kloudfuse-firehose policy plan.json --allow "W1@<address>=<reason>"',
        markdown:
          "**Title of W1.** It matters.\n\nSource: A page.\n\nTo allow an intended finding:\n\n" +
          '```sh\nkloudfuse-firehose policy plan.json --allow "W1@<address>=<reason>"\n```',
      },
      defaultConfiguration: { level: "warning" },
      properties: { precision: "high", "problem.severity": "warning", tags: ["reliability"] },
    });
  });

  test.each([
    ["KFF-IAM-001", ["security"], "8.0"],
    ["KFF-ENC-001", ["security"], "8.0"],
    ["KFF-BKT-001", ["security"], "8.0"],
    ["KFF-ALM-002", ["security"], "8.0"],
    ["KFF-ALM-003", ["reliability"], undefined],
    ["KFF-DEL-001", ["reliability"], undefined],
  ])("gives %s the tags %j and the security severity %s", (id, tags, severity) => {
    const log = Json.parse(sarifFormat(reportOf({ [id]: [] }), () => START));
    expect(log.at("runs", 0, "tool", "driver", "rules", 0, "properties").value).toEqual({
      precision: "high",
      "problem.severity": "error",
      tags,
      ...(severity === undefined ? {} : { "security-severity": severity }),
    });
  });

  test("has the level of a note, and a severity that GitHub knows", () => {
    const rule = Json.parse(sarifFormat(reportOf({ N1: [] }), () => START)).at("runs", 0, "tool", "driver", "rules", 0);
    expect(rule.at("defaultConfiguration").value).toEqual({ level: "note" });
    expect(rule.at("properties", "problem.severity").text).toBe("recommendation");
  });

  test("has a base for its paths and says how columns are counted", () => {
    expect(run.at("originalUriBaseIds").value).toEqual({
      "%SRCROOT%": { description: { text: "The root of the repository." } },
    });
    expect(run.at("columnKind").text).toBe("utf16CodeUnits");
  });

  test("did not succeed on a plan that leaves out too much, and says why", () => {
    const invocation = Json.parse(sarifFormat(reportWith({ E1: [] }, { limitations: [TARGETED] }), () => START)).at(
      "runs",
      0,
      "invocations",
      0,
    );
    expect(invocation.at("executionSuccessful").value).toBe(false);
    expect(invocation.at("toolExecutionNotifications", 1).value).toEqual({
      level: "error",
      message: { text: "The plan is not complete. Plan without -target." },
    });
    expect(run.at("invocations", 0, "executionSuccessful").value).toBe(true);
  });

  test("makes no link of foreign text", () => {
    const text = sarifFormat(reportOf({ E1: [outcome("a.b", "[x](https://example.com)")] }), () => START);
    expect(Json.parse(text).at("runs", 0, "results", 0, "message", "text").text).toBe(
      "a.b: [x] (https://example.com). Close it.",
    );
  });

  test("has as many results as GitHub accepts, and counts what it leaves out", () => {
    const outcomes = Array.from({ length: 25_001 }, (_, index) => outcome(`a.x${index}`));
    const long = Json.parse(sarifFormat(reportOf({ E1: outcomes }), () => START)).at("runs", 0);
    expect(long.at("results").list).toHaveLength(25_000);
    expect(long.at("invocations", 0, "toolExecutionNotifications", 1, "message", "text").text).toBe(
      "1 more not shown: GitHub accepts at most 25000.",
    );
  });
});

describe("every format", () => {
  const hostileReport = (): Report =>
    reportOf(
      { E1: [outcome('a["\u001b[31m\u202e"]', "\u009b2J\u0007 \u2028 \u{e0001}")], E2: [outcome("a.c\u001b")] },
      "E2=\u001b[2J\u202e",
      "E1@x.y=\u001b[2J\u202e",
    );

  test.each(EVERY_FORMAT)("lets foreign text not steer the terminal: %s", (_, format) => {
    // Markdown itself sets this character behind a @.
    expect(format(hostileReport()).replaceAll("\u200b", "")).not.toMatch(CONTROL_CHARACTERS);
  });

  test("of JSON keeps every character", () => {
    expect(Json.parse(jsonFormat(hostileReport())).at("outcomes", 0, "found").text).toBe(
      "\u009b2J\u0007 \u2028 \u{e0001}",
    );
  });
});

describe("JUnit of a plan that does not pass without findings", () => {
  test("has an error for what the plan leaves out", () => {
    expect(junitFormat(reportWith({ E1: [] }, { limitations: [TARGETED] }))).toContain(
      [
        '<testsuite name="kloudfuse-firehose policies" tests="2" failures="0" errors="1" skipped="0">',
        '  <testcase classname="plan" name="The plan can be evaluated"><error message="The plan is not complete." type="incomplete">Plan without -target.</error></testcase>',
        '  <testcase classname="E1" name="Title of E1"/>',
      ].join("\n"),
    );
  });

  test("has none for a plan without streams that is accepted", () => {
    expect(junitFormat(reportWith({ E1: [] }, { limitations: [NO_STREAM], allowNoStream: true }))).toContain(
      'tests="1" failures="0" errors="0"',
    );
  });

  test("has a failure for what is unknown with --fail-on-unknown", () => {
    const unknown = { E1: [outcome("a.b", "its url is not known", "unknown")] };
    expect(junitFormat(reportWith(unknown, { failOnUnknown: true }))).toContain(
      '<failure message="It matters." type="unknown">unknown: a.b: its url is not known. Close it.</failure>',
    );
  });
});

describe("text", () => {
  const unknowns = (count: number) =>
    Array.from({ length: count }, (_, index) => outcome(`unknown.n${index}`, "its url is not known", "unknown"));
  const listed = (text: string, word: string): number => text.split(`${word}: `).length - 1;
  const onTerminal = (report: Report, columns = 80): string => tableFormat(report, fakeTerminal({ columns }));

  test("is a list below 120 columns, what matters most first", () => {
    expect(onTerminal(fullReport)).toBe(
      [
        "aws_a.found",
        "error    E1: it is open",
        "    → Close it.",
        "",
        "aws_a.warned",
        "warning  W1: it is open",
        "    → Close it.",
        "",
        "aws_a.unknown",
        "unknown  E2: its url is not known",
        "    → Close it.",
        "",
        "aws_a.noted",
        "note     N1: it is open",
        "    → Close it.",
        "",
        "aws_a.allowed",
        "allowed  E3: it is open",
        "    → until Sunday",
        "",
        "6 policies on 2 streams, 1 role, 1 backup bucket: 2 findings, 1 allowed, 1",
        "  unknown until the apply, 1 note.",
        "",
      ].join("\n"),
    );
  });

  test("is a table on a wider terminal", () => {
    expect(onTerminal(fullReport, 120)).toMatch(/^│ error +│ E1 +│ it is open +│$/m);
  });

  test("is a tab-separated line for each outcome in a pipe, and a comment for the summary", () => {
    expect(tableFormat(fullReport, fakeTerminal({ isTTY: false }))).toBe(
      [
        "error\taws_a.found\tE1\tit is open\tClose it.",
        "warning\taws_a.warned\tW1\tit is open\tClose it.",
        "unknown\taws_a.unknown\tE2\tits url is not known\tClose it.",
        "note\taws_a.noted\tN1\tit is open\tClose it.",
        "allowed\taws_a.allowed\tE3\tit is open\tuntil Sunday",
        `# ${SUMMARY}`,
        "",
      ].join("\n"),
    );
  });

  test("lists 200 outcomes on a terminal, findings first, and says how many more there are", () => {
    const findings = [outcome("finding.one"), outcome("finding.two")];
    const report = reportOf({ E1: unknowns(199), E2: findings });
    const text = onTerminal(report);
    expect(listed(text, "E2")).toBe(2);
    expect(listed(text, "E1")).toBe(198);
    expect(text).toContain("\n1 outcome is not listed: --format json lists all.\n");
    expect(text.indexOf("finding.one")).toBeLessThan(text.indexOf("unknown.n0\n"));
    expect(tableFormat(report, fakeTerminal({ isTTY: false })).split("\n")).toHaveLength(201 + 2);
  });

  test("lists all of 200", () => {
    const text = onTerminal(reportOf({ E1: unknowns(200) }));
    expect(listed(text, "E1")).toBe(200);
    expect(text).not.toContain("not listed");
  });

  test("breaks no address", () => {
    const address = `module.kloudfuse.aws_kinesis_firehose_delivery_stream.${"x".repeat(80)}`;
    for (const columns of [80, 120]) {
      expect(onTerminal(reportOf({ E1: [outcome(address)] }), columns)).toContain(address);
    }
  });
});
