import {
  type AcceptedCombination,
  type EdgeCases,
  type RejectedCombination,
  type Rejection,
  repeat,
  shownAs,
  texts,
} from "./edge-case";

const FILTERS_ADVICE =
  'Use a map such as { "AWS/EC2" = ["CPUUtilization"], "AWS/S3" = [] }, with [] for all metrics of a namespace.';
const STATISTICS_ADVICE =
  'Use entries such as { namespace = "AWS/ELB", metric_name = "Latency", statistics = ["p99"] }.';
const LOG_GROUPS_ADVICE = "Use the name of each log group once, without its ARN.";
const EXCLUDED_ADVICE = "Use exact log group names; the policy supports neither prefixes nor patterns.";
const LOG_GROUP_RULE = { item: "log group name", text: "be 1 to 512 of the characters a-z A-Z 0-9 . _ / # -" };
const BAD_LOG_GROUP_NAMES = [
  "",
  repeat("g", 513),
  "my group",
  "/aws/lambda/*",
  "arn:aws:logs:eu-west-1:123456789012:log-group:g",
  "gröup",
  "group\n",
];

const names = (count: number, prefix = "Metric"): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const namespaces = (count: number, metrics: number): Record<string, string[]> =>
  Object.fromEntries(names(count, "AWS/").map((namespace) => [namespace, names(metrics)]));

/** Rejections of values that each contain one bad string, which the error shows. */
const inside = (
  rule: { readonly item: string; readonly text: string },
  advice: string,
  bad: readonly string[],
  wrap: (text: string) => unknown,
): Rejection[] => texts(rule, advice, bad).map(([text, message]) => [wrap(String(text)), message]);

const namedTexts = (
  advice: string,
  withNamespace: (namespace: string) => unknown,
  withMetric: (metricName: string) => unknown,
): Rejection[] => {
  const beyondAscii = [repeat("n", 256), "ü", "a\n", "a\u007f"];
  return [
    ...inside(
      { item: "namespace", text: "be at most 255 printable ASCII characters" },
      advice,
      beyondAscii,
      withNamespace,
    ),
    ...inside({ item: "namespace", text: "not be blank" }, advice, ["", "  "], withNamespace),
    ...inside({ item: "namespace", text: "not begin with :" }, advice, [":", ":AWS/EC2"], withNamespace),
    ...inside(
      { item: "metric name", text: "be at most 255 printable ASCII characters" },
      advice,
      beyondAscii,
      withMetric,
    ),
    ...inside({ item: "metric name", text: "not be blank" }, advice, ["", " "], withMetric),
  ];
};

const filters: Pick<EdgeCases, "accepted" | "rejected"> = {
  accepted: [
    {},
    { "AWS/EC2": [] },
    { [repeat("n", 255)]: [repeat("m", 255)], " ~": ["! "], "Custom:App": [":m"] },
    namespaces(10, 99),
    namespaces(1000, 0),
    namespaces(1, 999),
  ],
  rejected: [
    ...shownAs("have a list for every namespace", FILTERS_ADVICE, '"AWS/EC2"', [{ "AWS/EC2": null, "AWS/S3": [] }]),
    ...shownAs("have at most 1000 namespaces and metric names", FILTERS_ADVICE, "1001 namespaces and metric names", [
      namespaces(1, 1000),
      namespaces(1001, 0),
      { ...namespaces(10, 99), Custom: [] },
    ]),
    ...namedTexts(
      FILTERS_ADVICE,
      (namespace) => ({ [namespace]: [], "AWS/EC2": ["CPUUtilization"] }),
      (metricName) => ({ "AWS/EC2": ["CPUUtilization", metricName] }),
    ),
  ],
};

const metric = (changes: object = {}): object => ({
  namespace: "AWS/ELB",
  metric_name: "Latency",
  statistics: ["p99"],
  ...changes,
});
const metrics = (count: number): object[] => names(count).map((metric_name) => metric({ metric_name }));
const percentiles = (count: number): string[] => names(count, "p9.");

