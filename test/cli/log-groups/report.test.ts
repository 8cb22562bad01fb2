import { logGroupsExitCode, logGroupsJson, renderLogGroups } from "../../../cli/log-groups/report";
import { fakeTerminal } from "../../helpers/terminal";
import { GROUPS, listed, reportWith } from "./example-groups";

const HEADER = "Account 123456789012, region eu-central-1, evaluated 2026-01-31 12:00:00Z";
const SUMMARY =
  "5 log groups: 2 feed kloudfuse-logs (2.4 MB a day), 1 can be subscribed (1.2 MB a day), 1 blocked, 1 undetermined";

describe("a listing of log groups", () => {
  test("has on a terminal what is not known first, then what feeds Kloudfuse, can, and should not", () => {
    expect(renderLogGroups(reportWith(), fakeTerminal({ columns: 100 }))).toBe(`${HEADER}

Undetermined
unknown  /ecs/secret: its subscription filters are not known; Standard class, free filters
    undetermined, size undetermined
    → Allow it.

Feed Kloudfuse
feeds    /ecs/fed-by-module: fed by subscription filter kloudfuse-logs; Standard class, 4 of 5
    filters free, 1.2 MB a day
feeds    /ecs/fed-by-policy: fed by account policy all; Standard class, 5 of 5 filters free, 1.2 MB
    a day

Can be subscribed
open     /ecs/api: Standard class, 5 of 5 filters free, 1.2 MB a day

Blocked
blocked  /ecs/rare: of another class; Infrequent Access class, 0 of 5 filters free, 0 B a day
    → Create another one.

5 log groups: 2 feed kloudfuse-logs (2.4 MB a day), 1 can be subscribed (1.2 MB a day), 1 blocked, 1
  undetermined
`);
  });

  test("has in a pipe a line each: state, region, class, free filters, bytes a day, name, text, remedy", () => {
    const lines = renderLogGroups(reportWith(), fakeTerminal({ isTTY: false })).split("\n");
    expect(lines).toEqual([
      `# ${HEADER}`,
      "unknown\teu-central-1\tStandard\t-\t-\t/ecs/secret\tits subscription filters are not known; Standard class, free filters undetermined, size undetermined\tAllow it.",
      "feeds\teu-central-1\tStandard\t4\t1200000\t/ecs/fed-by-module\tfed by subscription filter kloudfuse-logs; Standard class, 4 of 5 filters free, 1.2 MB a day\t-",
      "feeds\teu-central-1\tStandard\t5\t1200000\t/ecs/fed-by-policy\tfed by account policy all; Standard class, 5 of 5 filters free, 1.2 MB a day\t-",
      "open\teu-central-1\tStandard\t5\t1200000\t/ecs/api\tStandard class, 5 of 5 filters free, 1.2 MB a day\t-",
      "blocked\teu-central-1\tInfrequent Access\t0\t0\t/ecs/rare\tof another class; Infrequent Access class, 0 of 5 filters free, 0 B a day\tCreate another one.",
      `# ${SUMMARY}`,
      "",
    ]);
  });

  test("says that there is no stream yet, and what is not known", () => {
    const report = reportWith({ groups: [listed("a")], hasStream: false, reasons: ["AWS denied it."] });
    expect(
      renderLogGroups(report, fakeTerminal({ isTTY: false }))
        .split("\n")
        .slice(2),
    ).toEqual([
      "# 1 log group: 0 feed kloudfuse-logs (0 B a day), 1 can be subscribed (1.2 MB a day), 0 blocked, 0 undetermined",
      "# There is no delivery stream kloudfuse-logs in this region: nothing feeds it yet.",
      "# Undetermined: AWS denied it.",
      "",
    ]);
  });

  test("is an object for machines", () => {
    const json: unknown = JSON.parse(
      logGroupsJson(reportWith({ groups: GROUPS.slice(3), reasons: ["AWS denied it."] })),
    );
    expect(json).toEqual({
      summary: {
        account: "123456789012",
        regions: ["eu-central-1"],
        evaluatedAt: "2026-01-31T12:00:00.000Z",
        stream: "kloudfuse-logs",
        counts: { unknown: 1, feeds: 0, open: 0, blocked: 1 },
        undetermined: ["AWS denied it."],
        exitCode: 2,
      },
      logGroups: [
        {
          name: "/ecs/rare",
          class: "INFREQUENT_ACCESS",
          state: "blocked",
          reason: "of another class",
          remedy: "Create another one.",
          filters: [],
          freeFilters: 0,
          bytesPerDay: 0,
        },
        {
          name: "/ecs/secret",
          class: "STANDARD",
          state: "unknown",
          reason: "its subscription filters are not known",
          remedy: "Allow it.",
          filters: null,
          freeFilters: null,
          bytesPerDay: null,
        },
      ],
    });
  });

  test("has no account and no stream for machines where they are not known", () => {
    const json: unknown = JSON.parse(logGroupsJson(reportWith({ accountId: undefined, hasStream: false })));
    expect(json).toMatchObject({ summary: { account: null, stream: null } });
  });
});

describe("the exit code of a listing", () => {
  test("is 0 where all is known", () => {
    expect(logGroupsExitCode(reportWith({ groups: GROUPS.slice(0, 4) }))).toBe(0);
  });

  test("is 2 where the state of a log group is not", () => {
    expect(logGroupsExitCode(reportWith())).toBe(2);
  });

  test("is 2 where something else is not", () => {
    expect(logGroupsExitCode(reportWith({ groups: [], reasons: ["AWS denied it."] }))).toBe(2);
  });
});
