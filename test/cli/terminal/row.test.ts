import { VERDICTS } from "../../../cli/checks/check";
import { shownDetails, WORD_WIDTH } from "../../../cli/terminal/row";

const details = (count: number): string[] => Array.from({ length: count }, (_, index) => `detail ${index}`);

describe("the details of a row", () => {
  test.each([0, 1, 20])("are all shown if there are %d", (count) => {
    expect(shownDetails(details(count))).toEqual(details(count));
  });

  test.each([
    [21, "… and 1 more; --format json has all"],
    [10_000, "… and 9,980 more; --format json has all"],
  ])("are 20 of %d, and how many others there are", (count, rest) => {
    expect(shownDetails(details(count))).toEqual([...details(20), rest]);
  });
});

test("every verdict fits the width of a word", () => {
  expect(Math.max(...VERDICTS.map(({ length }) => length))).toBe(WORD_WIDTH);
});
