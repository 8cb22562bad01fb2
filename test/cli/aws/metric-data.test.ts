import { getMetricData, type MetricData } from "../../../cli/aws/metric-data";
import { asObject, parsedJson } from "../../../iam/json";
import { actionOf, cloudWatchStub, firehoseError, jsonAnswer, type Respond } from "../../helpers/aws-stub";

const RANGE = { StartTime: new Date(0), EndTime: new Date(60_000) };

async function read(respond: Respond, count: number): Promise<unknown[]> {
  const queries = Array.from({ length: count }, (_, index) => ({ Id: `m${index}` }));
  const ids = new Array<unknown>();
  for await (const { id } of getMetricData(cloudWatchStub(respond), RANGE, queries)) {
    ids.push(id);
  }
  return ids;
}

const echo: Respond = ({ body }) => {
  const { MetricDataQueries: queries } = asObject(parsedJson(body.toString()));
  return jsonAnswer({ MetricDataResults: queries });
};

describe("metric data", () => {
  test.each([
    [0, []],
    [1, [1]],
    [500, [500]],
    [501, [500, 1]],
  ])("of %i queries takes requests of %j", async (count, sizes) => {
    const requests = new Array<number>();
    const ids = await read((request) => {
      const { MetricDataQueries: queries } = asObject(parsedJson(request.body.toString()));
      requests.push(Array.isArray(queries) ? queries.length : 0);
      return echo(request);
    }, count);
    expect(requests).toEqual(sizes);
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => `m${index}`));
  });

  test("is asked for with the range", async () => {
    const requests = new Array<unknown>();
    await read((request) => {
      requests.push(actionOf(request), parsedJson(request.body.toString()));
      return jsonAnswer({});
    }, 1);
    expect(requests).toEqual(["GetMetricData", { StartTime: 0, EndTime: 60, MetricDataQueries: [{ Id: "m0" }] }]);
  });

  test("of several pages is one, complete with the last page", async () => {
    const page = (Timestamp: number, Value: number, StatusCode: string, NextToken?: string): object => ({
      MetricDataResults: [{ Id: "m0", Timestamps: [Timestamp], Values: [Value], StatusCode }],
      NextToken,
    });
    const pages = [page(0, 1, "PartialData", "next"), page(60, 2, "Complete")];
    const tokens = new Array<unknown>();
    const cloudWatch = cloudWatchStub(({ body }) => {
      tokens.push(asObject(parsedJson(body.toString()))["NextToken"]);
      return jsonAnswer(pages.shift() ?? {});
    });
    const results = new Array<MetricData>();
    for await (const result of getMetricData(cloudWatch, RANGE, [{ Id: "m0" }])) {
      results.push(result);
    }
    expect(results).toEqual([{ id: "m0", times: [new Date(0), new Date(60_000)], values: [1, 2], isComplete: true }]);
    expect(tokens).toEqual([undefined, "next"]);
  });

  test.each(["PartialData", "InternalError", "Forbidden"])("is not complete with %s at the end", async (StatusCode) => {
    const cloudWatch = cloudWatchStub(() => jsonAnswer({ MetricDataResults: [{ Id: "m0", StatusCode }] }));
    for await (const { isComplete } of getMetricData(cloudWatch, RANGE, [{ Id: "m0" }])) {
      expect(isComplete).toBe(false);
    }
    expect.assertions(1);
  });

  test("names the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"), 1)).rejects.toThrow(
      /^AWS denied cloudwatch:GetMetricData\./,
    );
  });
});
