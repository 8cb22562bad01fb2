import { excludedLogGroups, isOfKloudfuse } from "../../../policies/sources/criteria";

describe("selection criteria of an account policy", () => {
  test.each<[string, string, readonly string[] | undefined]>([
    ["are empty: leave out nothing", "", []],
    ["leave out exact names", 'LogGroupName NOT IN ["a", "/b/c"]', ["a", "/b/c"]],
    ["leave out nothing by an empty list", "LogGroupName NOT IN []", []],
    ["have any white space", ' LogGroupName\n NOT  IN["a"] ', ["a"]],
    ["skip what is no name", 'LogGroupName NOT IN ["a", 1]', ["a"]],
    ["have another operator", 'LogGroupName IN ["a"]', undefined],
    ["have another key", 'LogStreamName NOT IN ["a"]', undefined],
    ["are no list", 'LogGroupName NOT IN ["a"', undefined],
    ["have invalid JSON", "LogGroupName NOT IN [a]", undefined],
    ["have text after the list", 'LogGroupName NOT IN ["a"] OR 1', undefined],
  ])("that %s", (_, criteria, excluded) => {
    expect(excludedLogGroups(criteria)).toEqual(excluded);
  });
});

test.each<[string, boolean]>([
  ["/aws/eks/kloudfuse/cluster", true],
  ["/ecs/KFuse-ingester", true],
  ["/ecs/api", false],
  ["/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs", false],
])("by its name, %s is of Kloudfuse's own cluster: %s", (name, isOwn) => {
  expect(isOfKloudfuse(name)).toBe(isOwn);
});
