import { type Precondition, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { type Combination, COMBINATIONS } from "./combinations";
import { type Input, INPUT_NAMES, type InputName, inputOf, variableName } from "./inputs";
import { LOCATION_RULES } from "./location-rules";
import type { Location } from "./location";

/** A property of a construct and the rules it follows. */
export interface CheckedProperty {
  /** Name of the property, as the user types it. */
  readonly name: string;
  readonly value: unknown;
  readonly input: Input;
  /** The input that the property is, where it is one. */
  readonly inputName?: InputName;
}

/** Properties that are inputs; `labels` has the names of those that are called otherwise in the construct. */
export function propertiesOf(
  values: Readonly<Partial<Record<InputName, unknown>>>,
  labels: Readonly<Partial<Record<InputName, string>>> = {},
): CheckedProperty[] {
  return INPUT_NAMES.filter((name) => Object.hasOwn(values, name)).map((inputName) => ({
    name: labels[inputName] ?? inputName,
    value: values[inputName],
    input: inputOf(inputName),
    inputName,
  }));
}

/**
 * Rejects literals that break a rule, a combination that cannot work, and a secret that is a literal.
 *
 * @throws Error naming each property, its rule, the value received and what to do
 */
export function checkLiterals(properties: readonly CheckedProperty[]): void {
  const problems = [...properties.flatMap(literalProblems), ...combinationProblems(properties)];
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
}

/**
 * The same rules for values that are unknown until Terraform plans, and the rules about account and
 * region, as preconditions of the resource that uses the properties.
 */
export function preconditionsOf(
  scope: Construct,
  properties: readonly CheckedProperty[],
  location: Location,
): Precondition[] {
  // A local gives an expression a name that a condition and its message can refer to.
  const references = new Map(
    properties.map((property) => [
      property,
      isUnresolved(property.value)
        ? `local.${new TerraformLocal(scope, `input_${variableName(property.name)}`, property.value).friendlyUniqueId}`
        : JSON.stringify(property.value ?? property.input.default ?? null),
    ]),
  );
  return [
    ...[...references]
      .filter(([{ value }]) => isUnresolved(value))
      .flatMap(([property, reference]) => rulePreconditions(property, reference)),
    ...combinationPreconditions(properties, references),
    ...[...references]
      .filter(([{ value }]) => value !== undefined)
      .flatMap(([property, reference]) => locationPreconditions(property, reference, location)),
  ];
}

/** The rules about account and region for properties that are Terraform variables, which carry their other rules. */
export function variablePreconditionsOf(properties: readonly CheckedProperty[], location: Location): Precondition[] {
  const unresolved = properties.filter(({ value }) => isUnresolved(value));
  return unresolved.flatMap((property) => {
    const name = variableName(property.inputName ?? property.name);
    return locationPreconditions({ ...property, name }, `var.${name}`, location);
  });
}

function literalProblems({ name, value, input }: CheckedProperty): string[] {
  if (value === undefined) {
    return input.default === undefined ? [`${name} is required. ${input.advice}`] : [];
  }
  const literal = literalPart(value);
  if (literal === undefined) {
    return [];
  }
  if (input.sensitive) {
    return [
      `${name} must be a token, got a literal that is not shown: it would be in the synthesized JSON. ` +
        "Use a sensitive TerraformVariable, or a Secrets Manager secret.",
    ];
  }
  if (/[$%]\{/.test(JSON.stringify(literal))) {
    return [`${name} must not contain \${ or %{, which Terraform would evaluate. Use a token for an expression.`];
  }
  return input.rules
    .filter((rule) => !rule.allows(literal))
    .map((rule) => `${name} must ${rule.text}, got ${rule.received(literal)}. ${input.advice}`.trimEnd());
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

/** Whether a part of a value is unknown until Terraform plans. */
function isUnresolved(value: unknown): boolean {
  return (
    Token.isUnresolved(value) ||
    (typeof value === "object" &&
      value !== null &&
      Object.entries(value)
        .flat()
        .some((part) => Token.isUnresolved(part)))
  );
}

function rulePreconditions({ name, input }: CheckedProperty, reference: string): Precondition[] {
  const shown = nullSafe(reference, input);
  const notNull = {
    condition: `\${${reference} != null}`,
    errorMessage: `${name} must not be null, got null. ${input.advice}`.trimEnd(),
  };
  return [
    ...(input.default === null ? [] : [notNull]),
    ...input.rules.map((rule) => ({
      condition: `\${${reference} == null ? true : ${rule.condition(shown)}}`,
      errorMessage: `${name} must ${rule.text}, got ${rule.receivedTemplate(shown)}. ${input.advice}`.trimEnd(),
    })),
  ];
}

/** Terraform evaluates both results of a condition, and the message of one that holds, and fails on a null in them. */
function nullSafe(reference: string, { type }: Input): string {
  return type === "map(string)"
    ? `(${reference} == null ? tomap({}) : tomap(${reference}))`
    : `(${reference} == null ? ${{ string: '""', number: "-1", bool: "false" }[type]} : ${reference})`;
}

function combinationProblems(properties: readonly CheckedProperty[]): string[] {
  return combinationsOf(properties)
    .filter(({ isDecided }) => isDecided)
    .filter(
      ({ combination, find }) =>
        !combination.allows({
          isSet: (name) => find(name).value !== undefined,
          valueOf: (name) => find(name).value ?? inputOf(name).default,
        }),
    )
    .map(({ combination, find }) =>
      combination.message(
        (name) => find(name).name,
        (name) => textOf(find(name).value ?? inputOf(name).default),
      ),
    );
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function combinationPreconditions(
  properties: readonly CheckedProperty[],
  references: ReadonlyMap<CheckedProperty, string>,
): Precondition[] {
  return combinationsOf(properties)
    .filter(({ isDecided }) => !isDecided)
    .map(({ combination, find }) => {
      const reference = (name: InputName): string => references.get(find(name)) ?? "null";
      return {
        condition: `\${${combination.condition(reference)}}`,
        errorMessage: combination.message(
          (name) => find(name).name,
          (name) => `\${${nullSafe(reference(name), inputOf(name))}}`,
        ),
      };
    });
}

interface ApplicableCombination {
  readonly combination: Combination;
  /** Whether literals alone tell if the combination works. */
  readonly isDecided: boolean;
  readonly find: (name: InputName) => CheckedProperty;
}

/** The combinations of which every input is among the properties. */
function combinationsOf(properties: readonly CheckedProperty[]): ApplicableCombination[] {
  const byInput = new Map(properties.map((property) => [property.inputName, property]));
  const find = (name: InputName): CheckedProperty =>
    byInput.get(name) ?? { name, value: undefined, input: inputOf(name), inputName: name };
  return COMBINATIONS.filter(({ inputs }) => inputs.every((name) => byInput.has(name))).map((combination) => ({
    combination,
    isDecided: !(combination.literals ?? combination.inputs).some((name) => isUnresolved(find(name).value)),
    find,
  }));
}

function locationPreconditions(
  { name, inputName }: CheckedProperty,
  reference: string,
  location: Location,
): Precondition[] {
  return LOCATION_RULES.filter(({ input }) => input === inputName).map(
    ({ text, part, expected, alsoAllowed, advice }) => {
      const actual = `element(split(":", ${reference} == null ? "" : ${reference}), ${part})`;
      const allowed = [location.references[expected], ...alsoAllowed.map((value) => `"${value}"`)].join(", ");
      return {
        condition: `\${${reference} == null ? true : contains([${allowed}], ${actual})}`,
        errorMessage: `${name} must ${text}, \${${location.references[expected]}}, got "\${${reference} == null ? "" : ${reference}}". ${advice}`,
      };
    },
  );
}
