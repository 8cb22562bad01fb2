/** A value for each period; undefined where CloudWatch has none. */
export type Points = readonly (number | undefined)[];

/** What the documentation of metric math leaves open: what depends on it must hold both ways. */
export interface MathReading {
  /**
   * Whether FILL fills a series that has no value at all, such as that of a metric that was never published.
   * @default true
   */
  readonly fillsEmptySeries: boolean;
  /**
   * Whether an operator between a number and a series takes the series' gaps as 0, as it does between two series.
   * @default false
   */
  readonly operatorsFillGaps: boolean;
}

/** What a metric math expression is over. */
export interface MetricMathContext extends Partial<MathReading> {
  readonly series: Readonly<Record<string, Points>>;
  readonly length: number;
  readonly periodSeconds: number;
}

type MathValue = number | Points | readonly Points[];

/**
 * Evaluates the part of metric math that the alarms use, as documented: an operator between two series takes a missing
 * value as 0 where the other one has a value, drops a division by zero, `FILL` fills missing values, `MAX` of an array is
 * over the series that have a value.
 *
 * Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics".
 */
export function evaluateExpression(expression: string, context: MetricMathContext): Points {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(\.\d+)?|[-+*/()[\],]/g) ?? [];
  let position = 0;
  const take = (expected?: string): string => {
    const token = tokens[position++] ?? "";
    if (expected !== undefined && token !== expected) {
      throw new Error(`${expression} must have ${expected} at token ${position}, got "${token}".`);
    }
    return token;
  };
  const sequence = (end: string): MathValue[] => {
    const values: MathValue[] = [sum()];
    while (tokens[position] === ",") {
      take();
      values.push(sum());
    }
    take(end);
    return values;
  };
  const operand = (): MathValue => {
    const token = take();
    if (token === "(") {
      const value = sum();
      take(")");
      return value;
    }
    if (token === "[") {
      return sequence("]").map((value) => toPoints(value, context.length));
    }
    if (/^\d/.test(token)) {
      return Number(token);
    }
    if (tokens[position] === "(") {
      take();
      return callFunction(token, sequence(")"), context);
    }
    const points = context.series[token];
    if (points === undefined) {
      throw new Error(`${expression} must use metrics of the alarm, got "${token}".`);
    }
    return points;
  };
  const chain = (next: () => MathValue, operators: readonly string[]): MathValue => {
    let value = next();
    while (operators.includes(tokens[position] ?? "")) {
      const operator = take();
      value = applyOperator(operator, value, next(), context);
    }
    return value;
  };
  const product = (): MathValue => chain(operand, ["*", "/"]);
  const sum = (): MathValue => chain(product, ["+", "-"]);
  const result = sum();
  if (position !== tokens.length) {
    throw new Error(`${expression} must end after token ${position}, got "${String(tokens[position])}".`);
  }
  return toPoints(result, context.length);
}

function toPoints(value: MathValue | undefined, length: number): Points {
  if (typeof value === "number") {
    return Array.from({ length }, () => value);
  }
  if (value === undefined || value.some((entry) => typeof entry === "object")) {
    throw new Error("An array of series must be the argument of MAX.");
  }
  return value.filter((entry) => typeof entry !== "object");
}

function applyOperator(
  operator: string,
  left: MathValue,
  right: MathValue,
  { length, operatorsFillGaps = false }: MetricMathContext,
): MathValue {
  const constant = typeof left === "number" && typeof right === "number" ? calculate(operator, left, right) : undefined;
  if (constant !== undefined) {
    return constant; // Not a series, which would fill the gaps of another one.
  }
  const [lefts, rights] = [toPoints(left, length), toPoints(right, length)];
  const isOfTwoSeries = typeof left === "object" && typeof right === "object";
  const takesMissingAsZero = isOfTwoSeries || (operatorsFillGaps && hasValues(lefts) && hasValues(rights));
  return lefts.map((first, index) => {
    const second = rights[index];
    const isMissing = takesMissingAsZero
      ? first === undefined && second === undefined
      : first === undefined || second === undefined;
    return isMissing ? undefined : calculate(operator, first ?? 0, second ?? 0);
  });
}

const hasValues = (points: Points): boolean => points.some((point) => point !== undefined);

function calculate(operator: string, left: number, right: number): number | undefined {
  const value = { "+": left + right, "-": left - right, "*": left * right, "/": left / right }[operator];
  // A division by zero has no value.
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function callFunction(
  name: string,
  [first, second]: readonly MathValue[],
  { length, periodSeconds, fillsEmptySeries = true }: MetricMathContext,
): MathValue {
  switch (name) {
    case "FILL": {
      const [points, filler] = [toPoints(first, length), toPoints(second, length)];
      return hasValues(points) || fillsEmptySeries ? points.map((point, index) => point ?? filler[index]) : points;
    }
    case "PERIOD":
      return periodSeconds;
    case "MAX": {
      if (typeof first !== "object") {
        throw new Error("MAX must have an array of series.");
      }
      const series = first.map((points) => (typeof points === "object" ? points : []));
      return Array.from({ length }, (_, index) => {
        const values = series.flatMap((points) => points[index] ?? []);
        return values.length === 0 ? undefined : Math.max(...values);
      });
    }
    default:
      throw new Error(`The simulation knows no function ${name}. Add it.`);
  }
}
