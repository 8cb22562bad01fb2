import { KloudfuseFirehoseModule } from "../modules";
import { INPUTS, variableName } from "../modules/inputs";
import { synthesize, type Template } from "./helpers/synth";

/** The public interface: what calls the module relies on. A new input has its row here once it is released. */
const VARIABLES = {
  kloudfuse_ingester_host: ["string", undefined],
  create_metrics_stream: ["bool", true],
  metrics_stream_name: ["string", "kloudfuse-metrics"],
  create_logs_stream: ["bool", true],
  logs_stream_name: ["string", "kloudfuse-logs"],
  buffering_size_mb: ["number", 4],
  buffering_interval_seconds: ["number", 60],
  metrics_buffering_size_mb: ["number", null],
  metrics_buffering_interval_seconds: ["number", null],
  logs_buffering_size_mb: ["number", null],
  logs_buffering_interval_seconds: ["number", null],
  retry_duration_seconds: ["number", 300],
  access_key: ["string", null],
  access_key_secret_arn: ["string", null],
  common_attributes: ["map(string)", {}],
  create_role: ["bool", true],
  role_arn: ["string", null],
  create_role_policies: ["bool", true],
  role_name: ["string", "KloudfuseFirehoseRole"],
  role_path: ["string", "/"],
  permissions_boundary_arn: ["string", null],
  create_backup_bucket: ["bool", true],
  backup_bucket_arn: ["string", null],
  backup_prefix: ["string", ""],
  backup_bucket_name: ["string", null],
  backup_retention_days: ["number", 30],
  backup_force_destroy: ["bool", false],
  kms_key_arn: ["string", null],
  error_log_retention_days: ["number", 30],
  create_metric_stream: ["bool", false],
  metric_stream_name: ["string", null],
  metric_stream_include_filters: ["map(list(string))", {}],
  metric_stream_exclude_filters: ["map(list(string))", {}],
  metric_stream_statistics: [
    "list(object({ namespace = string, metric_name = string, statistics = set(string) }))",
    [],
  ],
  metric_stream_include_linked_accounts: ["bool", false],
  create_metric_stream_role: ["bool", true],
  metric_stream_role_arn: ["string", null],
  metric_stream_role_name: ["string", null],
  log_groups: ["map(string)", {}],
  log_filter_pattern: ["string", ""],
  subscribe_account: ["bool", false],
  account_excluded_log_groups: ["set(string)", []],
  account_policy_name: ["string", null],
  create_alarms: ["bool", false],
  create_alarm_topic: ["bool", false],
  alarm_topic_arn: ["string", null],
  alarm_emails: ["set(string)", []],
  alarm_topic_kms_key_arn: ["string", null],
  alarm_ok_actions: ["bool", false],
  alarm_stalled_seconds: ["number", null],
  alarm_quota_percent: ["number", 80],
  create_dashboard: ["bool", false],
  tags: ["map(string)", {}],
} as const;

const streamOutput = (signal: string, attribute: string): string =>
  `\${var.create_${signal}_stream ? aws_kinesis_firehose_delivery_stream.${signal}[0].${attribute} : null}`;

const metricStreamOutput = (value: string): string => `\${var.create_metric_stream ? ${value} : null}`;

const ALARM_ADDRESSES = [
  ...["delivery_failing", "records_backed_up", "backup_failing", "delivery_stalled"],
  ...["throttled", "quota_near", "customer_key_unusable"],
]
  .flatMap((id) => [`metrics_${id}`, `logs_${id}`])
  .concat(["request_too_large", "metric_stream_failing", "metrics_silent"])
  .map((id) => `aws_cloudwatch_metric_alarm.alarms_${id}`);

/** Locals that outputs refer to. */
const OUTPUT_LOCALS = {
  role_arn: "${var.create_role ? aws_iam_role.delivery[0].arn : var.role_arn}",
  role_name: "${var.create_role ? aws_iam_role.delivery[0].name : basename(var.role_arn)}",
  bucket_arn: "${var.create_backup_bucket ? aws_s3_bucket.backup[0].arn : var.backup_bucket_arn}",
  bucket_name:
    '${var.create_backup_bucket ? aws_s3_bucket.backup[0].bucket : element(split(":", var.backup_bucket_arn), 5)}',
};

