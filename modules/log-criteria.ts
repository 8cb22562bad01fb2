/** CloudWatch Logs API, PutAccountPolicy.selectionCriteria: at most 25 KB of UTF-8. */
export const MAX_CRITERIA_BYTES = 25_000;

/** Name of the log group that Firehose writes the delivery errors of both streams to. */
export const errorLogGroupName = (metricsStreamName: string, logsStreamName: string): string =>
  `/aws/kinesisfirehose/${metricsStreamName}/${logsStreamName}`;

/** The same as a Terraform expression. */
export const errorLogGroupExpression = (metricsStreamName: string, logsStreamName: string): string =>
  `format("/aws/kinesisfirehose/%s/%s", ${metricsStreamName}, ${logsStreamName})`;

/** The log groups that an account-level subscription selects: all but these, sorted so that the text is stable. */
export const selectionCriteria = (excluded: readonly string[]): string =>
  `LogGroupName NOT IN ${JSON.stringify([...new Set(excluded)].sort())}`;

/** The same as a Terraform expression of a list of names and of one more name. */
export const selectionCriteriaExpression = (excluded: string, alsoExcluded: string): string =>
  `format("LogGroupName NOT IN %s", jsonencode(sort(setunion(${excluded}, [${alsoExcluded}]))))`;
