import { jsonFormat } from "../../../../cli/policy/formats/json";
import { reportOfEachKind, SUMMARY_OF_EACH_KIND } from "./report";

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
    expect(JSON.parse(jsonFormat(reportOfEachKind()))).toEqual({
      conclusion: "findings",
      summary: [SUMMARY_OF_EACH_KIND],
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
