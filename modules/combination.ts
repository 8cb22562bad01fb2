import type { InputName } from "./inputs";

/** Formats an input: as its name as the user types it, as a Terraform reference, or as its value. */
export type InputText = (name: InputName) => string;

/** The inputs of a combination as literals. */
export interface CombinationInputs {
  readonly isSet: (name: InputName) => boolean;
  /** The value, or the default of an input that is left out. */
  readonly valueOf: (name: InputName) => unknown;
}

/** A rule about several inputs together, in the two languages it is checked in. */
export interface Combination {
  /** The inputs involved. */
  readonly inputs: readonly InputName[];
  /**
   * The inputs that must be literals for the check at synthesis.
   * @default inputs
   */
  readonly literals?: readonly InputName[];
  readonly allows: (inputs: CombinationInputs) => boolean;
  /** The same as a Terraform expression. */
  readonly condition: (reference: InputText) => string;
  /** The error; `label` formats an input's name as the user types it, `value` its value; `received` is the received text. */
  readonly message: (label: InputText, value: InputText, received: string) => string;
  /**
   * What the message shows as received, where the value of one input is not enough.
   * @default the message shows the inputs' values
   */
  readonly received?: ReceivedText;
  /**
   * The variables that have the validation. Terraform's error points at the value of the variable, and at nothing
   * if the variable is not set. Two variables cannot refer to each other: if either may be unset, the required input
   * has the validation.
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
   * Terraform expression that is true where another variable has the validation.
   * @default never
   */
  readonly unless?: (reference: InputText) => string;
}

/** Requires the ARN of an existing resource unless the resource is created. */
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

/** Rejects the ARN of an existing resource if the resource is created: the ARN would have no effect. */
export function rejectedIfCreated(arn: InputName, create: InputName, thing: string): Combination {
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
