import { ownBucket, ownRole, WITH_OWN_BUCKET, withArguments } from "../hcl/module";
import { ID } from "../ids";
import type { FoundRow } from "../row";

/** Faulty uses of the module. It holds the ARN of a role or bucket of one's own in a local, which a plan does not trace. */
export const MODULE_FOUND: readonly FoundRow[] = [
  {
    name: "an access key in plain text",
    found: [ID.accessKey],
    edits: withArguments('  access_key = "s3cr3t-4cc3ss-k3y"'),
  },
  {
    name: "a private host",
    found: [ID.reachableHost],
    edits: [['"kfuse.example.com"', '"10.20.30.40"']],
  },
  {
    name: "a host of a single label",
    found: [ID.reachableHost],
    edits: [['"kfuse.example.com"', '"kfuse"']],
  },
  {
    name: "AdministratorAccess on the module's role",
    found: [ID.noManagedFullAccess],
    hcl: `
resource "aws_iam_role_policy_attachment" "admin" {
  role       = module.kloudfuse.role_name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
`,
  },
  {
    name: "a role of one's own, open to everybody",
    isUnknownByReference: true,
    found: [ID.trustedServices],
    also: [ID.confusedDeputy],
    hcl: ownRole('Principal = "*"'),
    edits: withArguments("  create_role = false", "  role_arn = aws_iam_role.own.arn"),
  },
  {
    name: "a role of one's own that everything is allowed to",
    isUnknownByReference: true,
    found: [ID.noWildcards],
    hcl: `${ownRole()}
resource "aws_iam_role_policy" "own" {
  name   = "all"
  role   = aws_iam_role.own.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
`,
    edits: withArguments("  create_role = false", "  role_arn = aws_iam_role.own.arn"),
  },
  {
    name: "a role of one's own without the module's policies grants nothing",
    isUnknownByReference: true,
    found: [ID.grants],
    also: [ID.putRecords, ID.backUp, ID.logErrors],
    hcl: ownRole(),
    edits: withArguments(
      "  create_role = false",
      "  create_role_policies = false",
      "  role_arn = aws_iam_role.own.arn",
    ),
  },
  {
    name: "a bucket of one's own without any guard",
    isUnknownByReference: true,
    found: [ID.publicAccess, ID.ownership, ID.tlsOnly, ID.lifecycle, ID.versioning],
    also: [ID.bucketEncryption],
    hcl: 'resource "aws_s3_bucket" "own" {\n  bucket = "${var.name}-own"\n}\n',
    edits: WITH_OWN_BUCKET,
  },
  {
    name: "a bucket of one's own that everybody may read",
    found: [ID.bucketPolicy],
    also: [ID.tlsOnly],
    hcl: ownBucket(
      '{ Effect = "Allow", Action = "s3:GetObject", Principal = "*", Resource = "${aws_s3_bucket.own.arn}/*" },',
    ),
    isUnknownByReference: true,
    edits: WITH_OWN_BUCKET,
  },
  {
    name: "a second policy on the module's bucket",
    found: [ID.oneWriter],
    also: [ID.tlsOnly],
    hcl: `
resource "aws_s3_bucket_policy" "second" {
  bucket = module.kloudfuse.backup_bucket_name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Principal = { AWS = "arn:aws:iam::123456789012:role/reader" }
      Resource  = "\${module.kloudfuse.backup_bucket_arn}/*"
    }]
  })
}
`,
  },
];