/** Both edges of every limit of the sources, for `EDGES`. */
export const SOURCE_EDGES: readonly EdgeCases[] = [
  {
    input: "metricStreamName",
    accepted: ["m", "Kloudfuse_metrics-2", repeat("m", 255)],
    rejected: texts(
      "be 1 to 255 of the characters a-z A-Z 0-9 _ -",
      "Choose another name, unique among the metric streams of the account and region.",
      ["", repeat("m", 256), "my.stream", "my stream", "strömung"],
    ),
  },
  { input: "metricStreamIncludeFilters", ...filters },
  { input: "metricStreamExcludeFilters", ...filters },
  {
    input: "metricStreamStatistics",
    accepted: [
      [],
      [metric({ namespace: repeat("n", 255), metric_name: repeat("m", 255) })],
      [metric({ statistics: percentiles(20) })],
      [metric({ statistics: ["IQM", "p1", "p99.9999999999", "tc100", "tm90", "ts5.5", "wm98", "o1.5", "u2"] })],
      [metric({ statistics: ["TM(2%:98%)", "TC(:99.9%)", "TS(80%:)", "WM(150:1000)", "PR(:300)", "PR(1e3:)"] })],
      metrics(100),
    ],
    rejected: [
      ...shownAs("have at most 100 entries", STATISTICS_ADVICE, "101 entries", [metrics(101)]),
      ...namedTexts(
        STATISTICS_ADVICE,
        (namespace) => [metric(), metric({ namespace })],
        (metric_name) => [metric(), metric({ metric_name })],
      ),
      ...shownAs("have 1 to 20 statistics in every entry", STATISTICS_ADVICE, '"AWS/ELB Few"', [
        [metric(), metric({ metric_name: "Few", statistics: [] })],
      ]),
      ...shownAs("have 1 to 20 statistics in every entry", STATISTICS_ADVICE, '"AWS/ELB Many"', [
        [metric(), metric({ metric_name: "Many", statistics: percentiles(21) })],
      ]),
      ...inside(
        { item: "statistic", text: "be a percentile or another extended statistic, such as p99, tm90 or IQM" },
        STATISTICS_ADVICE,
        ["", "Average", "p", "p101", "P99", "p99 ", "p99.99999999999", "PR(300)", "PR(1%:2%)", "TM(:)", "iqm"],
        (statistic) => [metric({ statistics: ["p99", statistic] })],
      ),
      ...inside(
        { item: "statistic", text: "not begin with p0 or p100, which the AWS provider rejects" },
        STATISTICS_ADVICE,
        ["p0", "p0.5", "p05", "p100", "p100.0"],
        (statistic) => [metric({ statistics: ["p99", statistic] })],
      ),
    ],
  },
  {
    input: "logGroups",
    accepted: [{}, { api: "g" }, { "any key": repeat("g", 512), b: "/aws/lambda/API_1.x-y#z", c: "/aws/lambda/api_1" }],
    rejected: [
      ...inside(LOG_GROUP_RULE, LOG_GROUPS_ADVICE, BAD_LOG_GROUP_NAMES, (name) => ({
        api: "/aws/lambda/api",
        b: name,
      })),
      ...shownAs("not contain a log group name more than once", LOG_GROUPS_ADVICE, '"/aws/lambda/api"', [
        { a: "/aws/lambda/api", b: "/aws/lambda/other", c: "/aws/lambda/api" },
      ]),
    ],
  },
  {
    input: "logFilterPattern",
    accepted: ["", '{ $.level = "ERROR" }', "[ip, user, ...]", repeat("p", 1024)],
    rejected: [
      ...shownAs("have at most 1024 characters", "Use a shorter pattern.", "1025 characters", [repeat("p", 1025)]),
      ...shownAs("have at most 1024 characters", "Use a shorter pattern.", "2048 characters", [repeat("😀", 2048)]),
    ],
  },
  {
    input: "accountExcludedLogGroups",
    accepted: [[], ["g"], [repeat("g", 512), "/aws/eks/kloudfuse/cluster"]],
    rejected: inside(LOG_GROUP_RULE, EXCLUDED_ADVICE, BAD_LOG_GROUP_NAMES, (name) => ["/aws/lambda/api", name]),
  },
  {
    input: "accountPolicyName",
    accepted: ["a", "kloudfuse-logs", "team aws/logs"],
    rejected: [
      ...texts("not be empty", "Choose another name.", [""]),
      ...texts("not begin with aws/, which AWS reserves", "Choose another name.", ["aws/", "aws/logs"]),
    ],
  },
];

const METRIC_ROLE_ARN = "arn:aws:iam::123456789012:role/metric-streams";
const API = "/aws/lambda/api";
const ERRORS = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";

