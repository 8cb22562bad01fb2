import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { matches, wildcards } from "../../iam/pattern";
import { call } from "../aws/call";
import type { LogGroupsContext } from "./context";
import { type LogGroup, SUBSCRIBABLE_CLASS } from "./log-group";

/** Which log groups are listed. */
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
  context: Pick<LogGroupsContext, "logs">,
  { prefixes, excludes }: LogGroupSelection,
): AsyncGenerator<LogGroup> {
  const patterns = excludes.map(wildcards);
  const seen = new Set<string>();
  for (const prefix of prefixes.length === 0 ? [undefined] : prefixes) {
    for await (const group of withPrefix(context, prefix)) {
      const isExcluded = patterns.some((pattern) => matches(pattern, group.name, { ignoresCase: false }) === true);
      if (!isExcluded && !seen.has(group.name)) {
        seen.add(group.name);
        yield group;
      }
    }
  }
}

async function* withPrefix(
  { logs }: Pick<LogGroupsContext, "logs">,
  logGroupNamePrefix: string | undefined,
): AsyncGenerator<LogGroup> {
  let nextToken: string | undefined;
  do {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix, nextToken });
    const page = await call("logs:DescribeLogGroups", logs.send(command));
    for (const { logGroupName = "", logGroupClass = SUBSCRIBABLE_CLASS, creationTime } of page?.logGroups ?? []) {
      const createdAt = creationTime === undefined ? undefined : new Date(creationTime);
      yield { name: logGroupName, logClass: logGroupClass, createdAt };
    }
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
}
