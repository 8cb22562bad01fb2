import type { Check } from "../checks/check";
import { printable } from "../text";
import type { Colors } from "./color";
import { VERDICT_COLORS } from "./verdict-colors";

/** A tab-separated line for each check: verdict, region, subject, name, what was found, what to do. */
export const reportLines = (checks: readonly Check[], colors: Colors): string[] =>
  checks.map(({ verdict, region, subject, name, found, remedy }) =>
    tabSeparated([VERDICT_COLORS[verdict](colors)(verdict), region, subject, name, found, remedy]),
  );

/** Fields on one line; a dash stands for an empty one, so that column(1) keeps the columns. */
export const tabSeparated = (fields: readonly (string | undefined)[]): string =>
  fields.map((field = "", index) => (index === 0 ? field : printable(field)) || "-").join("\t");
