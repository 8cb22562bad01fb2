import { Command } from "commander";
import { withStreamOptions } from "../options";
import type { VerifyOptions } from "../verify/verify";

/** `kloudfuse-firehose verify`. */
export function verifyCommand(): Command {
  return withStreamOptions(
    new Command("verify").description("check streams, role, backup bucket, metrics and error log against the guide"),
  )
    .option("--wait", "wait for streams that are still being created", false)
    .option("--timeout <seconds>", "how long --wait waits", "600")
    .addHelpText(
      "after",
      `
Role and bucket are found from the streams, so streams made by hand are checked too. verify changes nothing.

Exit code: 0 healthy, 1 a problem was found, 2 undetermined. What could not be read is "unknown" and hides nothing
else. A stream without traffic is no problem: it is noted, with the upstream source that is missing.
Needs firehose:DescribeDeliveryStream, firehose:ListDeliveryStreams where a stream has another name than the guide's,
iam:GetRole, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy,
iam:GetPolicyVersion, s3:GetBucketLocation, s3:GetBucketPublicAccessBlock, s3:GetBucketPolicyStatus,
s3:GetEncryptionConfiguration, cloudwatch:GetMetricData and logs:GetLogEvents.

Examples:
  kloudfuse-firehose verify
  kloudfuse-firehose verify --wait --timeout 300 --region eu-central-1
  kloudfuse-firehose verify --signal logs --logs-stream-name my-logs
  kloudfuse-firehose verify --format json | jq -r '.checks[] | select(.verdict == "problem") | .remedy'`,
    )
    .action(async (options: VerifyOptions) => {
      const { verify } = await import("../verify/verify.js");
      process.exitCode = await verify(options);
    });
}
