import { UndeterminedError } from "../exit-codes";
import { plural } from "../numbers";
import { readFiltersOfEach } from "../sources/subscription-filters";
import { type Answer, attempt } from "../aws/attempt";
import type { LogGroupsContext } from "./context";
import type { InspectedLogGroup } from "./log-group";
import { type LogGroupSelection, readLogGroups } from "./read-log-groups";
import { readSizes } from "./read-sizes";

/** The log groups of a region, as AWS describes them. */
export interface Inspection {
  /** Sorted by name. */
  readonly groups: readonly InspectedLogGroup[];
  /** Why something is not known, each reason once. */
  readonly reasons: readonly string[];
}

/**
 * Lists log groups with their subscription filters and sizes. If AWS does not return something, the rest is still read.
 *
 * @param progress called with the number of log groups so far
 * @throws UndeterminedError when AWS does not list the log groups
 */
export async function inspectLogGroups(
  context: LogGroupsContext,
  selection: LogGroupSelection,
  { now, progress }: { readonly now: Date; readonly progress: (count: number) => void },
): Promise<Inspection> {
  const reasons = new Set<string>();
  const known = <T>(answer: Answer<T>): T | undefined => {
    if (answer instanceof UndeterminedError) {
      reasons.add(answer.message);
      return undefined;
    }
    return answer;
  };
  const groups = new Array<Omit<InspectedLogGroup, "bytesPerDay">>();
  for await (const read of readFiltersOfEach(context.logs, readLogGroups(context.logs, selection))) {
    groups.push(...read.map(({ group, filters }) => ({ ...group, filters: known(filters) })));
    progress(groups.length);
  }
  groups.sort((one, other) => (one.name < other.name ? -1 : 1));
  const sizes = known(await attempt(readSizes(context, groups, now)));
  const incomplete = groups.filter(({ name }) => sizes?.has(name) === false).length;
  if (incomplete > 0) {
    reasons.add(`CloudWatch did not answer completely for the size of ${plural(incomplete, "log group")}.`);
  }
  return {
    groups: groups.map((group) => ({ ...group, bytesPerDay: sizes?.get(group.name) })),
    reasons: [...reasons],
  };
}
