import { copyOfBase } from "../copy";
import { ID } from "../ids";
import type { FoundRow } from "../row";

const EVERYBODY: readonly [string, string] = [
  "  assume_role_policy = data.aws_iam_policy_document.trust.json",
  `  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = "*" }]
  })`,
];

/** Two deployments in one root, of which one is faulty. */
export const IDENTITY_FOUND: readonly FoundRow[] = [
  {
    name: "the role of the second account is open, its namesake is not",
    found: [ID.trustedServices],
    also: [ID.confusedDeputy],
    providers: ["other_account"],
    hcl: () =>
      copyOfBase({
        suffix: "other",
        provider: "other_account",
        hasSameNames: true,
        edits: [EVERYBODY, ['"${var.name}-firehose"', '"${var.name}-firehose-role"']],
      }).replaceAll("-firehose-role", "-firehose"),
  },
  {
    name: "the error log of the second region never expires, its namesake does",
    found: [ID.errorLogGroup],
    providers: ["ireland"],
    hcl: () =>
      copyOfBase({
        suffix: "ireland",
        provider: "ireland",
        hasSameNames: true,
        edits: [["  retention_in_days = 30\n", ""]],
      }),
  },
  {
    name: "the log stream of the second region is missing, its namesake is not",
    found: [ID.errorLogGroup],
    providers: ["ireland"],
    hcl: () =>
      copyOfBase({
        suffix: "ireland",
        provider: "ireland",
        hasSameNames: true,
        without: ["aws_cloudwatch_log_stream.s3_backup"],
        edits: [["aws_cloudwatch_log_stream.s3_backup.name", '"s3-backup"']],
      }),
  },
  {
    name: "the bucket of the second environment has no policy, the first has",
    found: [ID.tlsOnly],
    hcl: () => copyOfBase({ suffix: "stage", without: ["aws_s3_bucket_policy.backup"] }),
  },
];
