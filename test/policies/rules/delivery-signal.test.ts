import { deliverySignal } from "../../../policies/rules/delivery-signal";
import { AFTER } from "../../helpers/iam-plan";
import type { PlannedChange } from "../../helpers/plan";
import { BACKUP, checkGood, goodStream, HTTP, type StreamBlocks, STREAM } from "../../helpers/rule-plan";

const METRICS_URL = "https://kfuse.example.com/ingester/kinesis/metrics";
const NEUTRAL: StreamBlocks = {
  http: { url: "https://kfuse.example.com/v1", name: "kloudfuse" },
  backup: { prefix: "failed/" },
  values: { name: "telemetry" },
};

const checked = (settings: StreamBlocks = {}, more: Partial<PlannedChange> = {}): string[] =>
  checkGood(deliverySignal, { stream: goodStream(settings, more) });
const disagree = (metrics: string, logs: string): string =>
  `finding ${STREAM}: metrics according to ${metrics}; logs according to ${logs} | Name one signal everywhere.`;

describe("KFF-DEL-010", () => {
  test.each<[string, StreamBlocks, string]>([
    [
      "the path",
      { http: { url: METRICS_URL } },
      disagree("the path", "the prefix, the endpoint's name, the stream's name"),
    ],
    [
      "the prefix",
      { backup: { prefix: "kloudfuse-metrics-failures/" } },
      disagree("the prefix", "the path, the endpoint's name, the stream's name"),
    ],
    [
      "the endpoint's name",
      { http: { name: "Kloudfuse METRICS" } },
      disagree("the endpoint's name", "the path, the prefix, the stream's name"),
    ],
    [
      "the stream's name",
      { values: { name: "kloudfuse-metrics" } },
      disagree("the stream's name", "the path, the prefix, the endpoint's name"),
    ],
    [
      "path and prefix",
      { http: { url: METRICS_URL }, backup: { prefix: "kloudfuse-metrics-failures/" } },
      disagree("the path, the prefix", "the endpoint's name, the stream's name"),
    ],
  ])("finds another signal in %s", (_, settings, outcome) => {
    expect(checked(settings)).toEqual([outcome]);
  });

  test("accepts settings that name no signal beside one that does", () => {
    expect(checked({ ...NEUTRAL, values: { name: "kloudfuse-logs" } })).toEqual([]);
    expect(checked({ signal: "metrics", address: STREAM })).toEqual([]);
  });

  test("says that nothing names the signal", () => {
    expect(checked(NEUTRAL)).toEqual([
      `unknown ${STREAM}: nothing names its signal: whether it carries metrics or logs is undetermined | Name metrics or logs in its path, prefix and names.`,
    ]);
  });

  test.each([
    [`${HTTP}.url`, "the path"],
    [`${BACKUP}.prefix`, "the prefix"],
    [`${HTTP}.name`, "the endpoint's name"],
    ["name", "the stream's name"],
  ])("says that %s is not known", (path, what) => {
    expect(checked({}, { unknown: [path] })).toEqual([
      `unknown ${STREAM}: whether ${what} names the same signal is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says which ones are not known, once", () => {
    expect(checked({ ...NEUTRAL, values: { name: "x" } }, { unknown: [`${HTTP}.url`, "name"] })).toEqual([
      `unknown ${STREAM}: whether the path, the stream's name names the same signal is not known before the apply | ${AFTER}`,
    ]);
  });

  test.each([
    ["kloudfsue-logs", "kloudfsue", "kloudfuse"],
    ["Klodfuse-logs", "klodfuse", "kloudfuse"],
    ["cloudfuse-logs", "cloudfuse", "kloudfuse"],
    ["kloudfuse-metrcis-logs", "metrcis", "metrics"],
    ["metricss.logs", "metricss", "metrics"],
  ])("finds the likely typo in the name %s", (name, typo, word) => {
    expect(checked({ values: { name } })).toEqual([
      `finding ${STREAM}: name has "${typo}", likely a typo | Write ${word}, if that is intended.`,
    ]);
  });

  test("finds a typo in the endpoint's name, and quotes none that is sensitive", () => {
    const typo = { http: { name: "kloudfsue-logs" } };
    const found = (shown: string): string =>
      `finding ${STREAM}: ${HTTP}.name has ${shown}, likely a typo | Write kloudfuse, if that is intended.`;
    expect(checked(typo)).toEqual([found('"kloudfsue"')]);
    expect(checked(typo, { sensitive: [`${HTTP}.name`] })).toEqual([found("(sensitive value)")]);
  });

  test.each(["kloudfuse-metric-logs", "prod-logs", "fuse-logs", "metro-logs", "kloudfuse.logs"])(
    "takes %s for no typo",
    (name) => {
      expect(checked({ values: { name } })).toEqual([]);
    },
  );
});
