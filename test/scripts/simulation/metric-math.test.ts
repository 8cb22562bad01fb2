import { evaluateExpression, type MathReading, type Points } from "../../../scripts/simulation/metric-math";

const _ = undefined;

describe("metric math", () => {
  const evaluate = (expression: string, reading: Partial<MathReading> = {}): Points =>
    evaluateExpression(expression, {
      series: { a: [1, _, 3], b: [_, _, 6], never: [_, _, _] },
      length: 3,
      periodSeconds: 300,
      ...reading,
    });

  test.each<[string, Points]>([
    ["a", [1, _, 3]],
    // The documentation: missing values are treated as 0, a division by zero is dropped.
    ["a + b", [1, _, 9]],
    ["a + never", [1, _, 3]],
    ["b / (a - 1)", [_, _, 3]],
    ["1 - a", [0, _, -2]],
    ["FILL(a, 0) + FILL(b, 0)", [1, 0, 9]],
    ["FILL(never, 0)", [0, 0, 0]],
    ["300 * MAX([a / PERIOD(a), b])", [1, _, 1800]],
    ["(a - 1) * 2", [0, _, 4]],
    ["a * b", [0, _, 18]],
    ["a - b", [1, _, -3]],
    ["b - a", [-1, _, 3]],
    ["a / 2", [0.5, _, 1.5]],
    ["a + 0.25", [1.25, _, 3.25]],
    ["a / 0", [_, _, _]],
    // Products come before sums, and operators of one kind from left to right.
    ["1 + a * 2", [3, _, 7]],
    ["2 * a + 1", [3, _, 7]],
    ["8 - a - 1", [6, _, 4]],
    ["12 / a / 2", [6, _, 2]],
    ["8 - (a - 1)", [8, _, 6]],
    // A number is one in each period, and stays a number for what follows.
    ["7", [7, 7, 7]],
    ["2 * 3 - 1", [5, 5, 5]],
    ["2 * 3 * a", [6, _, 18]],
    ["(8 - 2) / a", [6, _, 2]],
    ["1 / 0", [_, _, _]],
    ["PERIOD(a)", [300, 300, 300]],
    ["FILL(a, 0.5)", [1, 0.5, 3]],
    ["FILL(a, b)", [1, _, 3]],
    ["FILL(b, a)", [1, _, 6]],
    ["MAX([a, b])", [1, _, 6]],
    ["MAX([a, 2])", [2, 2, 3]],
    ["MAX([never])", [_, _, _]],
    ["MAX([a - 4, b - 9])", [-3, _, -1]],
    ["FILL(MAX([a, b]), 0) + 1", [2, 1, 7]],
  ])("%s", (expression, points) => {
    expect(evaluate(expression)).toEqual(points);
  });

  test("FILL may leave a metric that was never published empty", () => {
    expect(evaluate("FILL(never, 0)", { fillsEmptySeries: false })).toEqual([_, _, _]);
    expect(evaluate("FILL(a, 0)", { fillsEmptySeries: false })).toEqual([1, 0, 3]);
  });

  test("an operator with a number may have values in gaps", () => {
    expect(evaluate("1 - a", { operatorsFillGaps: true })).toEqual([0, 1, -2]);
    expect(evaluate("1 - never", { operatorsFillGaps: true })).toEqual([_, _, _]);
  });

  test("an operator with a number may have values in gaps of a series on either side, and in none of two numbers", () => {
    expect(evaluate("a - 1", { operatorsFillGaps: true })).toEqual([0, -1, 2]);
    expect(evaluate("never - 1", { operatorsFillGaps: true })).toEqual([_, _, _]);
    expect(evaluate("a + b", { operatorsFillGaps: true })).toEqual([1, _, 9]);
  });

  test.each([
    ["c", 'c must use metrics of the alarm, got "c".'],
    ["", ' must use metrics of the alarm, got "".'],
    ["a +", 'a + must use metrics of the alarm, got "".'],
    ["a b", 'a b must end after token 1, got "b".'],
    ["a)", 'a) must end after token 1, got ")".'],
    ["(a", '(a must have ) at token 3, got "".'],
    ["MAX([a, b)", 'MAX([a, b) must have ] at token 7, got ")".'],
    ["FILL(a, 0", 'FILL(a, 0 must have ) at token 6, got "".'],
    ["SUM(a)", "The simulation knows no function SUM. Add it."],
    ["MIN([a])", "The simulation knows no function MIN. Add it."],
    ["MAX(1)", "MAX must have an array of series."],
    ["[a]", "An array of series must be the argument of MAX."],
    ["[a] + 1", "An array of series must be the argument of MAX."],
    ["FILL([a], 0)", "An array of series must be the argument of MAX."],
    ["FILL(a)", "An array of series must be the argument of MAX."],
  ])("rejects %s", (expression, message) => {
    expect(() => evaluate(expression)).toThrow(new Error(message));
  });
});
