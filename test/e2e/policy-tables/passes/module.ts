import { KEY } from "../hcl/key";
import { ownBucket, ownRole, WITH_OWN_BUCKET, withArguments } from "../hcl/module";
import { BUCKET_POLICIES, ID, ROLE_POLICIES } from "../ids";
import type { PassRow } from "../row";

/** Right uses of the module. */
export const MODULE_PASSES: readonly PassRow[] = [
  { name: "the module as it is" },
  { name: "one signal only", edits: withArguments("  create_metrics_stream = false") },
  {
    name: "a key and a secret of another root",
    unknown: [ID.usableKey, ID.useKeyAndSecret],
    edits: withArguments(
      `  kms_key_arn = ${KEY}`,
      '  access_key_secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse-AbCdEf"',
    ),
  },
  {
    name: "a role of one's own",
    // The module holds its ARN in a local, which the plan does not trace.
    unknownByReference: ROLE_POLICIES,
    hcl: ownRole(),
    edits: withArguments("  create_role = false", "  role_arn = aws_iam_role.own.arn"),
  },
  {
    name: "a bucket of one's own",
    unknownByReference: BUCKET_POLICIES,
    hcl: ownBucket(),
    edits: WITH_OWN_BUCKET,
  },
  {
    name: "two environments by for_each, each with its host",
    hcl: `
module "kloudfuse" {
  source   = "../../../../terraform/kloudfuse-firehose"
  for_each = { prod = "kfuse.example.com", stage = "kfuse-stage.example.com" }

  kloudfuse_ingester_host = each.value
  role_name               = "\${var.name}-\${each.key}"
  backup_bucket_name      = "\${var.name}-\${each.key}"
  metrics_stream_name     = "\${var.name}-\${each.key}-metrics"
  logs_stream_name        = "\${var.name}-\${each.key}-logs"
}
`,
  },
];
