import type { LogGroup } from "../../../cli/log-groups/log-group";
import { type LogGroupSelection, readLogGroups } from "../../../cli/log-groups/read-log-groups";
import { actionOf, firehoseError, jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

async function read(respond: Respond, selection: Partial<LogGroupSelection> = {}): Promise<LogGroup[]> {
  const context = { logs: logsStub(respond) };
  const groups = new Array<LogGroup>();
  for await (const group of readLogGroups(context, { prefixes: [], excludes: [], ...selection })) {
    groups.push(group);
  }
  return groups;
}

const named = (...names: readonly string[]): ReturnType<Respond> =>
  jsonAnswer({ logGroups: names.map((logGroupName) => ({ logGroupName })) });
const namesOf = (groups: readonly LogGroup[]): string[] => groups.map(({ name }) => name);

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

  test("are asked for by each prefix, and are listed once where prefixes overlap", async () => {
    const prefixes = new Array<unknown>();
    const groups = await read(
      ({ body }) => {
        const { logGroupNamePrefix } = JSON.parse(body.toString()) as { readonly logGroupNamePrefix?: string };
        prefixes.push(logGroupNamePrefix);
        return logGroupNamePrefix === "/ecs/" ? named("/ecs/api", "/ecs/web") : named("/ecs/api");
      },
      { prefixes: ["/ecs/", "/ecs/a"] },
    );
    expect(prefixes).toEqual(["/ecs/", "/ecs/a"]);
    expect(namesOf(groups)).toEqual(["/ecs/api", "/ecs/web"]);
  });

  test("leave out excluded names, with wildcards", async () => {
    const respond = (): ReturnType<Respond> => named("/ecs/api", "/ecs/api-debug", "/ecs/v1", "/ecs/v12", "/ECS/api");
    expect(namesOf(await read(respond, { excludes: ["/ecs/api"] }))).toEqual([
      "/ecs/api-debug",
      "/ecs/v1",
      "/ecs/v12",
      "/ECS/api",
    ]);
    expect(namesOf(await read(respond, { excludes: ["*-debug", "/ecs/v?"] }))).toEqual([
      "/ecs/api",
      "/ecs/v12",
      "/ECS/api",
    ]);
    expect(await read(respond, { excludes: ["*"] })).toEqual([]);
  });

  test("take other characters of a pattern as they are", async () => {
    expect(namesOf(await read(() => named("/a.b", "/axb"), { excludes: ["/a.b"] }))).toEqual(["/axb"]);
  });

  test("name the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      /^AWS denied logs:DescribeLogGroups\./,
    );
  });
});
