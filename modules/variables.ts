import { TerraformVariable, type TerraformVariableValidationConfig as Validation, Token } from "cdktf";
import type { Construct } from "constructs";
import { COMBINATIONS } from "./combinations";
import { type Input, INPUT_NAMES, INPUTS, variableName } from "./inputs";
import type { KloudfuseFirehoseProps } from "./props";
import type { Rule } from "./rules";

type InputName = keyof KloudfuseFirehoseProps;

const reference = (input: string): string => `var.${variableName(input)}`;

/** The Terraform variables of the root stack and of the module, as the construct's properties. */
export function declareVariables(scope: Construct): KloudfuseFirehoseProps {
  const variable = (name: InputName): TerraformVariable =>
    declareVariable(scope, variableName(name), INPUTS[name], [
      ...inputValidations(name),
      ...combinationValidations(name),
    ]);
  const text = (name: InputName): string => variable(name).stringValue;
  const number = (name: InputName): number => variable(name).numberValue;
  const flag = (name: InputName) => variable(name).booleanValue;
  const map = (name: InputName) => Token.asStringMap(variable(name).value);
  return {
    kloudfuseIngesterHost: text("kloudfuseIngesterHost"),
    metricsStreamName: text("metricsStreamName"),
    logsStreamName: text("logsStreamName"),
    bufferingSizeMb: number("bufferingSizeMb"),
    bufferingIntervalSeconds: number("bufferingIntervalSeconds"),
    metricsBufferingSizeMb: number("metricsBufferingSizeMb"),
    metricsBufferingIntervalSeconds: number("metricsBufferingIntervalSeconds"),
    logsBufferingSizeMb: number("logsBufferingSizeMb"),
    logsBufferingIntervalSeconds: number("logsBufferingIntervalSeconds"),
    retryDurationSeconds: number("retryDurationSeconds"),
    accessKey: text("accessKey"),
    accessKeySecretArn: text("accessKeySecretArn"),
    commonAttributes: map("commonAttributes"),
    createRole: flag("createRole"),
    roleArn: text("roleArn"),
    roleName: text("roleName"),
    rolePath: text("rolePath"),
    permissionsBoundaryArn: text("permissionsBoundaryArn"),
    createBackupBucket: flag("createBackupBucket"),
    backupBucketArn: text("backupBucketArn"),
    backupBucketName: text("backupBucketName"),
    backupRetentionDays: number("backupRetentionDays"),
    backupForceDestroy: flag("backupForceDestroy"),
    kmsKeyArn: text("kmsKeyArn"),
    errorLogRetentionDays: number("errorLogRetentionDays"),
    tags: map("tags"),
  };
}

/** One Terraform variable. */
export function declareVariable(
  scope: Construct,
  name: string,
  input: Input,
  validation: Validation[] = input.rules.map((rule) => ruleValidation(name, input, rule)),
): TerraformVariable {
  const optional = input.default === null;
  const variable = new TerraformVariable(scope, name, {
    type: input.type,
    description: input.description,
    ...(input.sensitive ? { sensitive: true } : {}),
    ...(optional ? {} : { nullable: false }),
    ...(input.default === undefined || optional ? {} : { default: input.default }),
    ...(validation.length === 0 ? {} : { validation }),
  });
  if (optional) {
    // The construct drops a default of null and crashes on a map with one.
    variable.addOverride("default", null);
  }
  return variable;
}

/**
 * The variable that the validations of an input stand on. Terraform prints the value of a variable
 * whose own validation fails, even of a sensitive one, but hides it in another variable's: so the
 * access key is validated on the variable that is given instead of it.
 */
export function validatedOn(name: InputName): InputName {
  return INPUTS[name].sensitive ? "accessKeySecretArn" : name;
}

function inputValidations(carrier: InputName): Validation[] {
  return INPUT_NAMES.filter((name) => validatedOn(name) === carrier).flatMap((name) =>
    INPUTS[name].rules.map((rule) =>
      ruleValidation(variableName(name), INPUTS[name], rule, name === carrier ? [] : [`${reference(carrier)} != null`]),
    ),
  );
}

/** One validation; it passes without a look where one of the `exemptions` holds. */
function ruleValidation(name: string, input: Input, rule: Rule, exemptions: readonly string[] = []): Validation {
  const variable = `var.${name}`;
  const passes = [...exemptions, ...(input.default === null ? [`${variable} == null`] : [])];
  return {
    condition: `\${${[...passes.map((exempt) => `${exempt} ? true`), rule.condition(variable)].join(" : ")}}`,
    errorMessage: `${name} must ${rule.text}, got ${rule.receivedTemplate(shown(variable, input))}. ${input.advice}`,
  };
}

function combinationValidations(name: InputName): Validation[] {
  return COMBINATIONS.filter(({ inputs }) => inputs[0] === name).map(({ condition, message }) => ({
    condition: `\${${condition(reference)}}`,
    errorMessage: message(variableName, (input) => `\${${shown(reference(input), INPUTS[input])}}`),
  }));
}

/** Terraform evaluates the message of a validation that passes too, and fails on a null in it. */
function shown(variable: string, { default: fallback, type }: Input): string {
  return fallback === null ? `(${variable} == null ? ${type === "number" ? "0" : '""'} : ${variable})` : variable;
}
