import { type Check, ok, problem } from "../../../cli/checks/check";
import { reportJson, reportObject } from "../../../cli/terminal/report-json";

const checks = (): Check[] => [
  { subject: "kloudfuse-logs", region: "eu-west-1", ...ok("status", "ACTIVE") },
  { subject: "kloudfuse-logs", ...problem("endpoint", "port 80", "Use 443."), details: ["a"] },
];
const report = () => ({
  accountId: "123456789012",
  regions: ["eu-west-1"],
  evaluatedAt: new Date("2026-11-26T04:08:31Z"),
  checks: checks(),
});

describe("a report for machines", () => {
  test("has a summary, and every check as it is", () => {
    expect(JSON.parse(reportJson(report()))).toEqual({
      summary: {
        account: "123456789012",
        regions: ["eu-west-1"],
        evaluatedAt: "2026-11-26T04:08:31.000Z",
        counts: { problem: 1, unknown: 0, note: 0, ok: 1 },
        exitCode: 1,
      },
      checks: checks(),
    });
  });

  test("is indented, and ends with a line break", () => {
    expect(reportJson(report())).toMatch(/^\{\n {2}"summary": \{\n[\s\S]*\}\n$/);
  });

  test("has null for an account that is not known", () => {
    expect(reportObject({ ...report(), accountId: undefined })).toMatchObject({ summary: { account: null } });
  });

  test("has the exit code of the command where its checks do not decide it", () => {
    expect(reportObject(report(), 2)).toMatchObject({ summary: { exitCode: 2 } });
  });
});
