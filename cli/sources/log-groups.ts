import { type CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { pagesOf } from "../aws/pages";

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
export async function* listLogGroups(client: CloudWatchLogsClient, prefix?: string): AsyncGenerator<LogGroup> {
  const paginator = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix });
  for await (const page of pagesOf("logs:DescribeLogGroups", paginator)) {
    for (const { logGroupName = "", logGroupClass = SUBSCRIBABLE_CLASS, creationTime } of page?.logGroups ?? []) {
      const createdAt = creationTime === undefined ? undefined : new Date(creationTime);
      yield { name: logGroupName, logClass: logGroupClass, createdAt };
    }
  }
}
