import type { ReportRow } from "./row";

/** Rows under one heading. */
export interface RowGroup {
  readonly heading: string;
  readonly rows: readonly ReportRow[];
}

/**
 * Groups rows by verdict and heading. A subject that has a problem and a note has two headings, so that problems come
 * first.
 */
export function groupsOf(rows: readonly ReportRow[]): RowGroup[] {
  const groups = new Map<string, { readonly heading: string; readonly rows: ReportRow[] }>();
  for (const row of rows) {
    const key = `${row.word} ${row.heading}`;
    const group = groups.get(key) ?? { heading: row.heading, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}
