import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RowConfiguration } from "./row";

/** What rows start from. */
export type Base = "base" | "module";

/** A base's text. */
export const baseText = (base: Base): string => readFileSync(join(__dirname, `${base}.tf`), "utf8");

/**
 * The HCL of a row.
 *
 * @throws Error when an edit or an address leads to nothing in the base
 */
export function hclOf({ hcl = "", without = [], edits = [] }: RowConfiguration, base: Base): string {
  const text = edits.reduce(edit, baseText(base));
  const blocks = blocksOf(text);
  const own = blocksOf(typeof hcl === "function" ? hcl() : hcl);
  const missing = without.filter((address) => !blocks.has(address));
  if (missing.length > 0) {
    throw new Error(`The base has no ${missing.join(", ")}.`);
  }
  const left = [...blocks].filter(([address]) => !without.includes(address) && !own.has(address));
  return [...left, ...own].map(([, block]) => block).join("\n");
}

function edit(text: string, [from, to]: readonly [string, string]): string {
  if (!text.includes(from)) {
    throw new Error(`The base has no ${from}`);
  }
  return text.replaceAll(from, () => to);
}

/** The blocks of a text by their addresses, such as `aws_iam_role.firehose` or `data.aws_region.current`. */
export function blocksOf(text: string): Map<string, string> {
  const blocks = [...text.matchAll(/^(\w+)((?: "[^"]+")*) \{(?:\}|[^]*?^\}|[^\n]*\})$/gm)];
  return new Map(blocks.map(([block, keyword = "", labels = ""]) => [addressOf(keyword, labels, block), block]));
}

function addressOf(keyword: string, labels: string, block: string): string {
  const names = [...labels.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  // Blocks such as `moved` have no label: there can be many.
  return names.length === 0 ? block : [...(keyword === "resource" ? [] : [keyword]), ...names].join(".");
}

/** Expressions that a plan knows only after the apply, and what it knows before. */
const LITERALS: readonly (readonly [RegExp, (label: string, owner: string) => string])[] = [
  [
    /\baws_iam_role\.(\w+)\.arn\b/g,
    (label, owner) =>
      `format("arn:aws:iam::%s:role/%s", data.aws_caller_identity.${owner}.account_id, aws_iam_role.${label}.name)`,
  ],
  [/\baws_iam_role\.(\w+)\.id\b/g, (label) => `aws_iam_role.${label}.name`],
  [/\baws_s3_bucket\.(\w+)\.arn\b/g, (label) => `format("arn:aws:s3:::%s", aws_s3_bucket.${label}.bucket)`],
  [/\baws_s3_bucket\.(\w+)\.id\b/g, (label) => `aws_s3_bucket.${label}.bucket`],
  [
    /\baws_cloudwatch_log_group\.(\w+)\.arn\b/g,
    (label, owner) =>
      `format("arn:aws:logs:%s:%s:log-group:%s", data.aws_region.${owner}.id, data.aws_caller_identity.${owner}.account_id, aws_cloudwatch_log_group.${label}.name)`,
  ],
];

/** The HCL with ARNs written as text, so that its first plan knows all of them. */
export const withLiteralArns = (hcl: string): string =>
  LITERALS.reduce(
    (text, [reference, literal]) =>
      text.replace(reference, (_match, label: string) => literal(label, ownerOf(label, hcl))),
    hcl,
  );

/** Label of the account and region that a resource is in: a copy of the base, such as `backup_ireland`, has its own. */
function ownerOf(label: string, hcl: string): string {
  const suffix = label.replace(/^[a-z]+/, "");
  return hcl.includes(`"aws_caller_identity" "current${suffix}"`) ? `current${suffix}` : "current";
}
