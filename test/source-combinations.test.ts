import type { InputName, InputValues } from "../modules/inputs";
import { combinationProblem } from "../modules/literal-checks";
import { SOURCE_COMBINATIONS } from "../modules/source-combinations";

const ROLE_ARN = "arn:aws:iam::123456789012:role/metric-streams";
const API = "/aws/lambda/api";
const ERRORS = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";

/** What is wrong with inputs of the sources together, with their names in angle brackets. */
const problems = (values: InputValues): readonly string[] =>
  SOURCE_COMBINATIONS.flatMap((combination) =>
    combinationProblem(
      combination,
      (name) => `<${name}>`,
      (name) => values[name],
    ),
  );

/** Which variable carries each validation, its condition, and what its message shows of the values. */
const inTerraform = (...inputs: readonly InputName[]): readonly (readonly [string, string, string | undefined])[] =>
  SOURCE_COMBINATIONS.filter((combination) => combination.inputs.join() === inputs.join()).map(
    ({ reportedOn, condition, received }) => [
      reportedOn.map(({ input, unless }) => (unless === undefined ? input : `${input}?`)).join(", "),
      condition((name) => `var.${name}`),
      received?.template((name) => `var.${name}`),
    ],
  );

const quotedItems = (list: string, condition = "true"): string =>
  `"\${join("\\", \\"", [for item in ${list} : item == null ? "null" : item if ${condition}])}"`;

test("there are eleven combinations, and inputs with their defaults break none", () => {
  expect(SOURCE_COMBINATIONS).toHaveLength(11);
  expect(problems({})).toEqual([]);
});

describe("a source and the stream that it feeds", () => {
  test.each<[source: InputName, stream: InputName]>([
    ["createMetricStream", "createMetricsStream"],
    ["subscribeAccount", "createLogsStream"],
  ])("%s needs %s", (source, stream) => {
    expect(problems({ [source]: true, [stream]: false })).toEqual([
      `<${source}> conflicts with <${stream}> = false, got true. Set <${stream}> to true, or remove <${source}>.`,
    ]);
    for (const values of [{ [source]: true }, { [source]: false, [stream]: false }, { [stream]: false }]) {
      expect(problems(values)).toEqual([]);
    }
    expect(inTerraform(source, stream)).toEqual([[source, `!(var.${source}) || var.${stream}`, `\${var.${source}}`]]);
  });

  test("log groups need the logs stream", () => {
    const logGroups = { b: "/aws/lambda/b", a: API };
    expect(problems({ logGroups, createLogsStream: false })).toEqual([
      '<logGroups> conflicts with <createLogsStream> = false, got "a", "b". Set <createLogsStream> to true, or remove <logGroups>.',
    ]);
    expect(problems({ logGroups })).toEqual([]);
    expect(problems({ logGroups: {}, createLogsStream: false })).toEqual([]);
    expect(inTerraform("logGroups", "createLogsStream")).toEqual([
      ["logGroups", "!(length(var.logGroups) > 0) || var.createLogsStream", quotedItems("keys(var.logGroups)")],
    ]);
  });
});

