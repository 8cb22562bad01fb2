/** A value for each period; undefined where CloudWatch has none. */
export type Points = readonly (number | undefined)[];

/** What a metric math expression is over. */
export interface MetricMathContext {
  readonly series: Readonly<Record<string, Points>>;
  readonly length: number;
  readonly periodSeconds: number;
}

type Value = number | Points | readonly Points[];

/**
 * Evaluates the part of metric math that the alarms use, as documented: an operator between two series has a value
 * where both have one, `FILL` fills missing values, `MAX` and `MIN` of an array are over the series that have a value.
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
  const sequence = (end: string): Value[] => {
    const values: Value[] = [sum()];
    while (tokens[position] === ",") {
      take();
      values.push(sum());
    }
    take(end);
    return values;
  };
  const operand = (): Value => {
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
  const chain = (next: () => Value, operators: readonly string[]): Value => {
    let value = next();
    while (operators.includes(tokens[position] ?? "")) {
      const operator = take();
      const [left, right] = [toPoints(value, context.length), toPoints(next(), context.length)];
      value = left.map((point, index) => applyOperator(operator, point, right[index]));
    }
    return value;
  };
  const product = (): Value => chain(operand, ["*", "/"]);
  const sum = (): Value => chain(product, ["+", "-"]);
  const result = sum();
  if (position !== tokens.length) {
    throw new Error(`${expression} must end after token ${position}, got "${String(tokens[position])}".`);
  }
  return toPoints(result, context.length);
}

function toPoints(value: Value | undefined, length: number): Points {
  if (typeof value === "number") {
    return Array.from({ length }, () => value);
  }
  if (value === undefined || value.some((entry) => typeof entry === "object")) {
    throw new Error("An array of series must be the argument of MAX or MIN.");
  }
  return value.filter((entry) => typeof entry !== "object");
}

function applyOperator(operator: string, left: number | undefined, right: number | undefined): number | undefined {
  if (left === undefined || right === undefined) {
    return undefined;
  }
  const value = { "+": left + right, "-": left - right, "*": left * right, "/": left / right }[operator];
  // A division by zero has no value.
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function callFunction(
  name: string,
  [first, second]: readonly Value[],
  { length, periodSeconds }: MetricMathContext,
): Value {
  switch (name) {
    case "FILL": {
      const filler = toPoints(second, length);
      return toPoints(first, length).map((point, index) => point ?? filler[index]);
    }
    case "PERIOD":
      return periodSeconds;
    case "MAX":
    case "MIN": {
      if (typeof first !== "object") {
        throw new Error(`${name} must have an array of series.`);
      }
      const series = first.map((points) => (typeof points === "object" ? points : []));
      return Array.from({ length }, (_, index) => {
        const values = series.flatMap((points) => points[index] ?? []);
        return values.length === 0 ? undefined : Math[name === "MAX" ? "max" : "min"](...values);
      });
    }
    default:
      throw new Error(`The simulation knows no function ${name}. Add it.`);
  }
}
