import { type Alarm, ALARMS } from "../../modules/alarm-table";
import { alarmCatalogue } from "../../scripts/alarm-catalogue";
import { ALARM_SCENARIOS, firingAlarms } from "../../scripts/simulation/alarm-scenarios";

const alarms = (): readonly Alarm[] => ALARMS;
const lines = (): readonly string[] => alarmCatalogue().split("\n");

/** The cells of the row that begins with a text. */
const cellsOf = (start: string): readonly string[] | undefined =>
  lines()
    .find((line) => line.startsWith(`| ${start} |`))
    ?.split(" | ")
    .map((cell) => cell.replace(/^\| | \|$/g, ""));

describe("the list of alarms", () => {
  test("has a row for each alarm, in their order, with its meaning", () => {
    const start = lines().indexOf("| alarm | of each | fires when | periods | missing data | meaning |");
    const rows = lines().slice(start + 2, start + 2 + ALARMS.length);
    expect(rows.map((row) => row.split("`")[1])).toEqual(alarms().map(({ id }) => id));
    expect(lines()[start + 2 + ALARMS.length]).toBe("");
    for (const { id, meaning } of alarms()) {
      expect(cellsOf(`\`${id}\``)?.at(-1)).toBe(meaning);
    }
  });

  test.each<[id: string, scope: string, condition: string, periods: string, missingData: string]>([
    [
      "delivery_failing",
      "delivery stream",
      "`success` &lt; 1 (success: Average of DeliveryToHttpEndpoint.Success)",
      "3 of 3",
      "not breaching",
    ],
    [
      "records_backed_up",
      "delivery stream",
      "`FILL(delivered, 0) + FILL(backedup, 0)` > 0 (delivered: Sum of DeliveryToS3.Records, backedup: Sum of BackupToS3.Records)",
      "1 of 3",
      "not breaching",
    ],
    [
      "delivery_stalled",
      "delivery stream",
      "`freshness` > stalled seconds (freshness: Maximum of DeliveryToHttpEndpoint.DataFreshness)",
      "3 of 3",
      "not breaching",
    ],
    [
      "metrics_silent",
      "metrics delivery stream, with a metric stream",
      "`records` &lt; 1 (records: Sum of IncomingRecords)",
      "6 of 6",
      "breaching",
    ],
  ])("says of %s what it is of, when it fires, and how often", (id, ...cells) => {
    expect(cellsOf(`\`${id}\``)?.slice(1, 5)).toEqual(cells);
  });

  test("says what an alarm needs beside its stream, and of the others nothing", () => {
    const withRequirement = alarms().filter(({ id }) => cellsOf(`\`${id}\``)?.[1]?.includes(", with a "));
    expect(withRequirement.map(({ id }) => id)).toEqual(
      alarms().flatMap(({ id, requires }) => (requires === undefined ? [] : [id])),
    );
  });
});

test("the tables of cost and of situations have their headers", () => {
  expect(alarmCatalogue()).toContain("\n| what | metrics | USD a month |\n| --- | --- | --- |\n| both streams | ");
  expect(alarmCatalogue()).toContain(
    "\n| situation | alarms, with the minutes until they fire |\n| --- | --- |\n| **healthy**: ",
  );
});

describe("the cost of the alarms", () => {
  const count = (isCounted: (alarm: Alarm) => boolean): number =>
    alarms()
      .filter(isCounted)
      .reduce((sum, { metrics }) => sum + Object.keys(metrics).length, 0);

  test("counts the metrics of both streams, of the deployment and of a metric stream", () => {
    const perStream = count(({ scope }) => scope === "delivery stream");
    const ofDeployment = count(({ scope }) => scope === "deployment");
    const ofMetricStream = count(({ scope }) => ["metric stream", "metrics delivery stream"].includes(scope));
    expect([perStream, ofDeployment, ofMetricStream]).toEqual([17, 1, 2]);
    expect(cellsOf("both streams")).toEqual(["both streams", "2 × 17 + 1 = 35", "3.50"]);
    expect(cellsOf("both streams, a metric stream")).toEqual([
      "both streams, a metric stream",
      "2 × 17 + 1 + 2 = 37",
      "3.70",
    ]);
  });

  test("is without quota_near where the quota percentage is 0", () => {
    expect(count(({ id }) => id === "quota_near")).toBe(6);
    expect(cellsOf("both streams, `alarm_quota_percent = 0`")).toEqual([
      "both streams, `alarm_quota_percent = 0`",
      "2 × 11 + 1 = 23",
      "2.30",
    ]);
  });
});

describe("which alarms fire", () => {
  test.each(ALARM_SCENARIOS)("has a row for $name, with its description and the minutes of each alarm", (scenario) => {
    const firing = Object.entries(firingAlarms(scenario)).map(([id, minutes]) => `\`${id}\` ${minutes}`);
    expect(lines()).toContain(
      `| **${scenario.name}**: ${scenario.description} | ${firing.length === 0 ? "none" : firing.join(", ")} |`,
    );
  });

  test("has exact minutes, and says where nothing fires", () => {
    expect(alarmCatalogue()).toMatch(/\n\| \*\*healthy\*\*: [^|]* \| none \|\n/);
    expect(alarmCatalogue()).toMatch(
      /\n\| \*\*total outage\*\*: [^|]* \| `delivery_failing` 15, `records_backed_up` 15 \|\n/,
    );
  });

  test("has no other rows", () => {
    const rows = lines().filter((line) => line.startsWith("| **"));
    expect(rows).toHaveLength(ALARM_SCENARIOS.length);
  });
});
