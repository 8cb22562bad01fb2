import type { InputName } from "./inputs";

/** Text about an input: its name as the reader types it, a Terraform reference, or its value. */
export type InputText = (name: InputName) => string;

/** The inputs as a combination sees them when they are literals. */
export interface CombinationInputs {
  readonly isSet: (name: InputName) => boolean;
  /** The value, or the default of an input that is left out. */
  readonly valueOf: (name: InputName) => unknown;
}

/** Inputs that cannot work together, in the two languages they are checked in. */
export interface Combination {
  /** The inputs involved. */
  readonly inputs: readonly InputName[];
  /**
   * The inputs that must be literals for TypeScript to tell.
   * @default inputs
   */
  readonly literals?: readonly InputName[];
  readonly allows: (inputs: CombinationInputs) => boolean;
  /** The same as a Terraform expression. */
  readonly condition: (reference: InputText) => string;
  /** The error; `label` is an input's name as the reader types it, `value` its value, `received` what `received` shows. */
  readonly message: (label: InputText, value: InputText, received: string) => string;
  /**
   * What to show of the values received, where the value of one input does not tell.
   * @default nothing: the message shows values
   */
  readonly received?: ReceivedText;
  /**
   * The variables that carry the validation: Terraform points at the value that the user wrote, and
   * at nothing where an input was left out. Two variables cannot refer to each other: where neither
   * is sure to be set, the required input carries it.
   */
  readonly reportedOn: readonly ReportedOn[];
}

/** What a message shows of several inputs, in both languages. */
export interface ReceivedText {
  readonly literal: (inputs: CombinationInputs) => string;
  /** The same as the inside of a Terraform string template. */
  readonly template: (reference: InputText) => string;
}

interface ReportedOn {
  readonly input: InputName;
  /**
   * Terraform expression that is true where another variable carries the validation.
   * @default never
   */
  readonly unless?: (reference: InputText) => string;
}

/** An ARN that must be set where the thing is not created. */
export function requiredUnlessCreated(arn: InputName, create: InputName, thing: string): Combination {
  return {
    inputs: [arn, create],
    allows: ({ isSet, valueOf }) => valueOf(create) !== false || isSet(arn),
    condition: (reference) => `${reference(create)} || ${reference(arn)} != null`,
    message: (label) =>
      `${label(arn)} is required when ${label(create)} is false, got null. Set ${label(arn)} to the ARN of the ${thing} to use.`,
    reportedOn: [{ input: create }],
  };
}

/** An ARN that has no effect where the thing is created. */
export function unusedIfCreated(arn: InputName, create: InputName, thing: string): Combination {
  return {
    inputs: [arn, create],
    allows: ({ isSet, valueOf }) => valueOf(create) !== true || !isSet(arn),
    condition: (reference) => `!${reference(create)} || ${reference(arn)} == null`,
    message: (label, value) =>
      `${label(arn)} conflicts with ${label(create)} = true, got "${value(arn)}". ` +
      `Set ${label(create)} to false to use that ${thing}, or remove ${label(arn)}.`,
    reportedOn: [{ input: "kloudfuseIngesterHost" }],
  };
}