describe("the filters of a metric stream", () => {
  const include = { "AWS/EC2": [] };

  test("are of one kind", () => {
    const exclude = { "AWS/S3": [], "AWS/EBS": [] };
    expect(problems({ metricStreamIncludeFilters: include, metricStreamExcludeFilters: exclude })).toEqual([
      '<metricStreamExcludeFilters> conflicts with <metricStreamIncludeFilters>, got "AWS/EBS", "AWS/S3". Remove one of them: CloudWatch accepts either kind of filter.',
    ]);
    expect(problems({ metricStreamIncludeFilters: include, metricStreamExcludeFilters: {} })).toEqual([]);
    expect(problems({ metricStreamIncludeFilters: {}, metricStreamExcludeFilters: exclude })).toEqual([]);
    expect(inTerraform("metricStreamExcludeFilters", "metricStreamIncludeFilters")).toEqual([
      [
        "metricStreamExcludeFilters",
        "length(var.metricStreamExcludeFilters) == 0 || length(var.metricStreamIncludeFilters) == 0",
        quotedItems("keys(var.metricStreamExcludeFilters)"),
      ],
    ]);
  });

  const metric = (namespace = "AWS/ELB", metric_name = "Latency"): object => ({ namespace, metric_name });
  const outside = (shown: string): readonly string[] => [
    `<metricStreamStatistics> must contain only metrics that pass the filters, got ${shown}. Remove these entries, or change <metricStreamIncludeFilters> or <metricStreamExcludeFilters>.`,
  ];

  test.each<[name: string, filters: object, statistics: readonly object[], expected: readonly string[]]>([
    ["without filters", {}, [metric()], []],
    ["with the namespace", { "AWS/ELB": [] }, [metric()], []],
    ["with the metric", { "AWS/ELB": ["RequestCount", "Latency"] }, [metric()], []],
    ["with another metric", { "AWS/ELB": ["RequestCount"] }, [metric()], outside('"AWS/ELB Latency"')],
    [
      "with another namespace",
      { "AWS/EC2": [], "AWS/S3": [] },
      [metric(), metric("AWS/S3"), metric("AWS/RDS", "x")],
      outside('"AWS/ELB Latency", "AWS/RDS x"'),
    ],
  ])("that include let statistics through: %s", (_, filters, statistics, expected) => {
    expect(problems({ metricStreamIncludeFilters: filters, metricStreamStatistics: statistics })).toEqual(expected);
  });

  test.each<[name: string, filters: object, statistics: readonly object[], expected: readonly string[]]>([
    ["another namespace", { "AWS/EC2": [] }, [metric()], []],
    ["another metric", { "AWS/ELB": ["RequestCount"] }, [metric()], []],
    ["the namespace", { "AWS/ELB": [] }, [metric(), metric("AWS/EC2")], outside('"AWS/ELB Latency"')],
    ["the metric", { "AWS/ELB": ["Latency"] }, [metric(), metric("AWS/ELB", "x")], outside('"AWS/ELB Latency"')],
  ])("that exclude do not let statistics through: %s", (_, filters, statistics, expected) => {
    expect(problems({ metricStreamExcludeFilters: filters, metricStreamStatistics: statistics })).toEqual(expected);
  });

  test("are compared with the statistics by Terraform too", () => {
    const matches = (filters: string): string => {
      const list = `lookup(var.${filters}, entry.namespace, ["\\n"])`;
      return `(length(${list}) == 0 || contains(keys(var.${filters}), entry.namespace) && contains(${list}, entry.metric_name))`;
    };
    const outsideFilters = `[for entry in var.metricStreamStatistics : "\${entry.namespace} \${entry.metric_name}" if length(var.metricStreamIncludeFilters) > 0 && !${matches("metricStreamIncludeFilters")} || ${matches("metricStreamExcludeFilters")}]`;
    expect(inTerraform("metricStreamStatistics", "metricStreamIncludeFilters", "metricStreamExcludeFilters")).toEqual([
      ["metricStreamStatistics", `length(${outsideFilters}) == 0`, quotedItems(outsideFilters)],
    ]);
  });
});

describe("the role of a metric stream", () => {
  test("is required where none is created", () => {
    expect(problems({ createMetricStreamRole: false })).toEqual([
      "<metricStreamRoleArn> is required when <createMetricStreamRole> is false, got null. Set <metricStreamRoleArn> to the ARN of the role to use.",
    ]);
    expect(problems({ createMetricStreamRole: false, metricStreamRoleArn: ROLE_ARN })).toEqual([]);
  });

  test("has no effect where one is created, which is the default", () => {
    const conflict = `<metricStreamRoleArn> conflicts with <createMetricStreamRole> = true, got "${ROLE_ARN}". Set <createMetricStreamRole> to false to use that role, or remove <metricStreamRoleArn>.`;
    expect(problems({ metricStreamRoleArn: ROLE_ARN })).toEqual([conflict]);
    expect(problems({ metricStreamRoleArn: ROLE_ARN, createMetricStreamRole: true })).toEqual([conflict]);
  });

  test("has a name only where it is created", () => {
    const existing = { createMetricStreamRole: false, metricStreamRoleArn: ROLE_ARN };
    expect(problems({ ...existing, metricStreamRoleName: "mine" })).toEqual([
      '<metricStreamRoleName> conflicts with <createMetricStreamRole> = false, got "mine". Remove it: <metricStreamRoleArn> is the role to use.',
    ]);
    expect(problems({ metricStreamRoleName: "mine" })).toEqual([]);
    expect(problems({ metricStreamRoleName: "mine", createMetricStreamRole: true })).toEqual([]);
  });

  test("is checked by Terraform too", () => {
    expect(inTerraform("metricStreamRoleArn", "createMetricStreamRole")).toEqual([
      ["createMetricStreamRole", "var.createMetricStreamRole || var.metricStreamRoleArn != null", undefined],
      ["kloudfuseIngesterHost", "!var.createMetricStreamRole || var.metricStreamRoleArn == null", undefined],
    ]);
    expect(inTerraform("metricStreamRoleName", "createMetricStreamRole")).toEqual([
      ["metricStreamRoleName", "var.createMetricStreamRole || var.metricStreamRoleName == null", undefined],
    ]);
  });
});

