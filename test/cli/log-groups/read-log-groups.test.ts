import { type LogGroupSelection, readLogGroups } from "../../../cli/log-groups/read-log-groups";
import type { LogGroup } from "../../../cli/sources/log-groups";
import { jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

async function read(respond: Respond, selection: Partial<LogGroupSelection> = {}): Promise<LogGroup[]> {
  const groups = new Array<LogGroup>();
  for await (const group of readLogGroups(logsStub(respond), { prefixes: [], excludes: [], ...selection })) {
    groups.push(group);
  }
  return groups;
}

const named = (...names: readonly string[]): ReturnType<Respond> =>
  jsonAnswer({ logGroups: names.map((logGroupName) => ({ logGroupName })) });
const namesOf = (groups: readonly LogGroup[]): string[] => groups.map(({ name }) => name);

describe("the log groups of a region", () => {
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
});