/** Each is an attribute of a resource, so that what reads it depends on the resource. */
const OUTPUTS = {
  role_arn: "${local.role_arn}",
  role_name: "${local.role_name}",
  role_policies: {
    KloudfuseFirehosePermissions: "${data.aws_iam_policy_document.delivery_put_records_document.json}",
    KloudfuseFirehoseDelivery: "${data.aws_iam_policy_document.delivery_deliver_document.json}",
  },
  backup_bucket_arn: "${local.bucket_arn}",
  backup_bucket_name: "${local.bucket_name}",
  metrics_stream_arn: streamOutput("metrics", "arn"),
  metrics_stream_name: streamOutput("metrics", "name"),
  metrics_endpoint_url: streamOutput("metrics", "http_endpoint_configuration[0].url"),
  logs_stream_arn: streamOutput("logs", "arn"),
  logs_stream_name: streamOutput("logs", "name"),
  logs_endpoint_url: streamOutput("logs", "http_endpoint_configuration[0].url"),
  error_log_group_name: "${aws_cloudwatch_log_group.errors.name}",
  metric_stream_arn: metricStreamOutput("aws_cloudwatch_metric_stream.metric_stream[0].arn"),
  metric_stream_name: metricStreamOutput("aws_cloudwatch_metric_stream.metric_stream[0].name"),
  metric_stream_role_arn: metricStreamOutput(
    "(var.create_metric_stream && var.create_metric_stream_role) ? aws_iam_role.metric_stream_role[0].arn : var.metric_stream_role_arn",
  ),
  subscribed_log_group_names:
    "${[for filter in aws_cloudwatch_log_subscription_filter.log_groups : filter.log_group_name]}",
  alarm_topic_arn: "${var.create_alarm_topic ? aws_sns_topic_policy.alarms_topic_policy[0].arn : null}",
  alarm_names: `\${concat(${ALARM_ADDRESSES.map((address) => `${address}[*].alarm_name`).join(", ")})}`,
  dashboard_name: "${var.create_dashboard ? aws_cloudwatch_dashboard.dashboard[0].dashboard_name : null}",
};

