import { table } from "../../scripts/markdown";

describe("a Markdown table", () => {
  test("has a header, a line below it, and a line for each row", () => {
    expect(
      table(
        ["input", "type"],
        [
          ["a", "1"],
          ["b", "2"],
        ],
      ),
    ).toBe("| input | type |\n| --- | --- |\n| a | 1 |\n| b | 2 |");
  });

  test("has its header alone without rows", () => {
    expect(table(["input"], [])).toBe("| input |\n| --- |");
  });

  test("escapes every character that would end a cell or begin an element", () => {
    expect(table(["a|b"], [["c||d", "<e> & <f>"]])).toBe("| a\\|b |\n| --- |\n| c\\|\\|d | &lt;e> & &lt;f> |");
  });
});
