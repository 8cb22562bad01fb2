import { cappedNames } from "../../cli/capped-names";

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);
const TEN = names(10).join(", ");

test.each([
  [0, ""],
  [1, "n0"],
  [10, TEN],
  [11, `${TEN}, and 1 other`],
  [1234, `${TEN}, and 1,224 others`],
])("a list of %d names is %j", (count, text) => {
  expect(cappedNames(names(count))).toBe(text);
});

test("a name has at most 300 characters, on one line", () => {
  expect(cappedNames(["a\nb", "x".repeat(301)])).toBe(`a b, ${"x".repeat(299)}…`);
});
