import { Command, Option } from "commander";
import { MAX_CONCURRENT_TARGETS } from "../fleet/limits";
import { repeatable, withAll, withAssumeRole, withFleet, withProfile, withStreamNames } from "../options";
import type { VerifyOptions } from "../verify/verify";

/** `kloudfuse-firehose verify`. */
export function verifyCommand(): Command {
  const command = withStreamNames(
    new Command("verify").description(
      "check streams, what feeds them, roles, bucket, keys, secret, metrics, error log and alarms against the guide",
    ),
  )
    .option(
      "--region <region>",
      "AWS region; repeatable, for one report on several (default: AWS_REGION, or the profile's; with --fleet, all)",
      repeatable,
    )
    .option("--all-regions", "every region that is enabled for the account");
  return withAssumeRole(
    withFleet(withAll(withProfile(command)), ["allRegions", "state", "metricsStreamName", "logsStreamName"]),
  )
    .option("--wait", "wait for streams that are still being created")
    .option("--timeout <seconds>", "how long --wait waits", "600")
    .option(
      "--state <file>",
      "Terraform's state as JSON (terraform show -json), to compare the metric streams' filters with",
    )
    .addOption(
      new Option("--watch [seconds]", "repeat the checks until Ctrl-C, every 60 seconds or the given number").preset(
        "60",
      ),
    )
    .addHelpText(
      "after",
      `
Role, bucket, metric streams and log subscriptions are found from the streams, so those created by hand are checked too.
verify changes nothing. Terraform does not notice filters of a metric stream that were removed outside of it: --state
compares the filters in AWS with those of the last apply.

With --fleet the streams of every stack are checked by the names in the file, at most ${MAX_CONCURRENT_TARGETS} stacks at once. In each account
the role to assume is the file's, or that of --assume-role (needs sts:AssumeRole); without one, the credentials must be the
account's own. A stack that cannot be read is "unknown"; the others are still checked. Problems and unknown checks
are listed, and then the stacks that have them; notes are only counted without --all.

Exit code: 0 healthy, 1 a problem was found, 2 something could not be determined, 130 Ctrl-C. What could not be
determined is "unknown"; the other checks are still made. A stream without traffic is a note, not a problem, with
the upstream source that is missing; so are alarms that are missing or notify nobody. Problems come first; successful
checks are only counted without --all.
Needs firehose:DescribeDeliveryStream, firehose:ListDeliveryStreams where a stream has another name than the guide's,
iam:GetRole, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy,
iam:GetPolicyVersion, s3:GetBucketLocation, s3:GetBucketPublicAccessBlock, s3:GetBucketPolicyStatus,
s3:GetBucketPolicy, s3:GetEncryptionConfiguration, s3:ListBucket, cloudwatch:GetMetricData and logs:GetLogEvents; for
what feeds the streams cloudwatch:ListMetricStreams, cloudwatch:GetMetricStream, cloudwatch:ListMetrics,
logs:DescribeAccountPolicies, logs:DescribeLogGroups and logs:DescribeSubscriptionFilters; for alarms
cloudwatch:DescribeAlarms, and for the topics that they publish to sns:GetTopicAttributes and
sns:ListSubscriptionsByTopic; with customer-managed keys kms:DescribeKey and kms:GetKeyPolicy; with a secret
secretsmanager:DescribeSecret and secretsmanager:GetResourcePolicy (its value is not read); with --all-regions
account:ListRegions.

Examples:
  kloudfuse-firehose verify
  kloudfuse-firehose verify --wait --timeout 300 --region eu-central-1
  kloudfuse-firehose verify --region eu-central-1 --region us-east-1 --watch
  terraform show -json > state.json && kloudfuse-firehose verify --state state.json
  kloudfuse-firehose verify --fleet fleet.json --account 111122223333
  kloudfuse-firehose verify --signal logs --logs-stream-name my-logs
  kloudfuse-firehose verify --format json | jq -r '.checks[] | select(.verdict == "problem") | .remedy'`,
    )
    .action(async (options: VerifyOptions) => {
      const { verify } = await import("../verify/verify.js");
      process.exitCode = await verify(options);
    });
}
