import type { ReportRow } from "../../cli/terminal/row";

/** A problem of a stream, but for some fields. */
export const rowWith = (fields: Partial<ReportRow> = {}): ReportRow => ({
  word: "problem",
  color: ({ red }) => red,
  heading: "kloudfuse-logs",
  fields: ["eu-west-1", "kloudfuse-logs"],
  name: "endpoint",
  found: "port 80",
  details: [],
  remedy: "Use 443.",
  ...fields,
});
