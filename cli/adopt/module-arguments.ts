import { hclText, hclValue } from "../hcl";
import type { ModuleAddress } from "./module-address";

/** A longer value is split into lines, so that it can be read without scrolling. */
const MAX_COLUMNS = 100;

/** The arguments of a module block, as `terraform fmt` aligns them, to paste into the block. */
export function moduleArguments(
  module: ModuleAddress,
  values: Readonly<Record<string, unknown>>,
  { needsAccessKey }: { readonly needsAccessKey: boolean },
): string {
  return [
    `# Arguments of ${module.text}: paste them into its block, module "${module.name}".`,
    ...(module.key === undefined
      ? []
      : [
          `# They are for the instance [${module.key}]: take values that differ between instances from ${perInstance(module.key)}.`,
        ]),
    ...(needsAccessKey ? ["# Add access_key too, from a sensitive variable."] : []),
    ...assignments(Object.entries(values), ""),
    "",
  ].join("\n");
}

/** Where an instance gets its values from: a quoted key belongs to `for_each`, an index to `count`. */
const perInstance = (key: string): string => (key.startsWith('"') ? "each.value" : "a list by count.index");

/** Lines of `name = value`; like terraform fmt, aligns consecutive values of one line. */
function assignments(entries: readonly (readonly [string, unknown])[], indent: string): string[] {
  const rendered = entries.map(([name, value]) => ({ name, lines: expression(value, indent, name.length) }));
  const widths = rendered.map(({ lines }, index) => (lines.length > 1 ? undefined : widthOf(rendered, index)));
  return rendered.flatMap(({ name, lines: [first = "", ...others] }, index) => [
    `${indent}${name.padEnd(widths[index] ?? name.length)} = ${first}`,
    ...others,
  ]);
}

/** The length of the longest name in a group of consecutive values of one line. */
function widthOf(
  rendered: readonly { readonly name: string; readonly lines: readonly string[] }[],
  at: number,
): number {
  const isShort = (index: number): boolean => rendered[index]?.lines.length === 1;
  let [first, last] = [at, at];
  while (isShort(first - 1)) {
    first -= 1;
  }
  while (isShort(last + 1)) {
    last += 1;
  }
  return Math.max(...rendered.slice(first, last + 1).map(({ name }) => name.length));
}

/** A value in HCL, on one line where it fits. */
function expression(value: unknown, indent: string, used: number): string[] {
  const line = hclValue(value);
  if (indent.length + used + line.length <= MAX_COLUMNS || typeof value !== "object" || value === null) {
    return [line];
  }
  const inner = `${indent}  `;
  return Array.isArray(value)
    ? ["[", ...value.flatMap((entry: unknown) => withComma(expression(entry, inner, 0), inner)), `${indent}]`]
    : [
        "{",
        ...assignments(
          Object.entries(value).map(([name, entry]: [string, unknown]) => [hclText(name), entry]),
          inner,
        ),
        `${indent}}`,
      ];
}

const withComma = (lines: readonly string[], indent: string): string[] =>
  lines.map((line, index) => `${index === 0 ? indent : ""}${line}${index === lines.length - 1 ? "," : ""}`);
