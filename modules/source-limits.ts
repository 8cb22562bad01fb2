import { distinctItems, each, hasListPerName, listSizesBetween, totalAtMost } from "./collection-rules";
import { attributeItems, attributes, listEntries, mapListItems, mapNames, mapValues, setItems } from "./collections";
import { lengthAtMost, matching, notMatching, type Rule } from "./rules";

const ASCII_TEXT = matching("^[ -~]{0,255}$", "be at most 255 printable ASCII characters");
const NOT_BLANK = matching("[^ ]", "not be blank");
const NO_LEADING_COLON = notMatching("^:", "not begin with :");
const LOG_GROUP_NAME = matching("^[a-zA-Z0-9._/#-]{1,512}$", "be 1 to 512 of the characters a-z A-Z 0-9 . _ / # -");

const NUMBER = "[0-9]+([.][0-9]{0,10})?([Ee][+-]?[0-9]+)?";
const PERCENTAGE = "([0-9]{1,2}([.][0-9]{0,10})?|100([.]0{0,10})?)%";
const EXTENDED_STATISTIC = [
  "IQM",
  "(p|tc|tm|ts|wm)(100|[0-9]{1,2})([.][0-9]{0,10})?",
  "[ou][0-9]+([.][0-9]*)?",
  `(TM|TC|TS|WM)[(]((${PERCENTAGE})?:${PERCENTAGE}|${PERCENTAGE}:)[)]`,
  `(TM|TC|TS|WM|PR)[(]((${NUMBER})?:${NUMBER}|${NUMBER}:)[)]`,
].join("|");

/** The number of statistics of one entry. */
export const STATISTICS_PER_ENTRY = listSizesBetween(1, 20, {
  attribute: "statistics",
  noun: "statistics",
  names: ["namespace", "metric_name"],
});

const metricFilters = [
  hasListPerName("namespace"),
  totalAtMost(1000, "namespaces and metric names", [mapNames("namespace"), mapListItems("metric name")]),
  each(mapNames("namespace"), ASCII_TEXT),
  each(mapNames("namespace"), NOT_BLANK),
  each(mapNames("namespace"), NO_LEADING_COLON),
  each(mapListItems("metric name"), ASCII_TEXT),
  each(mapListItems("metric name"), NOT_BLANK),
] as const;

/** The limits of the sources that feed the delivery streams: the metric stream and the log subscriptions. */
export const SOURCE_LIMITS = {
  /** CloudWatch API, PutMetricStream.Name. */
  metricStreamName: [matching("^[a-zA-Z0-9_-]{1,255}$", "be 1 to 255 of the characters a-z A-Z 0-9 _ -")],
  /** CloudWatch API, MetricStreamFilter: 1,000 names in all; Namespace and MetricName. */
  metricStreamFilters: metricFilters,
  /**
   * CloudWatch API, MetricStreamStatisticsConfiguration: 20 statistics each. CloudWatch User Guide, "Statistics
   * definitions"; the AWS provider rejects everything that begins with p0 or p100.
   */
  metricStreamStatistics: [
    totalAtMost(100, "entries", [listEntries]),
    each(attributes("namespace", "namespace"), ASCII_TEXT),
    each(attributes("namespace", "namespace"), NOT_BLANK),
    each(attributes("namespace", "namespace"), NO_LEADING_COLON),
    each(attributes("metric name", "metric_name"), ASCII_TEXT),
    each(attributes("metric name", "metric_name"), NOT_BLANK),
    STATISTICS_PER_ENTRY,
    each(
      attributeItems("statistic", "statistics"),
      matching(`^(${EXTENDED_STATISTIC})$`, "be a percentile or another extended statistic, such as p99, tm90 or IQM"),
    ),
    each(
      attributeItems("statistic", "statistics"),
      notMatching("^p(0|100)", "not begin with p0 or p100, which the AWS provider rejects"),
    ),
  ],
  /** CloudWatch API, MetricStreamStatisticsConfiguration.IncludeMetrics. */
  metricStreamStatisticsMetrics: [totalAtMost(100, "metrics", [listEntries])],
  /** CloudWatch Logs API, PutSubscriptionFilter.logGroupName. */
  logGroups: [each(mapValues("log group name"), LOG_GROUP_NAME), distinctItems(mapValues("log group name"))],
  /** CloudWatch Logs API, PutSubscriptionFilter.filterPattern. */
  logFilterPattern: [lengthAtMost(1024)],
  /** CloudWatch Logs API, LogGroup.logGroupName; the criteria take exact names only. */
  accountExcludedLogGroups: [each(setItems("log group name"), LOG_GROUP_NAME)],
  /** CloudWatch Logs API, PutAccountPolicy.policyName. */
  accountPolicyName: [matching("^.", "not be empty"), notMatching("^aws/", "not begin with aws/, which AWS reserves")],
} as const satisfies Record<string, readonly Rule[]>;
