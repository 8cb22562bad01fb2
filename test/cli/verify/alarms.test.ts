import { alarmOutcomes } from "../../../cli/verify/alarms";
import type { DeploymentAlarms } from "../../../cli/verify/deployment-alarms";
import { expectedStackWith } from "../../helpers/fleet";
import { alarmOf, compositeOf, TOPIC_ARN } from "../../helpers/alarms";

type MetricAlarms = DeploymentAlarms["metricAlarms"];

const of = (metricAlarms: MetricAlarms, compositeAlarms: DeploymentAlarms["compositeAlarms"] = []) =>
  alarmOutcomes({ metricAlarms, compositeAlarms });
const lines = (...alarms: Parameters<typeof of>): string[] =>
  of(...alarms).map(({ verdict, name, found }) => `${verdict} | ${name} | ${found}`);

const SILENT = { alarmActions: [], allActions: [] };

describe("the alarms of the streams", () => {
  test("are counted and named where they are OK", () => {
    expect(lines([alarmOf({ name: "a" }), alarmOf({ name: "b" })])).toEqual(["ok | alarms | 2 alarms are OK: a, b"]);
    expect(lines([alarmOf({ name: "a" })])).toEqual(["ok | alarms | 1 alarm is OK: a"]);
  });

  test("are a note where there is none: that is no fault", () => {
    expect(of([])).toEqual([
      {
        name: "alarms",
        verdict: "note",
        found: "there is no alarm on the streams: nobody is notified when telemetry stops",
        remedy:
          "No action needed if something else watches them. Otherwise create the alarms (create_alarms = true, with create_alarm_topic = true or alarm_topic_arn).",
      },
    ]);
  });

  test("are a problem where there is none, and a fleet file has them", () => {
    const none = { metricAlarms: [], compositeAlarms: [] };
    expect(alarmOutcomes(none, expectedStackWith({ hasAlarms: true }))).toEqual([
      {
        name: "alarms",
        verdict: "problem",
        found: "there is no alarm on the streams, but fleet.json creates alarms",
        remedy: "Deploy the stack, or correct create_alarms in fleet.json.",
      },
    ]);
    expect(alarmOutcomes(none, expectedStackWith())[0]?.verdict).toBe("note");
  });

  test("are a problem each in ALARM, with the time, the reason and the command of the description", () => {
    expect(of([alarmOf({ state: "ALARM" })])).toEqual([
      {
        name: "alarm logs-failing",
        verdict: "problem",
        found: "ALARM since 2026-01-31 11:40:00Z: Threshold Crossed",
        remedy: "Kloudfuse rejects requests. Run kloudfuse-firehose verify to find the cause.",
      },
    ]);
  });

  test("are a problem in ALARM without time, reason and description too", () => {
    const [outcome] = of([alarmOf({ state: "ALARM", since: undefined, reason: "", description: "" })]);
    expect(outcome).toMatchObject({ found: "ALARM", remedy: "See the other checks of the streams." });
  });

  test("steer no terminal, however long their texts are", () => {
    const text = `\u001b[2J${"x".repeat(2000)}`;
    const [outcome] = of([alarmOf({ name: text, state: "ALARM", reason: text, description: text })]);
    expect(outcome?.name).toHaveLength("alarm ".length + 255);
    expect(outcome?.found).toHaveLength("ALARM since 2026-01-31 11:40:00Z: ".length + 300);
    expect(outcome?.remedy).toHaveLength(500);
    expect(JSON.stringify(outcome)).not.toContain("u001b");
  });

  test("are a note together without data, and not OK", () => {
    const state = "INSUFFICIENT_DATA";
    expect(lines([alarmOf({ name: "a", state }), alarmOf({ name: "b", state, since: undefined })])).toEqual([
      "note | alarms | 2 alarms have no data, which is not OK: a (INSUFFICIENT_DATA since 2026-01-31 11:40:00Z), b (INSUFFICIENT_DATA)",
    ]);
    expect(lines([alarmOf({ name: "a", state })])).toEqual([
      "note | alarms | 1 alarm has no data, which is not OK: a (INSUFFICIENT_DATA since 2026-01-31 11:40:00Z)",
    ]);
  });

  test.each([
    ["", "AWS returns no state"],
    ["NEW", "NEW"],
  ])("are unknown in the state %j", (state, found) => {
    expect(lines([alarmOf({ state })])).toEqual([`unknown | alarm logs-failing | ${found}`]);
  });
});

describe("alarms that notify nobody", () => {
  test("are a note without actions", () => {
    expect(lines([alarmOf({ name: "a", ...SILENT }), alarmOf({ name: "b", ...SILENT })])).toEqual([
      "note | alarm actions | 2 alarms have no actions: nobody is notified: a, b",
      "ok | alarms | 2 alarms are OK: a, b",
    ]);
  });

  test("are a note with actions for recoveries alone", () => {
    expect(lines([alarmOf({ alarmActions: [], allActions: [TOPIC_ARN] })])[0]).toBe(
      "note | alarm actions | 1 alarm has no actions: nobody is notified: logs-failing",
    );
  });

  test("are a note with actions that are not enabled, with the command that enables them", () => {
    const outcomes = of([alarmOf({ name: "a", isEnabled: false }), alarmOf({ name: "b", isEnabled: false })]);
    expect(outcomes[0]).toEqual({
      name: "alarm actions",
      verdict: "note",
      found: "the actions of 2 alarms are not enabled: nobody is notified: a, b",
      remedy: "Enable them: aws cloudwatch enable-alarm-actions --alarm-names a b",
    });
  });

  test("are said beside the problem of one in ALARM", () => {
    expect(lines([alarmOf({ state: "ALARM", ...SILENT })])).toEqual([
      "problem | alarm logs-failing | ALARM since 2026-01-31 11:40:00Z: Threshold Crossed",
      "note | alarm actions | 1 alarm has no actions: nobody is notified: logs-failing",
    ]);
  });

  test("are none where a composite alarm tells of them", () => {
    expect(lines([alarmOf(SILENT)], [compositeOf()])).toEqual(["ok | alarms | 1 alarm is OK: logs-failing"]);
  });

  test.each([
    ["without actions", SILENT],
    ["whose actions are not enabled", { isEnabled: false }],
    ["of other alarms", { rule: "ALARM(other)" }],
  ])("are a note beside a composite alarm %s", (_, fields) => {
    expect(lines([alarmOf(SILENT)], [compositeOf(fields)])[0]).toMatch(/^note \| alarm actions/);
  });
});
