import { type Check, VERDICTS } from "../checks/check";
import type { ReportRow } from "./row";
import { VERDICT_COLORS } from "./verdict-colors";

/** The rows of checks, what matters most first; the region is part of a heading where there are several. */
export const checkRows = (checks: readonly Check[], regions: readonly string[]): ReportRow[] =>
  VERDICTS.flatMap((verdict) => checks.filter((check) => check.verdict === verdict)).map(
    ({ verdict, subject, region, name, found, details = [], remedy }) => ({
      word: verdict,
      color: VERDICT_COLORS[verdict],
      heading: regions.length > 1 && region !== undefined ? `${subject} (${region})` : subject,
      fields: [region, subject],
      name,
      found,
      details,
      remedy,
    }),
  );
