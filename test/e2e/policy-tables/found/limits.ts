import { STREAM, withSecret } from "../hcl/stream";
import { ID } from "../ids";
import type { FoundRow } from "../row";

/** More common attributes than AWS takes. */
const ATTRIBUTES = `    request_configuration {
      content_encoding = "GZIP"
      dynamic "common_attributes" {
        for_each = range(51)
        content {
          name  = "attribute-\${common_attributes.value}"
          value = "value"
        }
      }
    }
`;

/** Values that AWS refuses and the provider lets through. */
export const LIMITS_FOUND: readonly FoundRow[] = [
  { name: "a buffer of 65 MB", found: [ID.buffering], edits: [["buffering_size     = 4", "buffering_size     = 65"]] },
  { name: "an interval of 5 s", found: [ID.buffering], edits: [["buffering_interval = 60", "buffering_interval = 5"]] },
  {
    name: "an S3 buffer of 129 MB",
    found: [ID.limits],
    edits: [[STREAM.prefix, `buffering_size     = 129\n      ${STREAM.prefix}`]],
  },
  {
    name: "an S3 interval of 901 s",
    found: [ID.limits],
    edits: [[STREAM.prefix, `buffering_interval = 901\n      ${STREAM.prefix}`]],
  },
  { name: "a blank endpoint name", found: [ID.limits], edits: [[STREAM.endpointName, '    name               = " "']] },
  { name: "51 common attributes", found: [ID.limits], edits: [[STREAM.request, ATTRIBUTES]] },
  {
    name: "a blank name of a common attribute",
    found: [ID.limits],
    edits: [
      [STREAM.request, ATTRIBUTES.replace("range(51)", "[1]").replace("attribute-${common_attributes.value}", " ")],
    ],
  },
  {
    name: "a common attribute of 1,025 characters",
    found: [ID.limits],
    edits: [[STREAM.request, ATTRIBUTES.replace("range(51)", "[1]").replace('"value"', 'format("%01025d", 0)')]],
  },
  {
    name: "a customer-managed key without a key",
    found: [ID.limits],
    also: [ID.usableKey],
    edits: [
      [
        STREAM.encryption,
        '  server_side_encryption {\n    enabled  = true\n    key_type = "CUSTOMER_MANAGED_CMK"\n  }\n',
      ],
    ],
  },
  {
    name: "a user's ARN as the role",
    found: [ID.limits],
    also: [ID.trustedServices],
    edits: [
      [
        STREAM.httpRole,
        STREAM.httpRole.replace("aws_iam_role.firehose.arn", '"arn:aws:iam::123456789012:user/telemetry"'),
      ],
    ],
  },
  {
    name: "a space in the stream's name",
    found: [ID.limits],
    also: [ID.putRecords],
    edits: [[STREAM.name, '  name        = "${var.name} logs"']],
  },
  {
    name: "an access key beside a secret",
    found: [ID.limits, ID.accessKey],
    also: [ID.useKeyAndSecret],
    edits: [withSecret("aws_iam_role.firehose.arn", '    access_key = "s3cr3t-4cc3ss-k3y"\n')],
  },
];
