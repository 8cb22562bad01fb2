import { UnusableInput } from "../exit-codes";

/** The address of a module in a configuration. */
export interface ModuleAddress {
  /** As Terraform writes it: `module.kloudfuse["eu"]`. */
  readonly text: string;
  /** Name of the block: `kloudfuse`. */
  readonly name: string;
  /** The key of the instance in brackets; undefined of a block without `for_each` and `count`. */
  readonly key: string | undefined;
}

const NAME = "[\\p{L}_][\\p{L}\\p{N}_-]*";
const STRING_KEY = String.raw`"(?:[^"\\$%]|\\["\\])+"`;
const STEP = `module\\.(${NAME})(?:\\[(0|[1-9][0-9]*|${STRING_KEY})\\])?`;
const ADDRESS = new RegExp(`^(?:${STEP}\\.)*${STEP}$`, "u");

/**
 * The address of a module, of any depth, with the key of its instance where the block has `for_each` or `count`.
 *
 * @throws UnusableInput when the text is not a module address
 */
export function parseModuleAddress(text: string): ModuleAddress {
  const match = ADDRESS.exec(text);
  const [name, key] = match?.slice(-2) ?? [];
  if (name === undefined) {
    throw new UnusableInput(
      `--module must be the address of a module, got "${text}". Use module.kloudfuse, 'module.kloudfuse["eu"]' with for_each, 'module.a.module.b[0]' with count; quote it for the shell where it has brackets.`,
    );
  }
  return { text, name, key };
}
