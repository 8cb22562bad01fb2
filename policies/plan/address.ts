/** One step of an address or a reference: `b[0]` is the name `b` with the key `0`. */
export interface Step {
  readonly name: string;
  /** The index as Terraform writes it, such as `0` or `"metrics"`; the last one where there are several. */
  readonly key: string | undefined;
}

/** The steps of an address or a reference; dots and brackets in quotes are not separators. */
export function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  let name = "";
  let key: string | undefined;
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    if (character === ".") {
      steps.push({ name, key });
      [name, key] = ["", undefined];
      position += 1;
    } else if (character === "[") {
      const end = endOfKey(text, position + 1);
      key = text.slice(position + 1, end);
      position = end + 1;
    } else {
      name += character;
      position += 1;
    }
  }
  return [...steps, { name, key }];
}

function endOfKey(text: string, start: number): number {
  let isQuoted = false;
  for (let position = start; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (isQuoted && character === "\\") {
      position += 1;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (character === "]" && !isQuoted) {
      return position;
    }
  }
  return text.length;
}

/** A step as Terraform writes it. */
export const writeStep = ({ name, key }: Step): string => (key === undefined ? name : `${name}[${key}]`);

/** Address of a module in another; empty for the root. */
export const moduleIn = (parent: string, step: Step): string =>
  `${parent === "" ? "" : `${parent}.`}module.${writeStep(step)}`;

/** Address of the module that a resource or a module is in; empty for the root. */
export function moduleOf(address: string): string {
  const steps = stepsOf(address);
  let length = 0;
  while (steps[length]?.name === "module" && steps.length > length + 2) {
    length += 2;
  }
  return steps.slice(0, length).map(writeStep).join(".");
}

/** The module calls from the root to a module. */
export function callsOf(moduleAddress: string): Step[] {
  return moduleAddress === "" ? [] : stepsOf(moduleAddress).filter((_, index) => index % 2 === 1);
}

/** The call of a module, and the address of the calling module; undefined for the root. */
export function lastCallOf(moduleAddress: string): { readonly parent: string; readonly step: Step } | undefined {
  const calls = callsOf(moduleAddress);
  const step = calls.pop();
  return step === undefined ? undefined : { parent: calls.reduce(moduleIn, ""), step };
}
