import { type CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { call } from "../aws/call";

/** A log group of an account and region. */
export interface LogGroup {
  readonly name: string;
  /** AWS's name of the class: `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`. */
  readonly logClass: string;
  /** Undefined where AWS does not say. */
  readonly createdAt: Date | undefined;
}

/**
 * The only class whose log groups can be subscribed.
 *
 * Source: CloudWatch Logs, "Log classes".
 */
export const SUBSCRIBABLE_CLASS = "STANDARD";

/** The log groups of a region that can be subscribed. @throws UndeterminedError when AWS does not list them */
export async function* listSubscribableLogGroups(logs: CloudWatchLogsClient): AsyncGenerator<LogGroup> {
  for await (const group of listLogGroups(logs)) {
    if (group.logClass === SUBSCRIBABLE_CLASS) {
      yield group;
    }
  }
}

/**
 * The log groups of a region, as AWS lists them.
 *
 * @param prefix beginning of their names; undefined for all
 * @throws UndeterminedError when AWS does not list them
 */
export async function* listLogGroups(logs: CloudWatchLogsClient, prefix?: string): AsyncGenerator<LogGroup> {
  let nextToken: string | undefined;
  do {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix, nextToken });
    const page = await call("logs:DescribeLogGroups", logs.send(command));
    for (const { logGroupName = "", logGroupClass = SUBSCRIBABLE_CLASS, creationTime } of page?.logGroups ?? []) {
      const createdAt = creationTime === undefined ? undefined : new Date(creationTime);
      yield { name: logGroupName, logClass: logGroupClass, createdAt };
    }
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
}
