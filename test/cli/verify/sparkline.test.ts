import { knownOf, sparkline } from "../../../cli/verify/sparkline";

describe("a sparkline", () => {
  test("goes from zero to the top, with gaps where nothing is known", () => {
    expect(sparkline([0, 1, 50, 99, 100, undefined])).toBe("[▁▂▄▇█ ]");
  });

  test("is flat where everything is zero", () => {
    expect(sparkline([0, 0])).toBe("[▁▁]");
  });

  test("knows the minutes that have a value", () => {
    expect(knownOf([undefined, 0, 1, undefined])).toEqual([0, 1]);
  });
});
