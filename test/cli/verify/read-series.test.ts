import { type SeriesQuery, readSeries } from "../../../cli/verify/read-series";
import { cloudWatchStub, jsonAnswer } from "../../helpers/aws-stub";

const NOW = new Date("2026-01-31T12:00:20Z");
const QUERY: SeriesQuery = { id: "m0", namespace: "AWS/X", metric: "Errors", statistic: "Sum", dimensions: [] };
const secondsOf = (time: string): number => Date.parse(`2026-01-31T${time}Z`) / 1000;

function read(result: object) {
  const cloudWatch = cloudWatchStub(() => jsonAnswer({ MetricDataResults: [{ Id: "m0", ...result }] }));
  return readSeries({ cloudWatch, now: NOW }, [QUERY], 3);
}

describe("a series", () => {
  test("has a value for each whole minute, and none where CloudWatch has none", async () => {
    const seriesOf = await read({ Timestamps: [secondsOf("11:57:00"), secondsOf("11:59:00")], Values: [1, 2] });
    expect(seriesOf("m0")).toEqual([1, undefined, 2]);
  });

  test("leaves out the minute that is not over", async () => {
    const seriesOf = await read({ Timestamps: [secondsOf("12:00:00")], Values: [5] });
    expect(seriesOf("m0")).toEqual([undefined, undefined, undefined]);
  });

  test("has no value where CloudWatch returned nothing of it", async () => {
    expect((await read({}))("other")).toEqual([undefined, undefined, undefined]);
  });

  test.each(["PartialData", "InternalError", "Forbidden"])("is undetermined with %s", async (StatusCode) => {
    await expect(read({ StatusCode })).rejects.toThrow(
      "CloudWatch did not return all values of Errors. Run the command again.",
    );
  });
});
