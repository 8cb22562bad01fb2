import { MINUTES, outcomesOf } from "../../helpers/metrics";

const lines = (...[metrics]: Parameters<typeof outcomesOf>): string[] =>
  outcomesOf(metrics).map(({ verdict, name }) => `${verdict} ${name}`);

describe("the metrics of a stream", () => {
  test("are those of the delivery, and then those of the backup", () => {
    const names = outcomesOf({}).map(({ name }) => name);
    expect(names.findIndex((name) => /S3|backup/.test(name))).toBeGreaterThan(
      names.indexOf("DeliveryToHttpEndpoint.Success"),
    );
    expect(names).toContain("DeliveryToHttpEndpoint.Success");
  });

  test("count the last 15 minutes: what was before is history", () => {
    const before = [...Array<number>(5).fill(0), ...Array<number>(MINUTES).fill(1)];
    const within = [...Array<number>(5).fill(1), 0, ...Array<number>(MINUTES - 1).fill(1)];
    expect(lines({ success: before })).toContain("ok DeliveryToHttpEndpoint.Success");
    expect(lines({ success: within })).not.toContain("ok DeliveryToHttpEndpoint.Success");
  });
});
