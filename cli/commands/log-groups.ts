import { Command, Option } from "commander";
import type { LogGroupsOptions } from "../log-groups/log-groups";
import { repeatable, withAwsOptions, withStreamNameOptions } from "../options";

/** `kloudfuse-firehose log-groups`. */
export function logGroupsCommand(): Command {
  const command = new Command("log-groups")
    .description("list log groups and what feeds Kloudfuse already, and write the map that subscribes the others")
    .addOption(
      new Option(
        "--format <format>",
        "table: text to read, tab-separated lines in a pipe; json: for machines; tfvars: the module's input log_groups",
      )
        .choices(["table", "json", "tfvars"])
        .default("table"),
    )
    .option("--out <file>", "write to this file, once everything is determined; without it to the standard output")
    .option("--prefix <prefix>", "only log groups whose names begin with it; repeatable", repeatable, [])
    .option("--exclude <name>", "leave out these log groups, with * and ? as wildcards; repeatable", repeatable, []);
  return withAwsOptions(withStreamNameOptions(command))
    .addHelpText(
      "after",
      `
feeds    a subscription filter or the account policy sends the log group to the logs stream
open     can be subscribed
blocked  cannot be subscribed (class, no free filter), or should not (its logs grow with each delivery)
unknown  could not be determined

--format tfvars has the log groups that are open, and those that the module's own filters feed already; comments name
the rest. Write it with --out: where a log group is unknown, the file stays as it is, while a redirection empties it, and
the next apply would unsubscribe every log group in it. The size is the average of the last seven days, from CloudWatch.
log-groups changes nothing in AWS.

Exit code: 0 complete, 2 something could not be determined, or there is no such log group.
Needs firehose:DescribeDeliveryStream, logs:DescribeLogGroups, logs:DescribeSubscriptionFilters,
logs:DescribeAccountPolicies and cloudwatch:GetMetricData.

Examples:
  kloudfuse-firehose log-groups --prefix /ecs/ --prefix /aws/lambda/
  kloudfuse-firehose log-groups --exclude '*-debug' --format tfvars --out log-groups.auto.tfvars
  kloudfuse-firehose log-groups --format json | jq -r '.logGroups[] | select(.state == "open") | .name'`,
    )
    .action(async (options: LogGroupsOptions) => {
      const { logGroups } = await import("../log-groups/log-groups.js");
      process.exitCode = await logGroups(options);
    });
}
