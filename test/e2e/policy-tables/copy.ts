import { baseText, blocksOf } from "./configuration";
import type { ProviderAlias } from "./row";

/** How a second deployment differs from the base. */
interface Copy {
  /** Suffix of the labels, and of all names that must differ. */
  readonly suffix: string;
  /** Whose region or account it is in, if it is another. */
  readonly provider?: ProviderAlias;
  /** Whether stream and log group have the names that the base's have, too. */
  readonly hasSameNames?: boolean;
  readonly edits?: readonly (readonly [text: string, replacement: string])[];
  readonly without?: readonly string[];
}

/** A copy of the base in the same module. */
export function copyOfBase({ suffix, provider, hasSameNames = false, edits = [], without = [] }: Copy): string {
  const base = blocksOf(baseText("base"));
  const addresses = [...base.keys()].filter((address) => address.includes(".") && !address.startsWith("variable."));
  const text = addresses
    .filter((address) => !without.includes(address))
    .map((address) => base.get(address) ?? "")
    .join("\n\n");
  const edited = edits.reduce((hcl, [from, to]) => hcl.replaceAll(from, () => to), text);
  const relabelled = addresses.reduce((hcl, address) => {
    const [label = "", type = ""] = address.split(".").reverse();
    return hcl
      .replaceAll(`"${type}" "${label}" {`, `"${type}" "${label}_${suffix}" {`)
      .replace(new RegExp(`\\b${address.replaceAll(".", "\\.")}\\b(?!_${suffix})`, "g"), `${address}_${suffix}`);
  }, edited);
  const renamed = hasSameNames
    ? relabelled.replace(/(bucket|name) +(= "\$\{var\.name\})-(backup|firehose)"/g, `$1 $2-${suffix}-$3"`)
    : relabelled.replaceAll("${var.name}", `\${var.name}-${suffix}`);
  return provider === undefined ? renamed : inProvider(renamed, provider);
}

function inProvider(hcl: string, provider: ProviderAlias): string {
  return hcl
    .replace(/^((?:resource|data) "[^"]+" "[^"]+" \{)\}$/gm, "$1\n}")
    .replace(
      /^((?:resource|data) "(?!aws_iam_policy_document)[^"]+" "[^"]+" \{)$/gm,
      `$1\n  provider = aws.${provider}`,
    );
}
