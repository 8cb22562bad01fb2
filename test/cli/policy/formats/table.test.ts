import { tableFormat } from "../../../../cli/policy/formats/table";
import type { Report } from "../../../../cli/policy/report";
import { fakeTerminal } from "../../../helpers/terminal";
import { outcome, reportOf, reportOfEachKind, SUMMARY_OF_EACH_KIND } from "./report";

describe("text", () => {
  const unknowns = (count: number) =>
    Array.from({ length: count }, (_, index) => outcome(`unknown.n${index}`, "its url is not known", "unknown"));
  const listed = (text: string, word: string): number => text.split(`${word}: `).length - 1;
  const onTerminal = (report: Report, columns = 80): string => tableFormat(report, fakeTerminal({ columns }));

  test("is a list below 120 columns, what matters most first", () => {
    expect(onTerminal(reportOfEachKind())).toBe(
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
    expect(onTerminal(reportOfEachKind(), 120)).toMatch(/^│ error +│ E1 +│ it is open +│$/m);
  });

  test("is a tab-separated line for each outcome in a pipe, and a comment for the summary", () => {
    expect(tableFormat(reportOfEachKind(), fakeTerminal({ isTTY: false }))).toBe(
      [
        "error\taws_a.found\tE1\tit is open\tClose it.",
        "warning\taws_a.warned\tW1\tit is open\tClose it.",
        "unknown\taws_a.unknown\tE2\tits url is not known\tClose it.",
        "note\taws_a.noted\tN1\tit is open\tClose it.",
        "allowed\taws_a.allowed\tE3\tit is open\tuntil Sunday",
        `# ${SUMMARY_OF_EACH_KIND}`,
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
