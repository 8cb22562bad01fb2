import { AccessDeniedError } from "../../../cli/aws/call";
import {
  readFiltersOfEach,
  listSubscriptionFilters,
  type SubscriptionFilter,
} from "../../../cli/sources/subscription-filters";
import { actionOf, firehoseError, jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

const read = (respond: Respond): Promise<SubscriptionFilter[]> =>
  listSubscriptionFilters(logsStub(respond), "/ecs/api");

describe("the subscription filters of a log group", () => {
  test("are read page by page", async () => {
    const requests = new Array<unknown>();
    const pages = [
      {
        subscriptionFilters: [{ filterName: "a", destinationArn: "arn:a", roleArn: "role", filterPattern: "ERROR" }],
        nextToken: "more",
      },
      { subscriptionFilters: [{ filterName: "b", destinationArn: "arn:b" }] },
    ];
    const filters = await read((request) => {
      requests.push([actionOf(request), JSON.parse(request.body.toString())]);
      return jsonAnswer(pages[requests.length - 1] ?? {});
    });
    expect(filters).toEqual([
      { name: "a", destinationArn: "arn:a", roleArn: "role", filterPattern: "ERROR" },
      { name: "b", destinationArn: "arn:b", roleArn: "", filterPattern: "" },
    ]);
    expect(requests).toEqual([
      ["DescribeSubscriptionFilters", { logGroupName: "/ecs/api" }],
      ["DescribeSubscriptionFilters", { logGroupName: "/ecs/api", nextToken: "more" }],
    ]);
  });

  test.each([
    [undefined, {}],
    ["ByLogStream", {}],
    ["Random", { distribution: "Random" }],
  ])("have the distribution %j where it is not the default", async (distribution, expected) => {
    const filter = { filterName: "a", destinationArn: "arn:a", distribution };
    expect(await read(() => jsonAnswer({ subscriptionFilters: [filter] }))).toEqual([
      { name: "a", destinationArn: "arn:a", roleArn: "", filterPattern: "", ...expected },
    ]);
  });

  test("are none where the log group does not exist any more", async () => {
    expect(await read(() => firehoseError(400, "ResourceNotFoundException"))).toEqual([]);
  });

  test("name the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      /^AWS denied logs:DescribeSubscriptionFilters\./,
    );
  });
});

describe("the subscription filters of several log groups", () => {
  async function* groups(...names: readonly string[]): AsyncGenerator<{ readonly name: string }> {
    for (const name of names) {
      yield await Promise.resolve({ name });
    }
  }

  test("come with their log groups, and with what AWS denies of one", async () => {
    const respond: Respond = ({ body }) =>
      body.toString().includes("/denied")
        ? firehoseError(400, "AccessDeniedException")
        : jsonAnswer({ subscriptionFilters: [{ filterName: "a", destinationArn: "arn:a" }] });
    const found = new Map<string, unknown>();
    for await (const read of readFiltersOfEach(logsStub(respond), groups("/ecs/api", "/denied"))) {
      read.forEach(({ group, filters }) =>
        found.set(group.name, filters instanceof AccessDeniedError ? "denied" : filters),
      );
    }
    expect(Object.fromEntries(found)).toEqual({
      "/ecs/api": [{ name: "a", destinationArn: "arn:a", roleArn: "", filterPattern: "" }],
      "/denied": "denied",
    });
  });
});