/** Excluded log groups for selection criteria of a number of bytes. */
function excludedInBytes(bytes: number): string[] {
  const quotesAndComma = 3;
  const own = `LogGroupName NOT IN ["${ERRORS}"]`.length;
  const each = 500;
  const count = Math.ceil((bytes - own) / (each + quotesAndComma));
  const last = bytes - own - (count - 1) * (each + quotesAndComma) - quotesAndComma;
  return Array.from({ length: count }, (_, index) => `g${index}`.padEnd(index === count - 1 ? last : each, "-"));
}

const roleUnused: RejectedCombination["message"] = (label) =>
  `${label("metricStreamRoleArn")} conflicts with ${label("createMetricStreamRole")} = true, got "${METRIC_ROLE_ARN}". ` +
  `Set ${label("createMetricStreamRole")} to false to use that role, or remove ${label("metricStreamRoleArn")}.`;

const outsideFilters =
  (shown: string): RejectedCombination["message"] =>
  (label) =>
    `${label("metricStreamStatistics")} must contain only metrics that pass the filters, got ${shown}. ` +
    `Remove these entries, or change ${label("metricStreamIncludeFilters")} or ${label("metricStreamExcludeFilters")}.`;

/** The invalid combinations of source inputs, for `REJECTED_COMBINATIONS`. */
export const REJECTED_SOURCES: readonly RejectedCombination[] = [
  {
    name: "a metric stream without the metrics stream",
    reportedOn: "createMetricStream",
    inputs: { createMetricStream: true, createMetricsStream: false },
    message: (label) =>
      `${label("createMetricStream")} conflicts with ${label("createMetricsStream")} = false, got true. ` +
      `Set ${label("createMetricsStream")} to true, or remove ${label("createMetricStream")}.`,
  },
  {
    name: "both kinds of metric filter",
    reportedOn: "metricStreamExcludeFilters",
    inputs: {
      metricStreamIncludeFilters: { "AWS/EC2": [] },
      metricStreamExcludeFilters: { "AWS/S3": [], "AWS/EBS": [] },
    },
    message: (label) =>
      `${label("metricStreamExcludeFilters")} conflicts with ${label("metricStreamIncludeFilters")}, got "AWS/EBS", "AWS/S3". ` +
      "Remove one of them: CloudWatch accepts either kind of filter.",
  },
  {
    name: "statistics of metrics that are not included",
    reportedOn: "metricStreamStatistics",
    inputs: {
      metricStreamIncludeFilters: { "AWS/ELB": ["RequestCount"], "AWS/EC2": [] },
      metricStreamStatistics: [metric(), metric({ namespace: "AWS/EC2" }), metric({ namespace: "AWS/RDS" })],
    },
    message: outsideFilters('"AWS/ELB Latency", "AWS/RDS Latency"'),
  },
  {
    name: "statistics of metrics that are excluded",
    reportedOn: "metricStreamStatistics",
    inputs: {
      metricStreamExcludeFilters: { "AWS/ELB": ["Latency"], "AWS/EC2": [] },
      metricStreamStatistics: [metric(), metric({ namespace: "AWS/EC2" }), metric({ metric_name: "RequestCount" })],
    },
    message: outsideFilters('"AWS/ELB Latency", "AWS/EC2 Latency"'),
  },
  {
    name: "no metric stream role to create and none to use",
    reportedOn: "createMetricStreamRole",
    inputs: { createMetricStreamRole: false },
    message: (label) =>
      `${label("metricStreamRoleArn")} is required when ${label("createMetricStreamRole")} is false, got null. Set ${label("metricStreamRoleArn")} to the ARN of the role to use.`,
  },
  {
    name: "a metric stream role to use and, by default, one to create",
    reportedOn: "kloudfuseIngesterHost",
    inputs: { metricStreamRoleArn: METRIC_ROLE_ARN },
    message: roleUnused,
  },
  {
    name: "a metric stream role to use and a name for one to create",
    reportedOn: "metricStreamRoleName",
    inputs: { createMetricStreamRole: false, metricStreamRoleArn: METRIC_ROLE_ARN, metricStreamRoleName: "mine" },
    message: (label) =>
      `${label("metricStreamRoleName")} conflicts with ${label("createMetricStreamRole")} = false, got "mine". ` +
      `Remove it: ${label("metricStreamRoleArn")} is the role to use.`,
  },
  {
    name: "log groups without the logs stream",
    reportedOn: "logGroups",
    inputs: { createLogsStream: false, logGroups: { b: "/aws/lambda/b", a: "/aws/lambda/a" } },
    message: (label) =>
      `${label("logGroups")} conflicts with ${label("createLogsStream")} = false, got "a", "b". ` +
      `Set ${label("createLogsStream")} to true, or remove ${label("logGroups")}.`,
  },
  {
    name: "the account without the logs stream",
    reportedOn: "subscribeAccount",
    inputs: { createLogsStream: false, subscribeAccount: true },
    message: (label) =>
      `${label("subscribeAccount")} conflicts with ${label("createLogsStream")} = false, got true. ` +
      `Set ${label("createLogsStream")} to true, or remove ${label("subscribeAccount")}.`,
  },
  {
    name: "the error log group among the log groups",
    reportedOn: "logGroups",
    inputs: { logsStreamName: "mine", logGroups: { errors: "/aws/kinesisfirehose/kloudfuse-metrics/mine" } },
    message: (label) =>
      `${label("logGroups")} must not contain the error log group of the streams, got "/aws/kinesisfirehose/kloudfuse-metrics/mine". ` +
      "Remove it: each delivery error would cause another delivery.",
  },
  {
    name: "selection criteria that are too long",
    reportedOn: "accountExcludedLogGroups",
    inputs: { accountExcludedLogGroups: excludedInBytes(25_001) },
    message: (label) =>
      `${label("accountExcludedLogGroups")} must have at most 25000 bytes as selection criteria, got 25001 bytes. ` +
      `Exclude fewer log groups, or list those to subscribe in ${label("logGroups")}.`,
  },
  {
    name: "log groups that the account's policy subscribes too",
    reportedOn: "subscribeAccount",
    inputs: {
      subscribeAccount: true,
      logGroups: { api: API, other: "/aws/lambda/other" },
      accountExcludedLogGroups: ["/aws/lambda/other"],
    },
    message: (label) =>
      `${label("logGroups")} conflicts with ${label("subscribeAccount")}, got "${API}". ` +
      `Remove these log groups or add them to ${label("accountExcludedLogGroups")}: their events would be delivered twice.`,
  },
];

