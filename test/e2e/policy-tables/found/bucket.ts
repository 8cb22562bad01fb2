import { bucketPolicy, deny, DENY_WITHOUT_TLS, lifecycle, rule } from "../hcl/bucket";
import { ACCOUNT } from "../hcl/trust";
import { ID } from "../ids";
import type { FoundRow } from "../row";

/** A statement that lets somebody read the objects. */
const allow = (type: string, id: string, actions = '["s3:GetObject"]'): string => `
  statement {
    actions   = ${actions}
    resources = ["\${aws_s3_bucket.backup.arn}/*"]
    principals {
      type        = "${type}"
      identifiers = [${id}]
    }
  }`;

const POLICY: readonly FoundRow[] = [
  {
    name: "the bucket's policy denies the upload",
    isUnknownByReference: true,
    found: [ID.bucketPolicy],
    also: [ID.backUp],
    hcl: bucketPolicy(
      DENY_WITHOUT_TLS,
      deny("StringNotEquals", "aws:PrincipalArn", `["arn:aws:iam::\${${ACCOUNT}}:role/archive"]`, {
        actions: '["s3:PutObject"]',
        resources: '["${aws_s3_bucket.backup.arn}/*"]',
      }),
    ),
  },
  {
    name: "the bucket's policy denies uploads of the own account",
    isUnknownByReference: true,
    locksOutDeployer: true,
    found: [ID.bucketPolicy],
    also: [ID.backUp],
    hcl: bucketPolicy(DENY_WITHOUT_TLS, deny("StringEquals", "aws:PrincipalAccount", `[${ACCOUNT}]`)),
  },
  {
    name: "the bucket's policy lets everybody read",
    found: [ID.bucketPolicy],
    hcl: bucketPolicy(DENY_WITHOUT_TLS, allow("*", '"*"')),
  },
  {
    name: "the bucket's policy lets every AWS principal upload",
    found: [ID.bucketPolicy],
    hcl: bucketPolicy(DENY_WITHOUT_TLS, allow("AWS", '"*"', '["s3:PutObject"]')),
  },
  {
    name: "the bucket's policy lets a foreign account read",
    found: [ID.bucketPolicy],
    hcl: bucketPolicy(DENY_WITHOUT_TLS, allow("AWS", '"arn:aws:iam::210987654321:root"')),
  },
  {
    name: "a second policy on the bucket",
    found: [ID.oneWriter],
    also: [ID.tlsOnly],
    hcl: `
data "aws_iam_policy_document" "second" {${allow("AWS", `"arn:aws:iam::\${${ACCOUNT}}:role/\${var.name}-firehose"`, '["s3:PutObject"]')}
}
resource "aws_s3_bucket_policy" "second" {
  bucket = aws_s3_bucket.backup.id
  policy = data.aws_iam_policy_document.second.json
}
`,
  },
  {
    name: "a second lifecycle on the bucket",
    found: [ID.oneWriter],
    also: [ID.lifecycle],
    hcl: lifecycle(rule("short", "filter {}"))
      .replace('"backup"', '"second"')
      .replace("aws_s3_bucket.backup.id", "aws_s3_bucket.backup.bucket"),
  },
  {
    name: "Deny with TLS instead of without",
    isUnknownByReference: true,
    locksOutDeployer: true,
    found: [ID.tlsOnly, ID.bucketPolicy],
    also: [ID.backUp],
    hcl: bucketPolicy(deny("Bool", "aws:SecureTransport", '["true"]')),
  },
  {
    name: "TLS is asked for on the objects alone",
    found: [ID.tlsOnly],
    isUnknownByReference: true,
    hcl: bucketPolicy(
      deny("Bool", "aws:SecureTransport", '["false"]', { resources: '["${aws_s3_bucket.backup.arn}/*"]' }),
    ),
  },
  {
    name: "TLS is asked for of reads alone",
    found: [ID.tlsOnly],
    hcl: bucketPolicy(deny("Bool", "aws:SecureTransport", '["false"]', { actions: '["s3:GetObject"]' })),
  },
  {
    name: "TLS is asked for of one account alone",
    found: [ID.tlsOnly],
    hcl: bucketPolicy(
      DENY_WITHOUT_TLS.replace(
        /type +.*\n +identifiers = .*\n/,
        'type        = "AWS"\n      identifiers = ["arn:aws:iam::210987654321:root"]\n',
      ),
    ),
  },
  {
    name: "TLS is asked for of another bucket",
    found: [ID.tlsOnly],
    hcl: bucketPolicy(
      deny("Bool", "aws:SecureTransport", '["false"]', {
        resources: '["arn:aws:s3:::another", "arn:aws:s3:::another/*"]',
      }),
    ),
  },
  { name: "the bucket has no policy", found: [ID.tlsOnly], without: ["aws_s3_bucket_policy.backup"] },
];

