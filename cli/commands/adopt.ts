import { Command, Option } from "commander";
import { KEPT_PARTS } from "../adopt/kept-parts";
import type { AdoptOptions } from "../adopt/options";
import { withStreamOptions } from "../options";

/** `kloudfuse-firehose adopt`. */
export function adoptCommand(): Command {
  return withStreamOptions(
    new Command("adopt").description("write Terraform's import blocks and inputs for streams that were made by hand"),
  )
    .option("--module <address>", "address of the module to import into (default: the root stack of cdktf deploy)")
    .option("--out <folder>", "folder to write to", ".")
    .option("--force", "replace files that exist with other content")
    .option(
      "--access-key <source>",
      "provided: you pass it to Terraform; none: the ingester requires no key; secret:<ARN>: Secrets Manager",
    )
    .option("--ingester-host <host>", "host to deliver to (default: that of the streams)")
    .option("--metric-stream-name <name>", "metric stream to adopt, where several feed the metrics stream")
    .addOption(new Option("--keep <part...>", "use this part as it is, without managing it").choices(KEPT_PARTS))
    .addHelpText(
      "after",
      `
decide   cannot be adopted as it is, or waits for your decision
unknown  could not be determined
leave    stays as it is, outside of Terraform
change   Terraform changes it in place
import   Terraform takes it over
create   Terraform creates it

adopt changes nothing in AWS. It writes imports.tf.json and, for the root stack, kloudfuse.auto.tfvars.json; with --module
kloudfuse-module-arguments.hcl, to paste into the module's block. It writes all files or none: none while a decision is
open or something is undetermined. No secret is written or printed; values of common attributes are in the file only.

Exit code: 0 the files were written, 1 a decision is open, 2 something could not be determined, or unusable input.
Needs firehose:DescribeDeliveryStream, firehose:ListDeliveryStreams, firehose:ListTagsForDeliveryStream, iam:GetRole,
iam:ListRolePolicies, iam:ListAttachedRolePolicies, iam:ListRoleTags, s3:GetBucketLocation, s3:ListBucket,
s3:GetLifecycleConfiguration, s3:GetBucketPolicy, s3:GetBucketPublicAccessBlock, s3:GetBucketOwnershipControls,
s3:GetBucketVersioning, s3:GetEncryptionConfiguration, s3:GetBucketTagging, logs:DescribeLogGroups,
logs:DescribeLogStreams and logs:ListTagsForResource; without --keep sources cloudwatch:ListMetricStreams,
cloudwatch:GetMetricStream, cloudwatch:ListTagsForResource, logs:DescribeSubscriptionFilters and
logs:DescribeAccountPolicies.

Examples:
  kloudfuse-firehose adopt --access-key provided --out cdktf.out/stacks/kloudfuse-firehose
  kloudfuse-firehose adopt --module module.kloudfuse --access-key none
  kloudfuse-firehose adopt --module 'module.kloudfuse["eu"]' --region eu-central-1 --keep bucket
  kloudfuse-firehose adopt --format json | jq -r '.items[] | select(.action == "decide") | .remedy'`,
    )
    .action(async (options: AdoptOptions) => {
      const { adopt } = await import("../adopt/adopt.js");
      process.exitCode = await adopt(options);
    });
}
