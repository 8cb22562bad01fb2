import {
  conditional,
  ref,
  type IResolvable,
  TerraformVariable,
  type TerraformVariableValidationConfig as Validation,
  Token,
} from "cdktf";
import type { Construct } from "constructs";
import { COMBINATIONS } from "./combinations";
import { type Input, INPUT_NAMES, inputEntries, type InputName, inputOf, type INPUTS, variableName } from "./inputs";
import { requirement, type Rule } from "./rules";

const reference = (input: string): string => `var.${variableName(input)}`;

/** What `Variables` takes. */
export interface VariablesOptions {
  /**
   * What to do about a required variable that is not set: the variable defaults to null, and a validation fails with
   * this advice.
   * @default the variable has no default: Terraform prompts for it, or fails
   */
  readonly adviceIfMissing?: (variable: string) => string;
}

/** The type of a construct's property, by the type of its variable; other types are an `IResolvable`. */
interface ValueByType {
  readonly string: string;
  readonly number: number;
  readonly bool: IResolvable;
  readonly "map(string)": Record<string, string>;
  readonly "set(string)": string[];
}

type ValueOf<Name extends InputName> = TypeOf<Name> extends keyof ValueByType ? ValueByType[TypeOf<Name>] : IResolvable;
type TypeOf<Name extends InputName> = (typeof INPUTS)[Name]["type"];

/** The Terraform variables of the root stack and of the module, with their validations. */
export class Variables {
  readonly #variables: ReadonlyMap<InputName, TerraformVariable>;

  public constructor(scope: Construct, { adviceIfMissing }: VariablesOptions = {}) {
    this.#variables = new Map(
      INPUT_NAMES.map((name) => {
        const input = inputOf(name);
        const presence =
          input.default === undefined && adviceIfMissing !== undefined
            ? [requiredValidation(name, adviceIfMissing)]
            : [];
        const declared: Input = presence.length === 0 ? input : { ...input, default: null };
        return [
          name,
          declareVariable(scope, variableName(name), declared, [
            ...presence,
            ...ruleValidations(name, declared),
            ...sensitiveValidations(name),
            ...combinationValidations(name),
          ]),
        ];
      }),
    );
  }

  public text(name: InputName): string {
    return this.variable(name).stringValue;
  }

  public flag(name: InputName): IResolvable {
    return this.variable(name).booleanValue;
  }

  public map(name: InputName): Record<string, string> {
    return Token.asStringMap(this.variable(name).value);
  }

  /** The variables of the properties of a construct, each in the type that the construct takes. */
  public properties<Name extends InputName>(names: readonly Name[]): { readonly [Each in Name]: ValueOf<Each> };
  public properties<Names extends Readonly<Record<string, InputName>>>(
    inputNames: Names,
  ): { readonly [Property in keyof Names]: ValueOf<Names[Property]> };
  // The type of each value follows from the table, which the compiler cannot infer for a value that is read by name.
  public properties(
    inputs: readonly InputName[] | Readonly<Record<string, InputName>>,
  ): Readonly<Record<string, unknown>> {
    return Object.fromEntries(inputEntries(inputs).map(([property, name]) => [property, this.value(name)]));
  }

  /**
   * A value that is known once the validations of all variables have passed. `cdktf` truncates a long output, and so
   * loses the error: a provider that depends on the validations leaves nothing else to print.
   */
  public onceValid(value: string): string {
    const validated = INPUT_NAMES.filter((name) => !inputOf(name).sensitive).map(reference);
    return Token.asString(conditional(ref(`length([${validated.join(", ")}]) > 0`), value, Token.nullValue()));
  }

  private value(name: InputName): ValueByType[keyof ValueByType] {
    switch (inputOf(name).type) {
      case "string":
        return this.text(name);
      case "number":
        return this.variable(name).numberValue;
      case "bool":
        return this.flag(name);
      case "map(string)":
        return this.map(name);
      case "set(string)":
        return this.variable(name).listValue;
      default:
        return Token.asAny(this.variable(name).value);
    }
  }

  private variable(name: InputName): TerraformVariable {
    const variable = this.#variables.get(name);
    if (variable === undefined) {
      throw new Error(`${name} must be one of the inputs, got no variable for it.`);
    }
    return variable;
  }
}

