import { readSizes } from "../../../cli/log-groups/read-sizes";
import { DAY_MS } from "../../../cli/time";
import { actionOf, cloudWatchStub, firehoseError, jsonAnswer, type Respond } from "../../helpers/aws-stub";

const NOW = new Date("2026-01-31T12:00:00Z");
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

interface MetricDataRequest {
  readonly MetricDataQueries: readonly { readonly Id: string }[];
}

const read = (
  respond: Respond,
  names: readonly string[] = ["/ecs/api"],
  createdAt?: Date,
): Promise<ReadonlyMap<string, number>> =>
  readSizes(
    { cloudWatch: cloudWatchStub(respond) },
    names.map((name) => ({ name, logClass: "STANDARD", createdAt })),
    NOW,
  );
const answer =
  (Values: readonly number[], StatusCode = "Complete"): Respond =>
  () =>
    jsonAnswer({ MetricDataResults: [{ Id: "m0", StatusCode, Values }] });

describe("the size of a log group", () => {
  test("is asked for as the bytes that came in over seven days", async () => {
    const requests = new Array<unknown>();
    await read((request) => {
      requests.push(actionOf(request), JSON.parse(request.body.toString()));
      return jsonAnswer({});
    });
    expect(requests).toEqual([
      "GetMetricData",
      {
        StartTime: daysAgo(7).getTime() / 1000,
        EndTime: NOW.getTime() / 1000,
        MetricDataQueries: [
          {
            Id: "m0",
            MetricStat: {
              Metric: {
                Namespace: "AWS/Logs",
                MetricName: "IncomingBytes",
                Dimensions: [{ Name: "LogGroupName", Value: "/ecs/api" }],
              },
              Period: 86_400,
              Stat: "Sum",
            },
          },
        ],
      },
    ]);
  });

  test.each<[string, Date | undefined, number]>([
    ["at an unknown time", undefined, 200],
    ["more than seven days ago", daysAgo(8), 200],
    ["seven days ago", daysAgo(7), 200],
    ["two days ago", daysAgo(2), 700],
    ["an hour ago", daysAgo(1 / 24), 1400],
  ])("is by day, of a log group that was created %s", async (_, createdAt, bytesPerDay) => {
    expect(await read(answer([1000, 400]), ["/ecs/api"], createdAt)).toEqual(new Map([["/ecs/api", bytesPerDay]]));
  });

  test("is 0 where CloudWatch has no values", async () => {
    expect(await read(answer([]))).toEqual(new Map([["/ecs/api", 0]]));
  });

  test.each(["PartialData", "InternalError", "Forbidden"])("is not known with %s", async (status) => {
    expect(await read(answer([7], status))).toEqual(new Map());
  });

  test.each([
    [500, [500]],
    [501, [500, 1]],
    [1001, [500, 500, 1]],
  ])("of %i log groups takes requests of %j", async (count, sizes) => {
    const requests = new Array<number>();
    const names = Array.from({ length: count }, (_, index) => `group-${index}`);
    const found = await read(({ body }) => {
      const { MetricDataQueries } = JSON.parse(body.toString()) as MetricDataRequest;
      requests.push(MetricDataQueries.length);
      const MetricDataResults = MetricDataQueries.map(({ Id }, index) => ({
        Id,
        StatusCode: "Complete",
        Values: [7 * index],
      }));
      return jsonAnswer({ MetricDataResults });
    }, names);
    expect(requests).toEqual(sizes);
    expect(found.size).toBe(count);
    expect(found.get(`group-${count - 1}`)).toBe((count - 1) % 500);
  });

  test("names the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      /^AWS denied cloudwatch:GetMetricData\./,
    );
  });
});
