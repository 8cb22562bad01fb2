import { jsonFormat } from "../../../../cli/policy/formats/json";
import { junitFormat } from "../../../../cli/policy/formats/junit";
import { markdownFormat } from "../../../../cli/policy/formats/markdown";
import { sarifFormat } from "../../../../cli/policy/formats/sarif";
import { tableFormat } from "../../../../cli/policy/formats/table";
import { Json } from "../../../e2e/helpers/json";
import { outcome, reportOf } from "./report";

const REPORT = reportOf(
  {
    W1: [outcome("aws_a.warned")],
    E1: [outcome("aws_a.found")],
    E2: [outcome("aws_a.unknown", "its url is not known", "unknown")],
    E3: [outcome("aws_a.allowed")],
    E4: [],
  },
  "E3=until Sunday",
);
const SUMMARY = "5 policies on 2 streams, 1 role, 1 backup bucket: 2 findings, 1 allowed, 1 unknown until the apply.";

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
    expect(JSON.parse(jsonFormat(REPORT))).toEqual({
      summary: [SUMMARY],
      findings: 2,
      allowed: 1,
      unknown: 1,
      minor: 0,
      evaluated: { streams: 2, possibleStreams: 0, roles: 1, buckets: 1 },
      limitations: [],
      unusedAllowances: [],
      outcomes: [
        row("E1", "error", "finding", "found"),
        row("W1", "warning", "finding", "warned"),
        row("E2", "error", "unknown", "unknown"),
        { ...row("E3", "error", "allowed", "allowed"), reason: "until Sunday" },
      ],
    });
  });
});

describe("JUnit", () => {
  const xml = junitFormat(REPORT);

  test("has a test case for each policy: failed with a finding, skipped if unknown or allowed, else passed", () => {
    expect(xml).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuite name="kloudfuse-firehose policies" tests="5" failures="2" errors="0" skipped="2">',
        '  <testcase classname="W1" name="Title of W1"><failure message="It matters." type="warning">finding: aws_a.warned: it is open. Close it.</failure></testcase>',
        '  <testcase classname="E1" name="Title of E1"><failure message="It matters." type="error">finding: aws_a.found: it is open. Close it.</failure></testcase>',
        '  <testcase classname="E2" name="Title of E2"><skipped message="unknown: aws_a.unknown: its url is not known. Close it."/></testcase>',
        '  <testcase classname="E3" name="Title of E3"><skipped message="allowed (until Sunday): aws_a.allowed: it is open"/></testcase>',
        '  <testcase classname="E4" name="Title of E4"/>',
        `  <system-out>${SUMMARY}</system-out>`,
        "</testsuite>",
        "",
      ].join("\n"),
    );
  });

  test("escapes what XML reserves, and replaces what it does not allow", () => {
    expect(junitFormat(reportOf({ E1: [outcome('a["<&>"]', "\u0000 \u001b \ud800 \u{1f600}")] }))).toContain(
      "finding: a[&quot;&lt;&amp;&gt;&quot;]: \ufffd \ufffd \ufffd \u{1f600}. Close it.",
    );
  });
});

