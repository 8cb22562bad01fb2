import { printable } from "../text";
import type { Colors } from "./color";
import type { ReportRow } from "./row";

/** A tab-separated line for each row: verdict, what it belongs to, name, what was found, what to do. */
export const reportLines = (rows: readonly ReportRow[], colors: Colors): string[] =>
  rows.map(({ word, color, fields, name, found, details, remedy }) =>
    tabSeparated([color(colors)(word), ...fields, name, [found, ...details].join("; "), remedy]),
  );

/** Fields on one line; a dash stands for an empty one, so that column(1) keeps the columns. */
export const tabSeparated = (fields: readonly (string | undefined)[]): string =>
  fields.map((field = "", index) => (index === 0 ? field : printable(field)) || "-").join("\t");
