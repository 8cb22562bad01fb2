import { Token } from "cdktf";
import { type CombinationInputs, COMBINATIONS } from "./combinations";
import { INPUTS } from "./inputs";
import type { KloudfuseFirehoseProps } from "./props";
import type { Rule } from "./rules";

/**
 * Refuses literals that break a rule, a combination that cannot work, and a secret given as a
 * literal. Tokens pass: Terraform checks them when it plans.
 *
 * @throws Error naming each input, its rule, the value received and what to do
 */
export function checkInputs(props: KloudfuseFirehoseProps): void {
  const values: ReadonlyMap<string, unknown> = new Map(Object.entries(props));
  const problems = Object.entries(INPUTS).flatMap(([name, input]) => {
    const value = values.get(name);
    if (value === undefined) {
      return input.default === undefined ? [`${name} must be given. ${input.advice}`] : [];
    }
    if (input.sensitive && !Token.isUnresolved(value)) {
      return [literalSecret(name)];
    }
    return brokenRules(name, value, input.rules, input.advice);
  });
  refuse([...problems, ...refusedCombinations(values)]);
}

/**
 * Refuses a literal that breaks one of the rules.
 *
 * @throws Error naming the property, the rule and the value received
 */
export function checkProperty(name: string, value: unknown, rules: readonly Rule[]): void {
  refuse(value === undefined ? [] : brokenRules(name, value, rules, ""));
}

/**
 * Refuses a secret given as a literal, which would stand in the synthesized JSON.
 *
 * @throws Error naming the property, never the value
 */
export function checkSecret(name: string, value: unknown): void {
  refuse(value === undefined || Token.isUnresolved(value) ? [] : [literalSecret(name)]);
}

const literalSecret = (name: string): string =>
  `${name} must be a token, got a literal that is not shown: it would stand in the synthesized JSON. ` +
  "Use a sensitive TerraformVariable, or a Secrets Manager secret.";

function brokenRules(name: string, value: unknown, rules: readonly Rule[], advice: string): string[] {
  const literal = literalPart(value);
  if (literal === undefined) {
    return [];
  }
  if (/[$%]\{/.test(JSON.stringify(literal))) {
    return [`${name} must not contain \${ or %{, which Terraform would evaluate. Pass a token for an expression.`];
  }
  return rules
    .filter((rule) => !rule.allows(literal))
    .map((rule) => `${name} must ${rule.text}, got ${rule.received(literal)}. ${advice}`.trimEnd());
}

/** What of a value is known now: nothing of a token, the literal entries of a map. */
function literalPart(value: unknown): unknown {
  if (Token.isUnresolved(value)) {
    return undefined;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).filter(([name, entry]) => !Token.isUnresolved(name) && !Token.isUnresolved(entry)),
  );
}

function refusedCombinations(values: ReadonlyMap<string, unknown>): string[] {
  const inputs: CombinationInputs = {
    isGiven: (name) => values.get(name) !== undefined,
    valueOf: (name) => values.get(name) ?? INPUTS[name].default,
  };
  return COMBINATIONS.filter(
    ({ inputs: names, literals = names, allows }) =>
      !literals.some((name) => Token.isUnresolved(inputs.valueOf(name))) && !allows(inputs),
  ).map(({ message }) =>
    message(
      (name) => name,
      (name) => String(inputs.valueOf(name)),
    ),
  );
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
}