describe("the log groups", () => {
  test("do not contain the error log group of the streams", () => {
    const recursive = (name: string): string =>
      `<logGroups> must not contain the error log group of the streams, got "${name}". Remove it: each delivery error would cause another delivery.`;
    expect(problems({ logGroups: { api: API, errors: ERRORS } })).toEqual([recursive(ERRORS)]);
    const own = "/aws/kinesisfirehose/m/l";
    const names = { metricsStreamName: "m", logsStreamName: "l" };
    expect(problems({ ...names, logGroups: { errors: own } })).toEqual([recursive(own)]);
    expect(problems({ ...names, logGroups: { errors: ERRORS } })).toEqual([]);
    const expression = 'format("/aws/kinesisfirehose/%s/%s", var.metricsStreamName, var.logsStreamName)';
    expect(inTerraform("logGroups", "metricsStreamName", "logsStreamName")).toEqual([
      ["logGroups", `!contains(values(var.logGroups), ${expression})`, `\${${expression}}`],
    ]);
  });

  test("are not subscribed by the account's policy too", () => {
    const twice = (shown: string): string =>
      `<logGroups> conflicts with <subscribeAccount>, got ${shown}. Remove these log groups or add them to <accountExcludedLogGroups>: their events would be delivered twice.`;
    const logGroups = { b: "/b", api: API, a: "/a" };
    expect(problems({ subscribeAccount: true, logGroups })).toEqual([twice(`"/a", "${API}", "/b"`)]);
    expect(problems({ subscribeAccount: true, logGroups, accountExcludedLogGroups: ["/b", API] })).toEqual([
      twice('"/a"'),
    ]);
    expect(problems({ subscribeAccount: true, logGroups, accountExcludedLogGroups: ["/b", API, "/a"] })).toEqual([]);
    expect(problems({ subscribeAccount: false, logGroups })).toEqual([]);
    expect(problems({ subscribeAccount: true, logGroups: {} })).toEqual([]);
    const isExcluded = "contains(var.accountExcludedLogGroups, item)";
    expect(inTerraform("subscribeAccount", "logGroups", "accountExcludedLogGroups")).toEqual([
      [
        "subscribeAccount",
        `!var.subscribeAccount || alltrue([for item in values(var.logGroups) : ${isExcluded}])`,
        quotedItems("values(var.logGroups)", `!${isExcluded}`),
      ],
    ]);
  });
});

describe("the log groups that the account's policy leaves out", () => {
  /** Names with which the selection criteria, with the error log group, have so many bytes. */
  const excludedInBytes = (bytes: number): readonly string[] => {
    const length = bytes - `LogGroupName NOT IN ["${ERRORS}",""]`.length;
    return ["g".repeat(length)];
  };

  test("have at most 25,000 bytes as selection criteria", () => {
    expect(problems({ accountExcludedLogGroups: excludedInBytes(25_000) })).toEqual([]);
    expect(problems({ accountExcludedLogGroups: excludedInBytes(25_001) })).toEqual([
      "<accountExcludedLogGroups> must have at most 25000 bytes as selection criteria, got 25001 bytes. Exclude fewer log groups, or list those to subscribe in <logGroups>.",
    ]);
  });

  test("are counted with the error log group of the streams, once", () => {
    const excluded = excludedInBytes(25_000);
    expect(problems({ accountExcludedLogGroups: [...excluded, ERRORS] })).toEqual([]);
    expect(problems({ accountExcludedLogGroups: excluded, logsStreamName: "kloudfuse-logs2" })).toHaveLength(1);
    expect(problems({ accountExcludedLogGroups: excluded, metricsStreamName: "kloudfuse-metrics2" })).toHaveLength(1);
  });

  test("are counted by Terraform too", () => {
    const names =
      'setunion(var.accountExcludedLogGroups, [format("/aws/kinesisfirehose/%s/%s", var.metricsStreamName, var.logsStreamName)])';
    const bytes = `length(format("LogGroupName NOT IN %s", jsonencode(sort(${names}))))`;
    expect(inTerraform("accountExcludedLogGroups", "metricsStreamName", "logsStreamName")).toEqual([
      ["accountExcludedLogGroups", `${bytes} <= 25000`, `\${${bytes}}`],
    ]);
  });
});
