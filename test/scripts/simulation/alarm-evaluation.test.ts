import type { Alarm } from "../../../modules/alarm-table";
import { alarmPoints, isInAlarm } from "../../../scripts/simulation/alarm-evaluation";
import type { Points } from "../../../scripts/simulation/metric-math";

const _ = undefined;

describe("the evaluation of missing data", () => {
  const X = 1;
  const state = (points: Points, datapointsToAlarm: number): [boolean, boolean] => {
    const of = (missingData: Alarm["missingData"]): boolean =>
      isInAlarm(
        points,
        { comparison: "GreaterThanThreshold", evaluationPeriods: 3, datapointsToAlarm, missingData },
        0,
      );
    return [of("breaching"), of("notBreaching")];
  };

  // CloudWatch User Guide, "How alarm state is evaluated when data is missing": the tables of examples.
  test.each<[Points, number, boolean, boolean]>([
    [[0, _, X, _, X], 3, false, false],
    [[0, _, _, _, _], 3, false, false],
    [[_, _, _, _, _], 3, true, false],
    [[0, X, X, _, X], 3, true, true],
    [[_, _, X, _, _], 3, true, false],
    [[0, _, X, _, X], 2, true, true],
    [[0, 0, X, 0, X], 2, true, true],
    [[0, _, X, _, _], 2, true, false],
    [[_, _, _, _, 0], 2, true, false],
    [[_, _, _, X, _], 2, true, false],
  ])("of %j, %i of 3: breaching %s, not breaching %s", (points, datapoints, breaching, notBreaching) => {
    expect(state(points, datapoints)).toEqual([breaching, notBreaching]);
  });
});

describe("an alarm", () => {
  const isAt = (points: Points, more: Partial<Parameters<typeof isInAlarm>[1]> = {}): boolean =>
    isInAlarm(
      points,
      {
        comparison: "GreaterThanThreshold",
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
        missingData: "notBreaching",
        ...more,
      },
      10,
    );

  test("compares with its threshold, which itself breaches in neither direction", () => {
    const of = (comparison: Alarm["comparison"]): readonly boolean[] =>
      [9, 10, 11].map((value) => isAt([value, value, value], { comparison }));
    expect(of("GreaterThanThreshold")).toEqual([false, false, true]);
    expect(of("LessThanThreshold")).toEqual([true, false, false]);
  });

  test("needs as many values that breach as it has data points to alarm", () => {
    expect(isAt([11, 11, 9], { datapointsToAlarm: 2 })).toBe(true);
    expect(isAt([11, 9, 9], { datapointsToAlarm: 2 })).toBe(false);
    expect(isAt([9, 9, 11], { datapointsToAlarm: 1 })).toBe(true);
  });

  test("evaluates the newest values alone", () => {
    expect(isAt([11, 9, 9, 9], { datapointsToAlarm: 1 })).toBe(false);
    expect(isAt([9, 11, 9, 9], { datapointsToAlarm: 1 })).toBe(true);
  });

  test("evaluates values of two periods more in the place of missing ones, and no older ones", () => {
    expect(isAt([11, 11, 11, _, _])).toBe(true);
    expect(isAt([11, 11, 11, _, _, _])).toBe(false);
    expect(isAt([11, _, _, 11, 11])).toBe(true);
  });

  test("takes missing data for breaching only where it says so", () => {
    expect(isAt([11, _, _, _, _], { missingData: "breaching" })).toBe(true);
    expect(isAt([9, _, _, _, _], { missingData: "breaching" })).toBe(false);
    expect(isAt([9, _, _, _, _], { missingData: "breaching", datapointsToAlarm: 2 })).toBe(true);
    expect(isAt([_, _, _, _, _], { missingData: "notBreaching", datapointsToAlarm: 1 })).toBe(false);
  });

  test("without points is evaluated as one without data", () => {
    expect(isAt([], { missingData: "breaching" })).toBe(true);
    expect(isAt([])).toBe(false);
  });
});

describe("the points of an alarm", () => {
  const alarm = (more: Partial<Alarm>): Alarm => ({
    id: "x",
    scope: "deployment",
    metrics: { a: { namespace: "AWS/Firehose", metric: "Records", statistic: "Sum" } },
    comparison: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: "notBreaching",
    meaning: "",
    advice: "",
    ...more,
  });
  const VALUES: Readonly<Record<string, Points>> = {
    "AWS/Firehose Records": [300, _, 600],
    "Other Records": [1, 2, 3],
  };
  const pointsOf = (more: Partial<Alarm>, reading: Partial<Parameters<typeof alarmPoints>[1]> = {}): Points =>
    alarmPoints(alarm(more), { length: 3, ...reading }, (metric) => VALUES[metric] ?? [_, _, _]);

  test("are those of its metric, by namespace and name", () => {
    expect(pointsOf({})).toEqual([300, _, 600]);
    const metrics = { b: { namespace: "Other", metric: "Records", statistic: "Sum" } } as const;
    expect(pointsOf({ metrics })).toEqual([1, 2, 3]);
  });

  test("are those of its expression, with the period of alarms", () => {
    expect(pointsOf({ expression: "a / PERIOD(a)" })).toEqual([1, _, 2]);
    expect(pointsOf({ expression: "FILL(a, 0)" })).toEqual([300, 0, 600]);
  });

  test("are read as the context says", () => {
    const metrics = { b: { namespace: "Other", metric: "None", statistic: "Sum" } } as const;
    expect(pointsOf({ metrics, expression: "FILL(b, 0)" })).toEqual([0, 0, 0]);
    expect(pointsOf({ metrics, expression: "FILL(b, 0)" }, { fillsEmptySeries: false })).toEqual([_, _, _]);
    expect(pointsOf({ expression: "a - 100" }, { operatorsFillGaps: true })).toEqual([200, -100, 500]);
  });
});