describe("the module", () => {
  let template: Template;

  beforeAll(() => {
    template = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));
  });

  test("has a variable for each input", () => {
    expect(Object.keys(template.json.variable)).toEqual(Object.keys(INPUTS).map(variableName));
  });

  test("keeps the types and defaults of its variables", () => {
    for (const [name, [type, fallback]] of Object.entries(VARIABLES)) {
      expect([name, template.variable(name, "type"), template.variable(name, "default")]).toEqual([
        name,
        type,
        fallback,
      ]);
    }
  });

  test("describes each variable in sentences", () => {
    for (const name of Object.keys(template.json.variable)) {
      expect([name, template.variable(name, "description")]).toEqual([name, expect.stringMatching(/\.$/)]);
    }
  });

  test("accepts null only where null is the default", () => {
    for (const name of Object.keys(template.json.variable)) {
      const accepted = template.variable(name, "default") === null;
      expect([name, template.variable(name, "nullable")]).toEqual([name, accepted ? undefined : false]);
    }
  });

  test("hides the access key and nothing else", () => {
    const sensitive = Object.keys(template.json.variable).filter(
      (name) => template.variable(name, "sensitive") !== undefined,
    );
    expect(sensitive).toEqual(["access_key"]);
  });

  test("has exactly the documented outputs", () => {
    const outputs = Object.entries(OUTPUTS).map(([name, value]) => [
      name,
      { value, description: expect.stringMatching(/\.$/) as unknown },
    ]);
    expect(template.json.output).toEqual(Object.fromEntries(outputs));
    expect(Object.keys(template.json.output)).toEqual(Object.keys(OUTPUTS));
    expect(template.json).toMatchObject({ locals: OUTPUT_LOCALS });
  });

  test("has addresses without hashes, and no data source but those it uses", () => {
    expect(template.addresses).toEqual([
      "aws_cloudwatch_dashboard.dashboard",
      "aws_cloudwatch_log_account_policy.account",
      "aws_cloudwatch_log_group.errors",
      "aws_cloudwatch_log_metric_filter.alarms_request_too_large_filter",
      "aws_cloudwatch_log_stream.logs_http_endpoint_delivery",
      "aws_cloudwatch_log_stream.logs_s3_backup",
      "aws_cloudwatch_log_stream.metrics_http_endpoint_delivery",
      "aws_cloudwatch_log_stream.metrics_s3_backup",
      "aws_cloudwatch_log_subscription_filter.log_groups",
      ...[...ALARM_ADDRESSES].sort(),
      "aws_cloudwatch_metric_stream.metric_stream",
      "aws_iam_role.delivery",
      "aws_iam_role.metric_stream_role",
      "aws_iam_role_policy.delivery_deliver",
      "aws_iam_role_policy.delivery_put_records",
      "aws_iam_role_policy.metric_stream_put_records",
      "aws_kinesis_firehose_delivery_stream.logs",
      "aws_kinesis_firehose_delivery_stream.metrics",
      "aws_s3_bucket.backup",
      "aws_s3_bucket_lifecycle_configuration.backup_lifecycle",
      "aws_s3_bucket_ownership_controls.backup_ownership",
      "aws_s3_bucket_policy.backup_tls_only",
      "aws_s3_bucket_public_access_block.backup_public_access",
      "aws_s3_bucket_server_side_encryption_configuration.backup_encryption",
      "aws_s3_bucket_versioning.backup_versioning",
      "aws_sns_topic.alarms_topic",
      "aws_sns_topic_policy.alarms_topic_policy",
      "aws_sns_topic_subscription.alarms_topic_email",
    ]);
    expect(template.dataAddresses).toEqual([
      "aws_caller_identity.account",
      "aws_iam_policy_document.alarms_topic_policy_document",
      "aws_iam_policy_document.backup_tls_only_document",
      "aws_iam_policy_document.delivery_deliver_document",
      "aws_iam_policy_document.delivery_put_records_document",
      "aws_iam_policy_document.delivery_trust",
      "aws_iam_policy_document.metric_stream_put_records_document",
      "aws_iam_policy_document.metric_stream_role_trust",
      "aws_partition.partition",
      "aws_region.region",
      "aws_service_principal.logs_principal",
    ]);
  });

  test("decides by a flag, which is always known, what it creates", () => {
    const counts = template.addresses.map((address) => [address, template.resource(address, "count")]);
    const flags: [pattern: RegExp, flag: string][] = [
      [/alarms_metrics_quota/, "((var.create_alarms && var.create_metrics_stream) && (var.alarm_quota_percent >= 1))"],
      [/alarms_logs_quota/, "((var.create_alarms && var.create_logs_stream) && (var.alarm_quota_percent >= 1))"],
      [/alarms_metrics_silent/, "((var.create_alarms && var.create_metrics_stream) && var.create_metric_stream)"],
      [/alarms_metrics_/, "(var.create_alarms && var.create_metrics_stream)"],
      [/alarms_logs_/, "(var.create_alarms && var.create_logs_stream)"],
      [/alarms_metric_stream/, "(var.create_alarms && var.create_metric_stream)"],
      [/alarms_request_too_large/, "var.create_alarms"],
      [/^aws_sns_topic(_policy)?\./, "var.create_alarm_topic"],
      [/_dashboard\./, "var.create_dashboard"],
      [
        /_policy\.metric_stream/,
        "(var.create_metric_stream && (var.create_metric_stream_role || var.create_role_policies))",
      ],
      [/_role\.metric_stream/, "(var.create_metric_stream && var.create_metric_stream_role)"],
      [/\.metric_stream$/, "var.create_metric_stream"],
      [/\.account$/, "var.subscribe_account"],
      [/^aws_iam_role\./, "var.create_role"],
      [/^aws_iam_role_policy\./, "var.create_role_policies"],
      [/^aws_s3_bucket/, "var.create_backup_bucket"],
      [/\.metrics/, "var.create_metrics_stream"],
      [/\.logs/, "var.create_logs_stream"],
    ];
    const countOf = (address: string): string | undefined => {
      const [, flag] = flags.find(([pattern]) => pattern.test(address)) ?? [];
      return flag === undefined ? undefined : `\${${flag} ? 1 : 0}`;
    };
    expect(counts).toEqual(template.addresses.map((address) => [address, countOf(address)]));
    expect(counts.filter(([, count]) => count === undefined)).toEqual([
      ["aws_cloudwatch_log_group.errors", undefined],
      ["aws_cloudwatch_log_subscription_filter.log_groups", undefined],
      ["aws_sns_topic_subscription.alarms_topic_email", undefined],
    ]);
  });

  test("decides by the keys of a map, which are always known, which log groups it subscribes", () => {
    expect(template.resource("aws_cloudwatch_log_subscription_filter.log_groups", "for_each")).toBe(
      "${var.log_groups}",
    );
  });

  test("needs Terraform 1.9 and the provider from 5.100 to 6", () => {
    expect(template.json.terraform).toEqual({
      required_version: ">= 1.9.0",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    });
  });

  test("holds no provider, backend, cloud, comment or literal template", () => {
    expect(Object.keys(template.json)).toEqual(["terraform", "variable", "locals", "data", "resource", "output"]);
    const text = JSON.stringify(template.json);
    for (const absent of ['"provider"', '"backend"', '"cloud"', '"//"', "$${", "TfToken", process.cwd(), "0.21"]) {
      expect(text).not.toContain(absent);
    }
  });

  test("is the same whenever it is made", () => {
    const again = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));
    expect(JSON.stringify(again.json)).toBe(JSON.stringify(template.json));
  });

  test("follows a secret and a key that are unknown when it plans", () => {
    expect(
      template.resource("aws_kinesis_firehose_delivery_stream.logs", "http_endpoint_configuration", "dynamic"),
    ).toMatchObject({
      secrets_manager_configuration: {
        for_each: "${(var.access_key_secret_arn != null) ? [var.access_key_secret_arn] : []}",
      },
    });
    expect(template.data("aws_iam_policy_document.delivery_deliver_document", "dynamic", "statement")).toMatchObject([
      { for_each: "${(var.kms_key_arn != null) ? [true] : []}", content: { sid: "UseKmsKey" } },
      { for_each: "${(var.access_key_secret_arn != null) ? [true] : []}", content: { sid: "ReadAccessKey" } },
    ]);
  });

  describe("carries what a construct adds", () => {
    const withBlock = (kind: string, block: unknown): unknown =>
      synthesize((app) => {
        const stack = new KloudfuseFirehoseModule(app, "kloudfuse-firehose");
        stack.addOverride(kind, block);
        return stack;
      }).json;

    test.each([
      ["moved", [{ from: "aws_s3_bucket.a", to: "aws_s3_bucket.b" }]],
      ["check", { health: { assert: [{ condition: "${true}", error_message: "must be healthy" }] } }],
      ["import", [{ to: "aws_s3_bucket.backup[0]", id: "my-bucket" }]],
    ])("in %s blocks", (kind, block) => {
      expect(withBlock(kind, block)).toMatchObject({ [kind]: block });
    });

    test("beside the locals of its own", () => {
      expect(withBlock("locals.mine", "value")).toMatchObject({
        locals: { mine: "value", bucket_arn: expect.stringContaining("var.create_backup_bucket") as unknown },
      });
    });

    test.each([
      ["terraform.required_providers.random", { source: "hashicorp/random" }, "random"],
      ["terraform.experiments", ["x"], "experiments"],
      ["provider.random", [{}], "a second provider random"],
      ["provider.aws", [{}, { alias: "eu" }], "a second provider aws"],
    ])("and fails for what only the caller could bring: %s", (path, value, name) => {
      expect(() => withBlock(path, value)).toThrow(
        new Error(
          `The module must use the one provider aws and no settings of Terraform, got ${name}. ` +
            "Remove it, or add it to module-stack.ts.",
        ),
      );
    });

    test("and fails for a kind of block that it does not know, instead of dropping it", () => {
      expect(() => withBlock("removed", [{ from: "aws_s3_bucket.a" }])).toThrow(
        new Error(
          "The module must consist of variable, data, resource, output, locals, moved, check, import blocks, got removed. " +
            "Add the kind to OTHER_BLOCKS in module-stack.ts, or remove the block.",
        ),
      );
    });
  });

  test("refuses at plan what is in another partition, region or account than the streams", () => {
    const messagesOf = (preconditions: unknown): string[] =>
      (preconditions as { error_message: string }[]).map(({ error_message }) => error_message.replace(/, got .*/, ""));
    const [region, partition, account] = [
      "${data.aws_region.region.id}",
      "${data.aws_partition.partition.partition}",
      "${data.aws_caller_identity.account.account_id}",
    ];
    const permissions = template.data("aws_iam_policy_document.delivery_deliver_document", "lifecycle", "precondition");
    expect(messagesOf(permissions)).toEqual([
      `access_key_secret_arn must be in the partition that the streams are deployed to, ${partition}`,
      `access_key_secret_arn must be in the streams' region, ${region}`,
      `kms_key_arn must be in the partition that the streams are deployed to, ${partition}`,
      `kms_key_arn must be in the streams' region, ${region}`,
      `backup_bucket_arn must be in the partition that the streams are deployed to, ${partition}`,
    ]);
    for (const signal of ["metrics", "logs"]) {
      const stream = template.resource(`aws_kinesis_firehose_delivery_stream.${signal}`, "lifecycle", "precondition");
      expect(messagesOf(stream)).toEqual([
        `role_arn must be in the partition that the streams are deployed to, ${partition}`,
        `role_arn must be in the account that the streams are deployed to, ${account}`,
      ]);
    }
    expect(template.resource("aws_iam_role.delivery", "lifecycle", "precondition", 1)).toEqual({
      condition:
        '${!can(regex("^arn:", var.permissions_boundary_arn)) ? true : contains([data.aws_caller_identity.account.account_id, "aws"], element(split(":", var.permissions_boundary_arn == null ? "" : var.permissions_boundary_arn), 4))}',
      error_message:
        'permissions_boundary_arn must be in the account that the role is created in, ${data.aws_caller_identity.account.account_id}, got "${var.permissions_boundary_arn == null ? "" : var.permissions_boundary_arn}". Use a policy of this account or one that AWS manages.',
    });
  });

  test("leaves common attributes out whose value is null", () => {
    expect(
      template.resource(
        "aws_kinesis_firehose_delivery_stream.logs",
        "http_endpoint_configuration",
        "request_configuration",
        "dynamic",
        "common_attributes",
        "for_each",
      ),
    ).toBe("${{for name, value in var.common_attributes : name => value if value != null}}");
  });
});
