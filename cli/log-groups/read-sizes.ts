import { GetMetricDataCommand, type MetricDataQuery, type MetricDataResult } from "@aws-sdk/client-cloudwatch";
import { call } from "../aws/call";
import type { LogGroup } from "../sources/log-groups";
import type { LogGroupsContext } from "./context";

const DAY_MS = 86_400_000;
const DAYS = 7;

/** Source: CloudWatch API, GetMetricData.MetricDataQueries. */
const MAX_QUERIES = 500;

/**
 * The bytes that each log group received a day, over the last seven days or since it was created; a log group is
 * missing where CloudWatch does not say.
 *
 * @throws UndeterminedError when CloudWatch does not answer
 */
export async function readSizes(
  { cloudWatch }: Pick<LogGroupsContext, "cloudWatch">,
  groups: readonly LogGroup[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (let start = 0; start < groups.length; start += MAX_QUERIES) {
    const batch = groups.slice(start, start + MAX_QUERIES);
    const command = new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - DAYS * DAY_MS),
      EndTime: now,
      MetricDataQueries: batch.map(({ name }, index) => queryOf(`m${index}`, name)),
    });
    const answer = await call("cloudwatch:GetMetricData", cloudWatch.send(command));
    const results = new Map((answer?.MetricDataResults ?? []).map((result) => [result.Id, result]));
    for (const [index, group] of batch.entries()) {
      const result = results.get(`m${index}`);
      if (result?.StatusCode === "Complete") {
        sizes.set(group.name, total(result) / daysOf(group, now));
      }
    }
  }
  return sizes;
}

const queryOf = (Id: string, logGroupName: string): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace: "AWS/Logs",
      MetricName: "IncomingBytes",
      Dimensions: [{ Name: "LogGroupName", Value: logGroupName }],
    },
    Period: DAY_MS / 1000,
    Stat: "Sum",
  },
});

/** A log group that received nothing has no values. */
const total = ({ Values = [] }: MetricDataResult): number => Values.reduce((sum, value) => sum + value, 0);

/** How many days a log group could receive something; one that is younger than a day counts as a day old. */
const daysOf = ({ createdAt }: LogGroup, now: Date): number =>
  createdAt === undefined ? DAYS : Math.min(DAYS, Math.max(1, (now.getTime() - createdAt.getTime()) / DAY_MS));
