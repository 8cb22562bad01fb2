import { subscriptionFilters, type SubscriptionFilter } from "../../../cli/sources/subscription-filters";
import { actionOf, firehoseError, jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

const read = (respond: Respond): Promise<SubscriptionFilter[]> => subscriptionFilters(logsStub(respond), "/ecs/api");

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

  test("are none where the log group does not exist any more", async () => {
    expect(await read(() => firehoseError(400, "ResourceNotFoundException"))).toEqual([]);
  });

  test("name the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      /^AWS denied logs:DescribeSubscriptionFilters\./,
    );
  });
});
