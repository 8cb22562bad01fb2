import type { Combination, CombinationInputs, InputText } from "./combination";
import type { Input } from "./input";
import { type InputName, inputOf } from "./inputs";
import { requirement } from "./rules";

/** The problems of a literal by the rules of its input; `name` is the input's name as the user wrote it. */
export function ruleProblems(name: string, literal: unknown, { rules, advice }: Input): string[] {
  if (/[$%]\{/.test(JSON.stringify(literal))) {
    return [`${name} must not contain \${ or %{, which Terraform would evaluate. Use a token for an expression.`];
  }
  return rules
    .filter((rule) => !rule.allows(literal))
    .map((rule) => `${requirement(rule, name)}, got ${rule.received(literal)}. ${advice}`.trimEnd());
}

/** The problem of literals that break a combination: one message, or none. The value of an omitted input is undefined. */
export function combinationProblem(
  combination: Combination,
  label: InputText,
  value: (name: InputName) => unknown,
): string[] {
  const inputs: CombinationInputs = {
    isSet: (name) => value(name) !== undefined,
    valueOf: (name) => value(name) ?? inputOf(name).default,
  };
  if (combination.allows(inputs)) {
    return [];
  }
  const received = combination.received?.literal(inputs) ?? "";
  return [combination.message(label, (name) => textOf(inputs.valueOf(name)), received)];
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
