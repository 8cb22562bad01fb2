import {
  type AlarmScenario,
  ALARM_SCENARIOS,
  firingAlarms,
  type Reading,
  thresholdWithDefaults,
} from "../../../scripts/simulation/alarm-scenarios";

const _ = undefined;

describe("which alarms fire", () => {
  const FIRING: Readonly<Record<string, object>> = {
    healthy: {},
    "total outage": { delivery_failing: 15, records_backed_up: 15 },
    "slow endpoint": {},
    "413 only": { request_too_large: 5 },
    "backup denied": { delivery_failing: 15, backup_failing: 20, delivery_stalled: 30 },
    "quiet account": {},
    throttled: { throttled: 10, quota_near: 15 },
    "key disabled": { customer_key_unusable: 5 },
    "metric stream stopped": { metric_stream_failing: 40, metrics_silent: 40 },
  };

  test("is simulated for every situation", () => {
    expect(ALARM_SCENARIOS.map(({ name }) => name)).toEqual(Object.keys(FIRING));
  });

  test.each(ALARM_SCENARIOS)("$name", (scenario) => {
    expect(firingAlarms(scenario)).toEqual(FIRING[scenario.name]);
  });

  // No alarm may depend on what is not documented: whether FILL fills a metric that was never published, whether an
  // operator between a number and a series has values in the series' gaps, and whether values come within their period.
  const READINGS: Readonly<Record<string, Partial<Reading>>> = {
    "FILL leaves a metric without data empty": { fillsEmptySeries: false },
    "an operator with a number has values in gaps": { operatorsFillGaps: true },
  };

  describe.each(Object.entries(READINGS))("is the same where %s", (_name, reading) => {
    test.each(ALARM_SCENARIOS)("$name", (scenario) => {
      expect(firingAlarms(scenario, reading)).toEqual(FIRING[scenario.name]);
    });
  });

  test.each(ALARM_SCENARIOS)("$name: the same alarms where the values of the latest period are late", (scenario) => {
    const late = firingAlarms(scenario, { delayPeriods: 1 });
    expect(Object.keys(late)).toEqual(Object.keys(FIRING[scenario.name] ?? {}));
  });
});

describe("a situation", () => {
  const scenario = (valuesAt: AlarmScenario["valuesAt"], name = "test"): AlarmScenario => ({
    name,
    description: "",
    valuesAt,
  });
  const healthy = (): Readonly<Record<string, number>> =>
    ALARM_SCENARIOS.find(({ name }) => name === "healthy")?.valuesAt(0) ?? {};
  const THROTTLED = "AWS/Firehose ThrottledRecords";

  test("follows an hour of health, in which nothing fires", () => {
    expect(firingAlarms(scenario(healthy))).toEqual({});
    // Two periods of the last three: the second period after the change.
    expect(firingAlarms(scenario(() => ({ ...healthy(), [THROTTLED]: 1 })))).toEqual({ throttled: 10 });
  });

  test("is counted in periods of five minutes after the change, for two hours", () => {
    const from = (first: number): AlarmScenario =>
      scenario((period) => ({ ...healthy(), [THROTTLED]: period >= first ? 1 : 0 }));
    expect(firingAlarms(from(1))).toEqual({ throttled: 15 });
    expect(firingAlarms(from(22))).toEqual({ throttled: 120 });
    expect(firingAlarms(from(23))).toEqual({});
  });

  test("has an alarm once, at the first time that it fires", () => {
    const twice = scenario((period) => ({ ...healthy(), [THROTTLED]: [0, 1, 6, 7].includes(period) ? 1 : 0 }));
    expect(firingAlarms(twice)).toEqual({ throttled: 10 });
  });

  test("of a logs stream has no alarm on the metrics stream, and no traffic before", () => {
    const silent = (): Readonly<Record<string, number>> => ({ "AWS/CloudWatch/MetricStreams PublishErrorRate": 0 });
    expect(firingAlarms(scenario(silent, "quiet account"))).toEqual({});
    expect(firingAlarms(scenario(silent))).toEqual({ metrics_silent: 40 });
  });

  test("of a logs stream has the alarms on everything else", () => {
    const failing = scenario(() => ({ "AWS/CloudWatch/MetricStreams PublishErrorRate": 1 }), "quiet account");
    expect(firingAlarms(failing)).toEqual({ metric_stream_failing: 30 });
  });

  const valuesOf = (name: string, metric: string, periods: readonly number[]): readonly unknown[] => {
    const found = ALARM_SCENARIOS.find((each) => each.name === name);
    return periods.map((period) => found?.valuesAt(period)[metric]);
  };

  test("with a slow endpoint has a retry in every third period", () => {
    const success = "AWS/Firehose DeliveryToHttpEndpoint.Success";
    expect(valuesOf("slow endpoint", success, [0, 1, 2, 3, 6])).toEqual([0.97, 1, 1, 0.97, 0.97]);
  });

  test("with requests that are too large has one in an hour, which is not accepted", () => {
    const periods = [0, 1, 6, 11, 12];
    expect(valuesOf("413 only", "KloudfuseFirehose RequestTooLarge", periods)).toEqual([1, _, _, _, 1]);
    const success = "AWS/Firehose DeliveryToHttpEndpoint.Success";
    expect(valuesOf("413 only", success, periods)).toEqual([0.99, 1, 1, 1, 0.99]);
  });

  test("is a period later where values come a period late", () => {
    const throttled = scenario(() => ({ ...healthy(), [THROTTLED]: 1 }));
    expect(firingAlarms(throttled, { delayPeriods: 0 })).toEqual({ throttled: 10 });
    expect(firingAlarms(throttled, { delayPeriods: 1 })).toEqual({ throttled: 15 });
    expect(firingAlarms(throttled, { delayPeriods: 2 })).toEqual({ throttled: 20 });
  });
});

test("the thresholds of a deployment are those of its default inputs", () => {
  expect(thresholdWithDefaults({ threshold: 0 })).toBe(0);
  expect(thresholdWithDefaults({ threshold: 1.5 })).toBe(1.5);
  expect(thresholdWithDefaults({ threshold: "stalled seconds" })).toBe(900);
  expect(thresholdWithDefaults({ threshold: "quota percentage" })).toBe(80);
});
