import { groupBy } from "../../policies/group-by";

describe("items", () => {
  test("are grouped in their order", () => {
    const groups = groupBy(["ab", "b", "a", "bc"], (text) => text.charAt(0));
    expect([...groups]).toEqual([
      ["a", ["ab", "a"]],
      ["b", ["b", "bc"]],
    ]);
  });

  test("of nothing in common have a group of their own", () => {
    expect([...groupBy([1, undefined, 1], (item) => item)]).toEqual([
      [1, [1, 1]],
      [undefined, [undefined]],
    ]);
    expect(groupBy([], String).size).toBe(0);
  });
});
