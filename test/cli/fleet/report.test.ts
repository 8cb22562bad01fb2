import { note, ok, problem, unknown } from "../../../cli/checks/check";
import { AccessDeniedError } from "../../../cli/aws/call";
import {
  fleetChecks,
  type FleetReport,
  renderFleetReport,
  type StackChecks,
  stackChecks,
} from "../../../cli/fleet/report";
import { fakeTerminal } from "../../helpers/terminal";
import { fleetTarget } from "../../helpers/fleet";

let healthy: StackChecks;
let broken: StackChecks;
let unreachable: StackChecks;
let report: FleetReport;

beforeEach(() => {
  healthy = stackChecks({
    target: fleetTarget(),
    answer: [
      { subject: "kloudfuse-logs", region: "eu-west-1", ...ok("status", "ACTIVE") },
      { subject: "kloudfuse-logs", region: "eu-west-1", ...note("alarms", "none", "Create them.") },
    ],
  });
  broken = stackChecks({
    target: fleetTarget({ region: "us-east-1" }),
    answer: [
      { subject: "kloudfuse-logs", region: "us-east-1", ...ok("status", "ACTIVE") },
      { subject: "kloudfuse-logs", region: "us-east-1", ...problem("endpoint", "port 80", "Use 443.") },
      { subject: "kloudfuse-logs", region: "us-east-1", ...unknown("metrics", "AWS denied it.", "Grant it.") },
    ],
  });
  unreachable = stackChecks({
    target: fleetTarget({ account: "444455556666" }),
    answer: new AccessDeniedError("AWS denied sts:AssumeRole on the role. Grant it."),
  });
  report = {
    fleet: "fleet.json",
    evaluatedAt: new Date("2026-11-26T04:08:31Z"),
    stacks: [healthy, broken, unreachable],
  };
});

describe("the checks of a stack", () => {
  test("are what was found", () => {
    expect(healthy).toMatchObject({
      stackId: "kloudfuse-firehose-111122223333-eu-west-1",
      account: "111122223333",
      region: "eu-west-1",
      checks: [{ name: "status" }, { name: "alarms" }],
    });
  });

  test("are one that is unknown where the stack could not be read", () => {
    expect(unreachable.checks).toEqual([
      {
        subject: "stack",
        name: "access",
        verdict: "unknown",
        found: "AWS denied sts:AssumeRole on the role.",
        remedy: "Grant it.",
      },
    ]);
  });

  test("have their account and region in the checks of the fleet", () => {
    expect(fleetChecks(report).map(({ account, region, name }) => `${account} ${region} ${name}`)).toEqual([
      "111122223333 eu-west-1 status",
      "111122223333 eu-west-1 alarms",
      "111122223333 us-east-1 status",
      "111122223333 us-east-1 endpoint",
      "111122223333 us-east-1 metrics",
      "444455556666 eu-west-1 access",
    ]);
  });
});

describe("the report on a fleet", () => {
  test("lists problems and what is unknown, and then the stacks that have them", () => {
    expect(renderFleetReport(report, { format: "table" }, fakeTerminal({ columns: 80 }))).toBe(
      `Fleet fleet.json, 3 stacks in 2 accounts, evaluated 2026-11-26 04:08:31Z

kloudfuse-logs (111122223333 us-east-1)
problem  endpoint: port 80
    → Use 443.

kloudfuse-logs (111122223333 us-east-1)
unknown  metrics: AWS denied it.
    → Grant it.

stack (444455556666 eu-west-1)
unknown  access: AWS denied sts:AssumeRole on the role.
    → Grant it.

stacks
problem  111122223333 us-east-1: 1 problem, 1 unknown, 0 notes, 1 ok

stacks
unknown  444455556666 eu-west-1: 0 problems, 1 unknown, 0 notes, 0 ok

3 stacks: 1 with problems, 1 undetermined, 1 healthy
6 checks: 1 problem, 2 unknown, 1 note, 2 ok (list notes and ok with --all)
`,
    );
  });

  test("lists every check and stack with --all", () => {
    const text = renderFleetReport(report, { format: "table", all: true }, fakeTerminal({ isTTY: false }));
    expect(text.split("\n")).toEqual([
      "# Fleet fleet.json, 3 stacks in 2 accounts, evaluated 2026-11-26 04:08:31Z",
      "problem\t111122223333\tus-east-1\tkloudfuse-logs\tendpoint\tport 80\tUse 443.",
      "unknown\t111122223333\tus-east-1\tkloudfuse-logs\tmetrics\tAWS denied it.\tGrant it.",
      "unknown\t444455556666\teu-west-1\tstack\taccess\tAWS denied sts:AssumeRole on the role.\tGrant it.",
      "note\t111122223333\teu-west-1\tkloudfuse-logs\talarms\tnone\tCreate them.",
      "ok\t111122223333\teu-west-1\tkloudfuse-logs\tstatus\tACTIVE\t-",
      "ok\t111122223333\tus-east-1\tkloudfuse-logs\tstatus\tACTIVE\t-",
      "problem\t111122223333\tus-east-1\tstack\t111122223333 us-east-1\t1 problem, 1 unknown, 0 notes, 1 ok\t-",
      "unknown\t444455556666\teu-west-1\tstack\t444455556666 eu-west-1\t0 problems, 1 unknown, 0 notes, 0 ok\t-",
      "ok\t111122223333\teu-west-1\tstack\t111122223333 eu-west-1\t0 problems, 0 unknown, 1 note, 1 ok\t-",
      "# 3 stacks: 1 with problems, 1 undetermined, 1 healthy",
      "# 6 checks: 1 problem, 2 unknown, 1 note, 2 ok",
      "",
    ]);
  });

  test("says only that a fleet is healthy, where it is", () => {
    const ofHealthy = { ...report, stacks: [healthy] };
    expect(renderFleetReport(ofHealthy, { format: "table" }, fakeTerminal())).toBe(
      `Fleet fleet.json, 1 stack in 1 account, evaluated 2026-11-26 04:08:31Z

1 stack: 0 with problems, 0 undetermined, 1 healthy
2 checks: 0 problems, 0 unknown, 1 note, 1 ok (list notes and ok with --all)
`,
    );
  });

  test("has every check and stack as JSON, and the exit code", () => {
    const text = renderFleetReport(report, { format: "json" }, fakeTerminal());
    const json: unknown = JSON.parse(text);
    expect(json).toMatchObject({
      summary: {
        fleet: "fleet.json",
        account: null,
        regions: ["eu-west-1", "us-east-1"],
        evaluatedAt: "2026-11-26T04:08:31.000Z",
        counts: { problem: 1, unknown: 2, note: 1, ok: 2 },
        exitCode: 1,
      },
      stacks: [
        {
          stack: "kloudfuse-firehose-111122223333-eu-west-1",
          account: "111122223333",
          region: "eu-west-1",
          verdict: "ok",
          counts: { problem: 0, unknown: 0, note: 1, ok: 1 },
        },
        { stack: "kloudfuse-firehose-111122223333-us-east-1", verdict: "problem" },
        { stack: "kloudfuse-firehose-444455556666-eu-west-1", verdict: "unknown" },
      ],
    });
    expect(json).toHaveProperty("checks", fleetChecks(report));
  });

  test("has exit code 2 as JSON where nothing is worse than unknown", () => {
    const withoutProblems = { ...report, stacks: [healthy, unreachable] };
    expect(JSON.parse(renderFleetReport(withoutProblems, { format: "json" }, fakeTerminal()))).toHaveProperty(
      "summary.exitCode",
      2,
    );
  });
});
