import { type Check, VERDICTS } from "../checks/check";
import type { ReportRow } from "./row";
import { VERDICT_COLORS } from "./verdict-colors";

/** The rows of checks, the most important first; headings contain account and region if there are several. */
export const checkRows = (checks: readonly Check[], regions: readonly string[]): ReportRow[] =>
  VERDICTS.flatMap((verdict) => checks.filter((check) => check.verdict === verdict)).map((check) => {
    const { verdict, subject, account, region, name, found, details = [], remedy } = check;
    return {
      word: verdict,
      color: VERDICT_COLORS[verdict],
      heading: headingOf(check, regions),
      fields: account === undefined ? [region, subject] : [account, region, subject],
      name,
      found,
      details,
      remedy,
    };
  });

function headingOf({ subject, account, region }: Check, regions: readonly string[]): string {
  const isRegionShown = account !== undefined || regions.length > 1;
  const place = [account, isRegionShown ? region : undefined].filter((part) => part !== undefined);
  return place.length === 0 ? subject : `${subject} (${place.join(" ")})`;
}