/** One Terraform variable. */
export function declareVariable(
  scope: Construct,
  name: string,
  input: Input,
  validation: Validation[] = input.rules.map((rule) => ruleValidation(name, input, rule)),
): TerraformVariable {
  const optional = input.default === null;
  // An id of its own: outputs such as role_arn have the variable's name, and the framework lists
  // outputs by their ids.
  const variable = new TerraformVariable(scope, `variable_${name}`, {
    type: input.type,
    description: input.description,
    ...(input.sensitive ? { sensitive: true } : {}),
    ...(optional ? {} : { nullable: false }),
    ...(input.default === undefined || optional ? {} : { default: input.default }),
    ...(validation.length === 0 ? {} : { validation }),
  });
  variable.overrideLogicalId(name);
  if (optional) {
    // The construct drops a default of null and crashes on a map with one.
    variable.addOverride("default", null);
  }
  return variable;
}

/**
 * The variable that has the validations of an input. When a validation fails, Terraform prints the value of the
 * validated variable, even if it is sensitive, but hides the sensitive values of other variables. So the access key is
 * validated by the one variable that is always set.
 */
export function validatedOn(name: InputName): InputName {
  return inputOf(name).sensitive ? "kloudfuseIngesterHost" : name;
}

const requiredValidation = (name: InputName, advice: (variable: string) => string): Validation => ({
  condition: `\${${reference(name)} != null}`,
  errorMessage: `${variableName(name)} is required, got null. ${advice(variableName(name))}`,
});

function ruleValidations(name: InputName, input: Input): Validation[] {
  return input.sensitive ? [] : input.rules.map((rule) => ruleValidation(variableName(name), input, rule));
}

function sensitiveValidations(carrier: InputName): Validation[] {
  return INPUT_NAMES.filter((name) => name !== carrier && validatedOn(name) === carrier).flatMap((name) =>
    // Terraform requires that a validation refers to its own variable.
    inputOf(name).rules.map((rule) => ruleValidation(variableName(name), inputOf(name), rule, [reference(carrier)])),
  );
}

/** One validation; it passes where one of the references is null. */
function ruleValidation(name: string, input: Input, rule: Rule, nullable: readonly string[] = []): Validation {
  const variable = `var.${name}`;
  const exempt = [...nullable, ...(input.default === null ? [variable] : [])].map(
    (value) => `${value} == null ? true : `,
  );
  return {
    condition: `\${${exempt.join("")}${rule.condition(variable)}}`,
    errorMessage: `${requirement(rule, name)}, got ${rule.receivedTemplate(shown(variable, input))}. ${input.advice}`,
  };
}

function combinationValidations(name: InputName): Validation[] {
  return COMBINATIONS.flatMap(({ inputs, condition, message, received, reportedOn }) =>
    reportedOn
      .filter(({ input }) => input === name)
      .map(({ unless }) => ({
        condition: `\${${[
          // Terraform requires that a validation refers to its own variable.
          ...(inputs.includes(name) ? [] : [`${reference(name)} == null`]),
          ...(unless === undefined ? [] : [unless(reference)]),
        ]
          .map((exempt) => `${exempt} ? true : `)
          .join("")}${condition(reference)}}`,
        errorMessage: message(
          variableName,
          (input) => `\${${shown(reference(input), inputOf(input))}}`,
          received?.template(reference) ?? "",
        ),
      })),
  );
}

/** A variable in an error message: Terraform also evaluates the message of a validation that passes, and fails on null. */
function shown(variable: string, { default: fallback, type }: Input): string {
  return fallback === null ? `(${variable} == null ? ${type === "number" ? "0" : '""'} : ${variable})` : variable;
}
