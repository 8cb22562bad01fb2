import { junitFormat } from "../../../../cli/policy/formats/junit";
import {
  NO_PLAN,
  NO_STREAM,
  outcome,
  reportOf,
  reportOfEachKind,
  reportWith,
  SUMMARY_OF_EACH_KIND,
  TARGETED,
} from "./report";

describe("JUnit", () => {
  test("has a test case for each policy: failed with a finding, skipped with a note, if unknown or allowed, else passed", () => {
    expect(junitFormat(reportOfEachKind())).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuite name="kloudfuse-firehose policies" tests="6" failures="2" errors="0" skipped="3">',
        '  <testcase classname="W1" name="Title of W1"><failure message="It matters." type="warning">finding: aws_a.warned: it is open. Close it.</failure></testcase>',
        '  <testcase classname="E1" name="Title of E1"><failure message="It matters." type="error">finding: aws_a.found: it is open. Close it.</failure></testcase>',
        '  <testcase classname="E2" name="Title of E2"><skipped message="unknown: aws_a.unknown: its url is not known. Close it."/></testcase>',
        '  <testcase classname="N1" name="Title of N1"><skipped message="note: aws_a.noted: it is open. Close it."/></testcase>',
        '  <testcase classname="E3" name="Title of E3"><skipped message="allowed (until Sunday): aws_a.allowed: it is open"/></testcase>',
        '  <testcase classname="E4" name="Title of E4"/>',
        `  <system-out>${SUMMARY_OF_EACH_KIND}</system-out>`,
        "</testsuite>",
        "",
      ].join("\n"),
    );
  });

  test("escapes what XML reserves, and replaces what it does not allow", () => {
    expect(
      junitFormat(reportOf({ E1: [outcome('a["<&>"]', "\u0000\u001b\u202e\ud800 \ufffe\uffff \u{1f600}")] })),
    ).toContain("finding: a[&quot;&lt;&amp;&gt;&quot;]:  \ufffd \ufffd\ufffd \u{1f600}. Close it.");
  });
});

describe("a test case of JUnit", () => {
  const caseOf = (...of: Parameters<typeof reportWith>): string | undefined =>
    junitFormat(reportWith(...of))
      .split("\n")
      .find((line) => line.includes('classname="E1"'));
  const start = '  <testcase classname="E1" name="Title of E1">';
  const unknown = (): ReturnType<typeof outcome> => outcome("a.unknown", "its url is not known", "unknown");

  test("has every outcome of its policy, each on a line of its own", () => {
    const outcomes = { E1: [outcome("a.one"), unknown(), outcome("a.two")], E2: [outcome("a.other")] };
    expect(caseOf(outcomes, { allow: ["E1@a.two=until Sunday"] })).toBe(
      `${start}<failure message="It matters." type="error">finding: a.one: it is open. Close it.&#10;unknown: a.unknown: its url is not known. Close it.&#10;allowed (until Sunday): a.two: it is open</failure></testcase>`,
    );
  });

  test("fails by its finding, also where something unknown fails too", () => {
    expect(caseOf({ E1: [unknown(), outcome("a.one")] }, { failOnUnknown: true })).toContain(
      '<failure message="It matters." type="error">',
    );
  });

  test("fails by what is unknown with --fail-on-unknown alone", () => {
    expect(caseOf({ E1: [unknown()] }, {})).toBe(
      `${start}<skipped message="unknown: a.unknown: its url is not known. Close it."/></testcase>`,
    );
    expect(caseOf({ E1: [unknown()] }, { failOnUnknown: true })).toBe(
      `${start}<failure message="It matters." type="unknown">unknown: a.unknown: its url is not known. Close it.</failure></testcase>`,
    );
  });

  test("fails by what is unknown beside what is allowed", () => {
    const outcomes = { E1: [unknown(), outcome("a.two")] };
    expect(caseOf(outcomes, { failOnUnknown: true, allow: ["E1@a.two=until Sunday"] })).toContain(
      '<failure message="It matters." type="unknown">',
    );
  });

  test("is skipped with --fail-on-unknown where everything is allowed", () => {
    expect(caseOf({ E1: [unknown()] }, { failOnUnknown: true, allow: ["E1=until Sunday"] })).toBe(
      `${start}<skipped message="allowed (until Sunday): a.unknown: its url is not known"/></testcase>`,
    );
  });

  test("passes without outcomes, also where an outcome below the severity is not listed", () => {
    const passed = '  <testcase classname="E1" name="Title of E1"/>';
    expect(caseOf({ E1: [], E2: [outcome("a.b")] }, {})).toBe(passed);
    const minor = junitFormat(reportWith({ W1: [outcome("a.b")] }, { minSeverity: "error" }));
    expect(minor).toContain('  <testcase classname="W1" name="Title of W1"/>');
  });

  test("escapes the title and the reason of its policy", () => {
    const report = reportOf({ E1: [outcome("a.b")] });
    const policies = report.policies.map((policy) => ({ ...policy, title: 'a < "b"', why: "c & d" }));
    const rows = report.rows.map((row) => ({ ...row, policy: policies[0] ?? row.policy }));
    expect(junitFormat({ ...report, policies, rows })).toContain(
      'name="a &lt; &quot;b&quot;"><failure message="c &amp; d" type="error">',
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

  test("has an error for each limitation, and escapes it", () => {
    const text = junitFormat(
      reportWith({}, { limitations: [TARGETED, { ...NO_PLAN, message: 'a "b"', remedy: "c > d" }] }),
    );
    expect(text).toContain('tests="2" failures="0" errors="2" skipped="0"');
    expect(text).toContain('<error message="a &quot;b&quot;" type="noPlan">c &gt; d</error>');
  });

  test("has no error for a limitation that does not keep the plan from being evaluated", () => {
    expect(junitFormat(reportWith({}, { limitations: [{ ...TARGETED, isUnusable: false }] }))).toContain(
      'tests="0" failures="0" errors="0" skipped="0"',
    );
  });
});
