/** CloudWatch Logs API, PutAccountPolicy.selectionCriteria: at most 25 KB of UTF-8. */
export const MAX_CRITERIA_BYTES = 25_000;

/** Beginning of the names of the log groups that Firehose writes delivery errors to. */
export const ERROR_LOG_GROUP_PREFIX = "/aws/kinesisfirehose/";

/** Name of the log group that Firehose writes the delivery errors of streams to. */
export const errorLogGroupName = (...streamNames: readonly [string, ...string[]]): string =>
  `${ERROR_LOG_GROUP_PREFIX}${streamNames.join("/")}`;

/** The same of both streams as a template of Terraform's `format`, which takes their names. */
export const ERROR_LOG_GROUP_TEMPLATE = errorLogGroupName("%s", "%s");

/** The same as a Terraform expression. */
export const errorLogGroupExpression = (metricsStreamName: string, logsStreamName: string): string =>
  `format("${ERROR_LOG_GROUP_TEMPLATE}", ${metricsStreamName}, ${logsStreamName})`;

/** Selection criteria: all log groups but those of a list of names in JSON. */
export const criteriaExcluding = (names: string): string => `LogGroupName NOT IN ${names}`;

/** The log groups that an account-level subscription selects: all but these, sorted so that the text is stable. */
export const selectionCriteria = (excluded: readonly string[]): string =>
  criteriaExcluding(JSON.stringify([...new Set(excluded)].sort()));

/** The same as a Terraform expression of a list of names and of one more name. */
export const selectionCriteriaExpression = (excluded: string, alsoExcluded: string): string =>
  `format("${criteriaExcluding("%s")}", jsonencode(sort(setunion(${excluded}, [${alsoExcluded}]))))`;