describe("Markdown", () => {
  test("has a summary and a row for each outcome", () => {
    expect(markdownFormat(REPORT)).toBe(
      [
        "### Kloudfuse Firehose policies",
        "",
        `${SUMMARY}\n`,
        "| policy | status | resource | found | what to do |",
        "| --- | --- | --- | --- | --- |",
        "| E1 | **error** | <code>aws&#95;a.found</code> | it is open | Close it. |",
        "| W1 | **warning** | <code>aws&#95;a.warned</code> | it is open | Close it. |",
        "| E2 | unknown | <code>aws&#95;a.unknown</code> | its url is not known | Close it. |",
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
    const text = markdownFormat(reportOf({ E1: [outcome("a|b`c", "@team <b> [x](y) *z*\n# h")] }));
    expect(text).toContain("<code>a&#124;b&#96;c</code>");
    expect(text).toContain("| @\u200bteam &#60;b&#62; &#91;x&#93;(y) &#42;z&#42; &#35; h |");
  });

  test("stays below GitHub's 65,536 characters, and counts what it leaves out", () => {
    const many = (count: number): string =>
      markdownFormat(reportOf({ E1: Array.from({ length: count }, (_, index) => outcome(`aws_a.x${index}`)) }));
    const text = many(5000);
    expect(text.length).toBeLessThan(60_200);
    const rows = text.split("\n").filter((line) => line.startsWith("| E1")).length;
    expect(rows).toBeGreaterThan(500);
    expect(text).toMatch(new RegExp(`\n\n${5000 - rows} more left out: a comment cannot hold them.\n$`));
    expect(many(500)).not.toContain("left out");
  });
});

describe("SARIF", () => {
  const places: Record<string, { file: string; line: number; length: number }> = {
    "aws_a.found": { file: "infra/my root/ü.tf", line: 3, length: 20 },
  };
  const log = Json.parse(sarifFormat(REPORT, (address) => places[address] ?? { file: "main.tf", line: 1, length: 0 }));
  const run = log.at("runs", 0);

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
            region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 21 },
          },
          logicalLocations: [{ fullyQualifiedName: "aws_a.found", kind: "resource" }],
        },
      ],
      partialFingerprints: { "kloudfuseFirehose/v1": expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
    });
  });

  test("has fingerprints by rule, address and finding", () => {
    const print = (id: string, address: string, found: string): string =>
      Json.parse(
        sarifFormat(reportOf({ [id]: [outcome(address, found)] }), () => ({ file: "x", line: 9, length: 0 })),
      ).at("runs", 0, "results", 0, "partialFingerprints", "kloudfuseFirehose/v1").text;
    const same = print("E1", "aws_a.found", "it is open");
    expect(same).toBe(run.at("results", 0, "partialFingerprints", "kloudfuseFirehose/v1").text);
    const others = [
      print("E2", "aws_a.found", "it is open"),
      print("E1", "aws_a.other", "it is open"),
      print("E1", "aws_a.found", "it is shut"),
    ];
    expect(new Set([same, ...others]).size).toBe(4);
  });

  test("tells what is unknown or allowed, and what was evaluated, in notifications", () => {
    expect(run.at("invocations", 0, "toolExecutionNotifications").value).toEqual([
      { level: "note", message: { text: SUMMARY } },
      {
        level: "note",
        message: { text: "E2: aws_a.unknown: its url is not known. Close it." },
        associatedRule: { id: "E2" },
      },
      {
        level: "note",
        message: { text: "E3: aws_a.allowed: it is open. allowed: until Sunday" },
        associatedRule: { id: "E3" },
      },
    ]);
  });

  test("has a rule for each policy", () => {
    expect(run.at("tool", "driver", "rules", 0).value).toEqual({
      id: "W1",
      shortDescription: { text: "Title of W1" },
      fullDescription: { text: "Title of W1. It matters." },
      help: { text: "It matters. Source: A page.", markdown: "It matters.\n\nSource: A page." },
      defaultConfiguration: { level: "warning" },
    });
  });
});

describe("a table", () => {
  test("breaks long words instead of cutting them", () => {
    const address = `module.kloudfuse.aws_kinesis_firehose_delivery_stream.${"x".repeat(80)}`;
    const text = tableFormat(reportOf({ E1: [outcome(address)] }));
    expect(text).not.toContain("…");
    expect(text.match(/x/g)).toHaveLength(80);
  });

  test("lets foreign text not steer the terminal", () => {
    const text = tableFormat(reportOf({ E1: [outcome("a.b", "\u001b[31mred\u202e")] }));
    expect(text).not.toContain("\u001b[31m");
    expect(text).not.toContain("\u202e");
  });
});
