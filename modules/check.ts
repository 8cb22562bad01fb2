import { type Precondition, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Combination } from "./combination";
import { COMBINATIONS } from "./combinations";
import { type Input, NULL_SUBSTITUTES } from "./input";
import { INPUT_NAMES, type InputName, inputOf, variableName, type InputValues } from "./inputs";
import { combinationProblem, ruleProblems } from "./literal-checks";
import { LOCATION_RULES } from "./location-rules";
import type { Location } from "./location";
import { requirement } from "./rules";

/** A property of a construct and the rules it follows. */
export interface CheckedProperty {
  /** Name of the property, as the user types it. */
  readonly name: string;
  readonly value: unknown;
  readonly input: Input;
  /** Name of the property's input, if the property has one. */
  readonly inputName?: InputName;
  /** Set for a property that another construct checks by itself: here only its combinations are checked. */
  readonly isContext?: true;
}

/**
 * The properties that have an input; `inputNames` maps those whose names differ from their input's name.
 */
export function propertiesOf(
  values: InputValues,
  inputNames: Readonly<Record<string, InputName>> = {},
): CheckedProperty[] {
  const labels = new Map(Object.entries(inputNames).map(([property, input]) => [input, property]));
  return INPUT_NAMES.filter((name) => Object.hasOwn(values, name)).map((inputName) => ({
    name: labels.get(inputName) ?? inputName,
    value: values[inputName],
    input: inputOf(inputName),
    inputName,
  }));
}

/** Properties that another construct checks by itself, for the combinations with this construct's own properties. */
export function contextOf(values: InputValues): CheckedProperty[] {
  return propertiesOf(values).map((property) => ({ ...property, isContext: true }));
}

/**
 * Rejects literals that break a rule, invalid combinations, and a secret that is a literal.
 *
 * @throws Error naming each property, its rule, the value received and what to do
 */
export function checkLiterals(properties: readonly CheckedProperty[]): void {
  const problems = [...own(properties).flatMap(literalProblems), ...combinationProblems(properties)];
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
}

const own = (properties: readonly CheckedProperty[]): CheckedProperty[] =>
  properties.filter(({ isContext }) => isContext !== true);

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
      .filter(([{ value, isContext }]) => isContext !== true && isUnresolved(value))
      .flatMap(([property, reference]) => rulePreconditions(property, reference)),
    ...combinationPreconditions(properties, references),
    ...[...references]
      .filter(([{ value, isContext }]) => isContext !== true && value !== undefined)
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
  return ruleProblems(name, literal, input);
}

/** The part of a value that is known at synthesis: of a map the literal entries; of a token, or a list with one, nothing. */
function literalPart(value: unknown): unknown {
  if (Token.isUnresolved(value) || (Array.isArray(value) && value.some((entry) => Token.isUnresolved(entry)))) {
    return undefined;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const parts = Object.entries(value)
    .filter(([name]) => !Token.isUnresolved(name))
    .map(([name, entry]): [string, unknown] => [name, literalPart(entry)])
    .filter(([, entry]) => entry !== undefined);
  return Array.isArray(value) ? parts.map(([, entry]) => entry) : Object.fromEntries(parts);
}

/** Whether a part of a value is unknown until Terraform plans. */
function isUnresolved(value: unknown): boolean {
  return (
    Token.isUnresolved(value) ||
    (typeof value === "object" && value !== null && Object.entries(value).flat().some(isUnresolved))
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
      errorMessage: `${requirement(rule, name)}, got ${rule.receivedTemplate(shown)}. ${input.advice}`.trimEnd(),
    })),
  ];
}

/** Terraform evaluates both results of a condition, and the message of one that holds, and fails on a null in them. */
function nullSafe(reference: string, { type }: Input): string {
  const conversion = /^(map|set)\b/.exec(type)?.[0];
  const converted = conversion === undefined ? reference : `to${conversion}(${reference})`;
  return `(${reference} == null ? ${NULL_SUBSTITUTES[type]} : ${converted})`;
}

const isCollection = ({ type }: Input): boolean => type.includes("(");

function combinationProblems(properties: readonly CheckedProperty[]): string[] {
  return combinationsOf(properties)
    .filter(({ isDecided }) => isDecided)
    .flatMap(({ combination, find }) =>
      combinationProblem(
        combination,
        (name) => find(name).name,
        (name) => find(name).value,
      ),
    );
}

function combinationPreconditions(
  properties: readonly CheckedProperty[],
  references: ReadonlyMap<CheckedProperty, string>,
): Precondition[] {
  return combinationsOf(properties)
    .filter(({ isDecided }) => !isDecided)
    .map(({ combination, find }) => {
      const reference = (name: InputName): string => references.get(find(name)) ?? "null";
      return {
        condition: `\${${combination.condition((name) =>
          isCollection(inputOf(name)) ? nullSafe(reference(name), inputOf(name)) : reference(name),
        )}}`,
        errorMessage: combination.message(
          (name) => find(name).name,
          (name) => `\${${nullSafe(reference(name), inputOf(name))}}`,
          combination.received?.template((name) => nullSafe(reference(name), inputOf(name))) ?? "",
        ),
      };
    });
}

interface ApplicableCombination {
  readonly combination: Combination;
  /** Whether the inputs are literals, so that the combination is checked at synthesis. */
  readonly isDecided: boolean;
  readonly find: (name: InputName) => CheckedProperty;
}

/** The combinations whose inputs are all among the properties, with at least one that is the construct's own. */
function combinationsOf(properties: readonly CheckedProperty[]): ApplicableCombination[] {
  const byInput = new Map(properties.map((property) => [property.inputName, property]));
  const find = (name: InputName): CheckedProperty =>
    byInput.get(name) ?? { name, value: undefined, input: inputOf(name), inputName: name };
  return COMBINATIONS.filter(
    ({ inputs }) =>
      inputs.every((name) => byInput.has(name)) && inputs.some((name) => byInput.get(name)?.isContext !== true),
  ).map((combination) => ({
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
        // A value that is not an ARN breaks another rule, and may be a secret, which this message would print.
        condition: `\${!can(regex("^arn:", ${reference})) ? true : contains([${allowed}], ${actual})}`,
        errorMessage: `${name} must ${text}, \${${location.references[expected]}}, got "\${${reference} == null ? "" : ${reference}}". ${advice}`,
      };
    },
  );
}
