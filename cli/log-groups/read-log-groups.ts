import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { matches, wildcards } from "../../iam/pattern";
import { type LogGroup, listLogGroups } from "../sources/log-groups";

/** The log groups to list. */
export interface LogGroupSelection {
  /** Beginnings of names; empty: all. */
  readonly prefixes: readonly string[];
  /** Names that are left out, with `*` and `?` as wildcards. */
  readonly excludes: readonly string[];
}

/**
 * The log groups of a region, each once.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function* readLogGroups(
  logs: CloudWatchLogsClient,
  { prefixes, excludes }: LogGroupSelection,
): AsyncGenerator<LogGroup> {
  const patterns = excludes.map(wildcards);
  const seen = new Set<string>();
  for (const prefix of prefixes.length === 0 ? [undefined] : prefixes) {
    for await (const group of listLogGroups(logs, prefix)) {
      const isExcluded = patterns.some((pattern) => matches(pattern, group.name, { ignoresCase: false }) === true);
      if (!isExcluded && !seen.has(group.name)) {
        seen.add(group.name);
        yield group;
      }
    }
  }
}