const LIFECYCLE: readonly FoundRow[] = [
  {
    name: "the lifecycle is for another prefix",
    found: [ID.lifecycle],
    hcl: lifecycle(rule("metrics", 'filter {\n      prefix = "kloudfuse-metrics-failures/"\n    }')),
  },
  {
    name: "the lifecycle is for tagged objects",
    found: [ID.lifecycle],
    hcl: lifecycle(
      rule("tagged", 'filter {\n      tag {\n        key   = "expire"\n        value = "yes"\n      }\n    }'),
    ),
  },
  {
    name: "the lifecycle is for big objects",
    found: [ID.lifecycle],
    hcl: lifecycle(rule("big", "filter {\n      object_size_greater_than = 1048576\n    }")),
  },
  {
    name: "the lifecycle is for a prefix and a tag",
    found: [ID.lifecycle],
    hcl: lifecycle(
      rule(
        "both",
        'filter {\n      and {\n        prefix = "kloudfuse-logs-failures/"\n        tags   = { expire = "yes" }\n      }\n    }',
      ),
    ),
  },
  {
    name: "the only lifecycle rule is disabled",
    found: [ID.lifecycle],
    hcl: lifecycle(rule("off", "filter {}", "Disabled")),
  },
  {
    name: "incomplete uploads stay",
    found: [ID.lifecycle],
    edits: [["    abort_incomplete_multipart_upload {\n      days_after_initiation = 7\n    }\n", ""]],
  },
  {
    name: "old versions stay",
    found: [ID.lifecycle],
    edits: [["    noncurrent_version_expiration {\n      noncurrent_days = 7\n    }\n", ""]],
  },
];

const GUARDS: readonly FoundRow[] = [
  {
    name: "public access is blocked on another bucket",
    found: [ID.publicAccess],
    hcl: `
resource "aws_s3_bucket" "other" {
  bucket = "\${var.name}-other"
}
resource "aws_s3_bucket_public_access_block" "backup" {
  bucket                  = aws_s3_bucket.other.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
`,
  },
  {
    name: "public policies are not blocked",
    found: [ID.publicAccess],
    edits: [["  block_public_policy     = true\n", ""]],
  },
  { name: "objects keep their writer", found: [ID.ownership], edits: [["BucketOwnerEnforced", "ObjectWriter"]] },
  { name: "versioning is suspended", found: [ID.versioning], edits: [['"Enabled"\n  }\n}', '"Suspended"\n  }\n}']] },
  { name: "the bucket has no versioning", found: [ID.versioning], without: ["aws_s3_bucket_versioning.backup"] },
  {
    name: "the bucket may be destroyed with what is in it",
    found: [ID.forceDestroy],
    edits: [['  bucket = "${var.name}-backup"\n', '  bucket        = "${var.name}-backup"\n  force_destroy = true\n']],
  },
];

/** Backup buckets that lose or give away failed data. */
export const BUCKET_FOUND: readonly FoundRow[] = [...POLICY, ...LIFECYCLE, ...GUARDS];
