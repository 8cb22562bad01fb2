/** CloudWatch Logs API, PutAccountPolicy.selectionCriteria: at most 25 KB of UTF-8. */
export const MAX_CRITERIA_BYTES = 25_000;

/** Prefix of the names of the log groups that Firehose writes delivery errors to. */
export const ERROR_LOG_GROUP_PREFIX = "/aws/kinesisfirehose/";

/** Name of the log group that Firehose writes the delivery errors of streams to. */
export const errorLogGroupName = (...streamNames: readonly [string, ...string[]]): string =>
  `${ERROR_LOG_GROUP_PREFIX}${streamNames.join("/")}`;

/** The same for both streams as a template for Terraform's `format`, which takes their names. */
export const ERROR_LOG_GROUP_TEMPLATE = errorLogGroupName("%s", "%s");

/** The same as a Terraform expression. */
export const errorLogGroupExpression = (metricsStreamName: string, logsStreamName: string): string =>
  `format("${ERROR_LOG_GROUP_TEMPLATE}", ${metricsStreamName}, ${logsStreamName})`;

/** Selection criteria: all log groups except those in a JSON list of names. */
export const criteriaExcluding = (names: string): string => `LogGroupName NOT IN ${names}`;

/** Selection criteria of an account-level subscription: all log groups except these, sorted to keep the result stable. */
export const selectionCriteria = (excluded: readonly string[]): string =>
  criteriaExcluding(JSON.stringify([...new Set(excluded)].sort()));

/** The same as a Terraform expression of a list of names and of one more name. */
export const selectionCriteriaExpression = (excluded: string, alsoExcluded: string): string =>
  `format("${criteriaExcluding("%s")}", jsonencode(sort(setunion(${excluded}, [${alsoExcluded}]))))`;
