import { variableName } from "../../modules/inputs";
import { REGION_VARIABLE } from "../../modules/import-addresses";
import type { ModuleAddress } from "./module-address";
import { moduleArguments } from "./module-arguments";
import type { AdoptionPart } from "./part";

/** A file and what is written to it. */
export interface AdoptionFile {
  readonly name: string;
  readonly content: string;
}

/** The deployment that the files are written for. */
export interface FilesScope {
  readonly region: string;
  /** Undefined: the root stack. */
  readonly module: ModuleAddress | undefined;
  /** Whether the user passes an access key. */
  readonly needsAccessKey: boolean;
}

const IMPORTS_FILE = "imports.tf.json";
const VARIABLES_FILE = "kloudfuse.auto.tfvars.json";
/**
 * Terraform does not read this file: the user pastes it, because variables of a root do not reach a module by
 * themselves.
 */
const ARGUMENTS_FILE = "kloudfuse-module-arguments.hcl";

/** The import blocks, and the inputs: as variables of the root stack, or as arguments of a module block. */
export function adoptionFiles({ imports, inputs }: AdoptionPart, scope: FilesScope): AdoptionFile[] {
  const { module, region, needsAccessKey } = scope;
  const prefix = module === undefined ? "" : `${module.text}.`;
  const blocks = imports.map(({ to, id }) => ({ to: `${prefix}${to}`, id }));
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, value]): [string, unknown] => [variableName(name), value]),
  );
  return [
    { name: IMPORTS_FILE, content: jsonText({ import: blocks }) },
    module === undefined
      ? { name: VARIABLES_FILE, content: jsonText({ [REGION_VARIABLE]: region, ...values }) }
      : { name: ARGUMENTS_FILE, content: moduleArguments(module, values, { needsAccessKey }) },
  ];
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
