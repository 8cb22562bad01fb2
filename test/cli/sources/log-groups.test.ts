import { type LogGroup, listLogGroups } from "../../../cli/sources/log-groups";
import { actionOf, firehoseError, jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

async function read(respond: Respond, prefix?: string): Promise<LogGroup[]> {
  const groups = new Array<LogGroup>();
  for await (const group of listLogGroups(logsStub(respond), prefix)) {
    groups.push(group);
  }
  return groups;
}

describe("the log groups of a region", () => {
  test("are read page by page, with class and time of creation", async () => {
    const requests = new Array<unknown>();
    const createdAt = new Date("2026-01-31T12:00:00Z");
    const pages = [
      {
        logGroups: [{ logGroupName: "a", logGroupClass: "INFREQUENT_ACCESS", creationTime: createdAt.getTime() }],
        nextToken: "more",
      },
      { logGroups: [{ logGroupName: "b" }] },
    ];
    const groups = await read((request) => {
      requests.push([actionOf(request), JSON.parse(request.body.toString())]);
      return jsonAnswer(pages[requests.length - 1] ?? {});
    });
    expect(groups).toEqual([
      { name: "a", logClass: "INFREQUENT_ACCESS", createdAt },
      { name: "b", logClass: "STANDARD", createdAt: undefined },
    ]);
    expect(requests).toEqual([
      ["DescribeLogGroups", {}],
      ["DescribeLogGroups", { nextToken: "more" }],
    ]);
  });

  test("are asked for by the beginning of their names", async () => {
    await read((request) => {
      expect(JSON.parse(request.body.toString())).toEqual({ logGroupNamePrefix: "/ecs/" });
      return jsonAnswer({});
    }, "/ecs/");
    expect.assertions(1);
  });

  test("name the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      /^AWS denied logs:DescribeLogGroups\./,
    );
  });
});
