import type { Check } from "../checks/check";
import type { ReportScope } from "./report";

/** Checks under one heading. */
export interface CheckGroup {
  readonly heading: string;
  readonly checks: readonly Check[];
}

/**
 * Puts checks that follow each other under the heading of their subject. The order stays, so a subject that has a
 * problem and a note has two headings: problems come first.
 */
export function groupsOf(checks: readonly Check[], { regions }: ReportScope): CheckGroup[] {
  const groups = new Map<string, { readonly heading: string; readonly checks: Check[] }>();
  for (const check of checks) {
    const { subject, region, verdict } = check;
    const heading = regions.length > 1 && region !== undefined ? `${subject} (${region})` : subject;
    const key = `${verdict} ${heading}`;
    const group = groups.get(key) ?? { heading, checks: [] };
    group.checks.push(check);
    groups.set(key, group);
  }
  return [...groups.values()];
}
