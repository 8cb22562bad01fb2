import type { Combination, CombinationInputs, InputText } from "./combination";
import type { Input } from "./input";
import { type InputName, inputOf } from "./inputs";

/** What is wrong with a literal of an input, by its rules; `name` is what the user wrote it as. */
export function ruleProblems(name: string, literal: unknown, { rules, advice }: Input): string[] {
  if (/[$%]\{/.test(JSON.stringify(literal))) {
    return [`${name} must not contain \${ or %{, which Terraform would evaluate. Use a token for an expression.`];
  }
  return rules
    .filter((rule) => !rule.allows(literal))
    .map((rule) => `${name} must ${rule.text}, got ${rule.received(literal)}. ${advice}`.trimEnd());
}

/** What is wrong with literals together: one message, or none. An input that is left out has the value undefined. */
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