/** The valid combinations of source inputs, for `ACCEPTED_COMBINATIONS`. */
export const ACCEPTED_SOURCES: readonly AcceptedCombination[] = [
  { name: "a metric stream", inputs: { createMetricStream: true } },
  { name: "a metric stream without the logs stream", inputs: { createMetricStream: true, createLogsStream: false } },
  {
    name: "filters and statistics while there is no metric stream",
    inputs: { metricStreamIncludeFilters: { "AWS/ELB": [] }, metricStreamStatistics: [metric()] },
  },
  {
    name: "statistics of an included metric",
    inputs: { metricStreamIncludeFilters: { "AWS/ELB": ["Latency"] }, metricStreamStatistics: [metric()] },
  },
  {
    name: "statistics of a metric that is not excluded",
    inputs: { metricStreamExcludeFilters: { "AWS/ELB": ["RequestCount"] }, metricStreamStatistics: [metric()] },
  },
  { name: "one kind of metric filter", inputs: { metricStreamExcludeFilters: { "AWS/S3": [] } } },
  {
    name: "a metric stream role to use",
    inputs: { createMetricStreamRole: false, metricStreamRoleArn: METRIC_ROLE_ARN },
  },
  { name: "a metric stream role to create, by a name", inputs: { metricStreamRoleName: "mine" } },
  { name: "log groups", inputs: { logGroups: { api: API } } },
  { name: "log groups without the metrics stream", inputs: { createMetricsStream: false, logGroups: { api: API } } },
  { name: "another deployment's error log group", inputs: { logsStreamName: "mine", logGroups: { errors: ERRORS } } },
  { name: "the account", inputs: { subscribeAccount: true } },
  {
    name: "the account and log groups that it excludes",
    inputs: { subscribeAccount: true, logGroups: { api: API }, accountExcludedLogGroups: [API] },
  },
  {
    name: "selection criteria of the greatest length",
    inputs: { accountExcludedLogGroups: excludedInBytes(25_000) },
  },
  {
    name: "selection criteria that name the error log group themselves",
    inputs: { subscribeAccount: true, accountExcludedLogGroups: [ERRORS] },
  },
];
