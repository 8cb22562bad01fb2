import { TerraformOutput, TerraformVariable } from "cdktf";
import { KloudfuseFirehose } from "../modules";
import { firehose, stackWith } from "./helpers/synth";

const FILTERS = "aws_cloudwatch_log_subscription_filter.log_groups";
const ACCOUNT = "aws_cloudwatch_log_account_policy.account";
const HOST = "kfuse.example.com";
const ERRORS = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";
const AFTER = [
  "aws_kinesis_firehose_delivery_stream.metrics",
  "aws_kinesis_firehose_delivery_stream.logs",
  "aws_iam_role_policy.delivery_put_records",
  "aws_iam_role_policy.delivery_deliver",
];

/** The ARNs of stream and role, as the first plan knows them. */
const STREAM_ARN =
  "arn:${data.aws_partition.partition.partition}:firehose:${data.aws_region.region.id}:${data.aws_caller_identity.account.account_id}:deliverystream/kloudfuse-logs";
const ROLE_ARN =
  "arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.account.account_id}:role${aws_iam_role.delivery.path}${aws_iam_role.delivery.name}";

describe("log groups", () => {
  test("are not subscribed unless they are listed", () => {
    expect(firehose().addresses.filter((address) => /subscription|account_policy/.test(address))).toEqual([]);
  });

  test("have a filter each, at the key of the map, after both streams and the role's policies", () => {
    const template = firehose({ logGroups: { api: "/ecs/api" }, logFilterPattern: '{ $.level = "ERROR" }' });
    expect(template.resource(FILTERS)).toEqual({
      "//": expect.anything() as unknown,
      for_each: { api: "/ecs/api" },
      name: "kloudfuse-logs",
      log_group_name: "${each.value}",
      filter_pattern: '{ $.level = "ERROR" }',
      destination_arn: "${aws_kinesis_firehose_delivery_stream.logs.arn}",
      role_arn: ROLE_ARN,
      depends_on: AFTER,
    });
  });

  test("are named once they are subscribed", () => {
    const template = stackWith((stack) => {
      const some = new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: HOST, logGroups: { a: "a" } });
      new TerraformOutput(stack, "names", { value: some.subscribedLogGroupNames });
    });
    expect(template.output("names", "value")).toBe(
      "${[for filter in aws_cloudwatch_log_subscription_filter.log_groups : filter.log_group_name]}",
    );
  });

  test("are checked by the filters where their names are tokens", () => {
    const template = stackWith((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: HOST, logGroups: { a: name, b: "/ecs/b" } });
    });
    const messages = (template.resource(FILTERS, "lifecycle", "precondition") as { error_message: string }[]).map(
      ({ error_message }) => error_message.replace(/, got .*/, ""),
    );
    expect(messages).toEqual([
      "logGroups must not be null",
      "every log group name in logGroups must be 1 to 512 of the characters a-z A-Z 0-9 . _ / # -",
      "logGroups must not contain a log group name more than once",
      "logGroups must not contain the error log group of the streams",
    ]);
  });

  test("are not the error log group", () => {
    expect(() => firehose({ logGroups: { errors: ERRORS } })).toThrow(
      new Error(
        `logGroups must not contain the error log group of the streams, got "${ERRORS}". Remove it: each delivery error would cause another delivery.`,
      ),
    );
  });

  test("need the logs stream", () => {
    expect(() => firehose({ signals: ["metrics"], logGroups: { a: "a" } })).toThrow(
      new Error('signals must contain "logs" to use the logs stream of test/Default, got ["metrics"]. Add "logs".'),
    );
  });
});

describe("an account's subscription", () => {
  test("leaves out the error log group and the excluded ones, sorted, each once", () => {
    const template = firehose({
      accountSubscription: { excludedLogGroups: ["/b", "/aws/z", ERRORS, "/b"] },
      logFilterPattern: '?ERROR ?"two words"',
    });
    expect(template.resource(ACCOUNT)).toEqual({
      "//": expect.anything() as unknown,
      policy_name: "kloudfuse-logs",
      policy_type: "SUBSCRIPTION_FILTER_POLICY",
      policy_document: `\${jsonencode({"DestinationArn" = "${STREAM_ARN}", "FilterPattern" = "?ERROR ?\\"two words\\"", "RoleArn" = "${ROLE_ARN}"})}`,
      selection_criteria: `LogGroupName NOT IN ["${ERRORS}","/aws/z","/b"]`,
      depends_on: AFTER,
    });
    expect(firehose({ accountSubscription: {} }).resource(ACCOUNT, "selection_criteria")).toBe(
      `LogGroupName NOT IN ["${ERRORS}"]`,
    );
  });

  test("has the name that is set", () => {
    expect(firehose({ accountSubscription: { policyName: "all" } }).resource(ACCOUNT, "policy_name")).toBe("all");
  });

  test("has the same criteria as an expression where a name is a token", () => {
    const template = stackWith((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new KloudfuseFirehose(stack, "Default", {
        kloudfuseIngesterHost: HOST,
        accountSubscription: { excludedLogGroups: [name, "/b"] },
      });
    });
    expect(template.resource(ACCOUNT, "selection_criteria")).toBe(
      'LogGroupName NOT IN ${jsonencode(sort(setunion([var.name, "/b"], [format("/aws/kinesisfirehose/%s/%s", "kloudfuse-metrics", "kloudfuse-logs")])))}',
    );
    expect(template.resource(ACCOUNT, "lifecycle", "precondition")).toHaveLength(4);
  });

  test("conflicts with log groups that a list excludes or not, as Terraform finds when it plans", () => {
    const template = stackWith((stack) => {
      const excludedLogGroups = new TerraformVariable(stack, "names", { type: "list(string)" }).listValue;
      new KloudfuseFirehose(stack, "Default", {
        kloudfuseIngesterHost: HOST,
        logGroups: { a: "/ecs/a" },
        accountSubscription: { excludedLogGroups },
      });
    });
    const logGroups = '({"a":"/ecs/a"} == null ? tomap({}) : tomap({"a":"/ecs/a"}))';
    const local = "local.account_input_excluded_log_groups";
    const excluded = `(${local} == null ? toset([]) : toset(${local}))`;
    expect(template.resource(ACCOUNT, "lifecycle", "precondition", 3)).toEqual({
      condition: `\${!true || alltrue([for item in values(${logGroups}) : contains(${excluded}, item)])}`,
      error_message:
        `logGroups conflicts with accountSubscription, got "\${join("\\", \\"", [for item in values(${logGroups}) : item == null ? "null" : item if !contains(${excluded}, item)])}". ` +
        "Remove these log groups or add them to excludedLogGroups: their events would be delivered twice.",
    });
  });

  test("conflicts with the filters of log groups that it does not exclude", () => {
    expect(() => firehose({ accountSubscription: {}, logGroups: { api: "/ecs/api" } })).toThrow(
      new Error(
        'logGroups conflicts with accountSubscription, got "/ecs/api". Remove these log groups or add them to excludedLogGroups: their events would be delivered twice.',
      ),
    );
    expect(() =>
      firehose({ accountSubscription: { excludedLogGroups: ["/ecs/api"] }, logGroups: { api: "/ecs/api" } }),
    ).not.toThrow();
  });
});
