import type { InputValues } from "../../modules/inputs";
import type { UndeterminedError } from "../exit-codes";
import { undetermined } from "../checks/undetermined";

/**
 * What an adoption does with a resource or a setting, the most important first.
 *
 * - `decide`: cannot be adopted as it is, or waits for a decision; nothing is written before
 * - `unknown`: could not be determined; no file is written until it is resolved
 * - `leave`: stays as it is, outside of Terraform
 * - `change`: Terraform changes it in place
 * - `import`: Terraform takes it over
 * - `create`: Terraform creates it
 */
export const ADOPTION_ACTIONS = ["decide", "unknown", "leave", "change", "import", "create"] as const;

export type AdoptionAction = (typeof ADOPTION_ACTIONS)[number];

/** One entry of the report. */
export interface AdoptionItem {
  readonly action: AdoptionAction;
  /** What it belongs to: a stream, the role, the bucket. */
  readonly subject: string;
  readonly name: string;
  readonly found: string;
  /** The single things that were found; missing where there are none. */
  readonly details?: readonly string[];
  /** What to do; empty where no action is needed. */
  readonly remedy: string;
}

/** An import block: the address inside of the stack or module, and the id that the AWS provider reads. */
export interface ImportTarget {
  readonly to: string;
  readonly id: string;
}

/** What one part of the deployment contributes. */
export interface AdoptionPart {
  readonly items: readonly AdoptionItem[];
  readonly imports: readonly ImportTarget[];
  readonly inputs: InputValues;
}

export const decide = (subject: string, name: string, found: string, remedy: string): AdoptionItem => ({
  action: "decide",
  subject,
  name,
  found,
  remedy,
});

export const leave = (subject: string, name: string, found: string, remedy = ""): AdoptionItem => ({
  action: "leave",
  subject,
  name,
  found,
  remedy,
});

export const change = (subject: string, name: string, found: string, remedy = ""): AdoptionItem => ({
  action: "change",
  subject,
  name,
  found,
  remedy,
});

/** The item for something that AWS did not return. */
export function unknownItem(subject: string, name: string, error: UndeterminedError): AdoptionItem {
  const { found, remedy } = undetermined(name, error);
  return { action: "unknown", subject, name, found, remedy };
}

/** Imports a resource that exists; lists one that does not exist as created. */
export function importOrCreate(
  subject: string,
  to: string,
  id: string,
  exists: boolean,
): Pick<AdoptionPart, "items" | "imports"> {
  return exists
    ? { items: [{ action: "import", subject, name: to, found: id, remedy: "" }], imports: [{ to, id }] }
    : { items: [{ action: "create", subject, name: to, found: "does not exist yet", remedy: "" }], imports: [] };
}

/** Merges several parts. If several of them set an input, the last value applies. */
export function mergedParts(parts: readonly Partial<AdoptionPart>[]): AdoptionPart {
  return {
    items: parts.flatMap(({ items = [] }) => items),
    imports: parts.flatMap(({ imports = [] }) => imports),
    inputs: mergedInputs(parts.map(({ inputs = {} }) => inputs)),
  };
}

/** Merges the inputs of several parts; the last value of an input applies. */
export const mergedInputs = (inputs: readonly InputValues[]): InputValues =>
  inputs.reduce<InputValues>((all, more) => ({ ...all, ...more }), {});
