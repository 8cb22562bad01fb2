import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { METRIC_NAMESPACES } from "../../modules/metric-table";
import { getMetricData } from "../aws/metric-data";
import type { LogGroup } from "../sources/log-groups";
import { DAY_MS } from "../time";
import type { LogGroupsContext } from "./context";

const DAYS = 7;

/**
 * The average bytes that each log group received a day, over the last seven days or since it was created; without the
 * log groups for which CloudWatch has no complete answer.
 *
 * @throws UndeterminedError when CloudWatch does not answer
 */
export async function readSizes(
  { cloudWatch }: Pick<LogGroupsContext, "cloudWatch">,
  groups: readonly LogGroup[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const groupsById = new Map(groups.map((group, index) => [`m${index}`, group]));
  const range = { StartTime: new Date(now.getTime() - DAYS * DAY_MS), EndTime: now };
  const queries = [...groupsById].map(([id, { name }]) => queryOf(id, name));
  for await (const { id, values, isComplete } of getMetricData(cloudWatch, range, queries)) {
    const group = groupsById.get(id);
    if (group !== undefined && isComplete) {
      sizes.set(group.name, sum(values) / daysOf(group, now));
    }
  }
  return sizes;
}

const queryOf = (Id: string, logGroupName: string): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace: METRIC_NAMESPACES.logs,
      MetricName: "IncomingBytes",
      Dimensions: [{ Name: "LogGroupName", Value: logGroupName }],
    },
    Period: DAY_MS / 1000,
    Stat: "Sum",
  },
});

/** A log group that received nothing has no values. */
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The number of days that a log group existed, from one to seven. */
const daysOf = ({ createdAt }: LogGroup, now: Date): number =>
  createdAt === undefined ? DAYS : Math.min(DAYS, Math.max(1, (now.getTime() - createdAt.getTime()) / DAY_MS));
