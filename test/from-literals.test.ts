import { FLEET_INPUT_NAMES } from "../fleet/input-schema";
import { type InputName, inputOf, variableName } from "../modules/inputs";
import { FleetStack } from "../modules/stacks/fleet-stack";
import { EDGES } from "../scripts/edge-cases";
import { FLEET_HOST } from "./helpers/fleet";
import { synthesize, type Template } from "./helpers/synth";

const ROLE = "arn:aws:iam::123456789012:role/telemetry";

const stack = (inputs: object): Template =>
  synthesize(
    (app) =>
      new FleetStack(app, "fleet", {
        account: "123456789012",
        region: "eu-west-1",
        inputs: { ...FLEET_HOST, ...inputs },
      }),
  );

/** Everything that the flags can add, so that each input has something to change. */
const EVERYTHING = {
  create_metric_stream: true,
  create_alarms: true,
  create_alarm_topic: true,
  create_dashboard: true,
  alarm_ok_actions: false,
  log_groups: { api: "/aws/lambda/api" },
};

/** What else an input needs to have an effect. */
const NEEDS: Readonly<Partial<Record<InputName, object>>> = {
  createRole: { role_arn: ROLE },
  roleArn: { create_role: false, role_arn: ROLE },
  createRolePolicies: { create_role: false, role_arn: ROLE },
  createBackupBucket: { backup_bucket_arn: "arn:aws:s3:::failed" },
  backupBucketArn: { create_backup_bucket: false, backup_bucket_arn: "arn:aws:s3:::failed" },
  createMetricStreamRole: { metric_stream_role_arn: ROLE },
  metricStreamRoleArn: { create_metric_stream_role: false, metric_stream_role_arn: ROLE },
  createMetricsStream: { create_metric_stream: false },
  createLogsStream: { log_groups: {} },
  createAlarms: { create_alarm_topic: false },
  createAlarmTopic: { create_alarm_topic: false },
  alarmTopicArn: { create_alarm_topic: false },
  subscribeAccount: { log_groups: {} },
  accountExcludedLogGroups: { subscribe_account: true, log_groups: {} },
  accountPolicyName: { subscribe_account: true, log_groups: {} },
};

const samplesOf = (name: InputName, base: Readonly<Record<string, unknown>>): readonly unknown[] =>
  inputOf(name).type === "bool"
    ? [!(base[variableName(name)] ?? inputOf(name).default)]
    : EDGES.filter(({ input }) => input === name).flatMap(({ accepted }) => accepted);

test.each(FLEET_INPUT_NAMES.map((name) => [name]))("%s changes what is synthesized", (name) => {
  const base = { ...EVERYTHING, ...NEEDS[name] };
  const before = JSON.stringify(stack(base).json);
  const isChange = (value: unknown): boolean =>
    JSON.stringify(stack({ ...base, [variableName(name)]: value }).json) !== before;
  expect(samplesOf(name, base).some(isChange)).toBe(true);
});

describe("a stack with literals", () => {
  test("has nothing of what the flags leave out", () => {
    const types = Object.keys(stack({}).json.resource);
    expect(types).toEqual(expect.arrayContaining(["aws_iam_role", "aws_s3_bucket"]));
    expect(types.filter((type) => /metric|sns|dashboard|subscription|account_policy/.test(type))).toEqual([]);
  });

  test("sends one signal where the other is off", () => {
    const streams = (inputs: object): string[] =>
      stack(inputs).addresses.filter((address) => address.startsWith("aws_kinesis_firehose_delivery_stream."));
    expect(streams({ create_logs_stream: false })).toEqual(["aws_kinesis_firehose_delivery_stream.metrics"]);
    expect(streams({ create_metrics_stream: false })).toEqual(["aws_kinesis_firehose_delivery_stream.logs"]);
  });

  test("uses an existing role, and adds no policies where its owner does", () => {
    const inputs = { create_role: false, role_arn: ROLE };
    expect(Object.keys(stack(inputs).json.resource)).not.toContain("aws_iam_role");
    expect(Object.keys(stack(inputs).json.resource)).toContain("aws_iam_role_policy");
    expect(Object.keys(stack({ ...inputs, create_role_policies: false }).json.resource)).not.toContain(
      "aws_iam_role_policy",
    );
  });

  test("names the statistics of metrics as the construct does", () => {
    const metric_stream_statistics = [{ namespace: "AWS/ELB", metric_name: "Latency", statistics: ["p99"] }];
    const template = stack({ create_metric_stream: true, metric_stream_statistics });
    const [address = ""] = template.addresses.filter((each) => each.startsWith("aws_cloudwatch_metric_stream."));
    expect(template.resource(address, "statistics_configuration")).toEqual([
      { additional_statistics: ["p99"], include_metric: [{ metric_name: "Latency", namespace: "AWS/ELB" }] },
    ]);
  });
});
