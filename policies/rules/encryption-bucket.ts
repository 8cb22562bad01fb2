import { BUCKET_ENCRYPTION, perBucketSetting } from "../buckets/bucket-settings";
import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";

const ALGORITHMS: readonly unknown[] = ["AES256", "aws:kms", "aws:kms:dsse"];
const PATH = "rule.0.apply_server_side_encryption_by_default.0.sse_algorithm";

export const encryptionBucket: Policy = {
  id: "KFF-ENC-002",
  severity: "error",
  title: "The backup bucket encrypts by default",
  why: "Failed data is telemetry too, and the configuration must say how it is encrypted.",
  source: "Checkov CKV_AWS_19; cfn-guard S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED",
  check: (kloudfuse) =>
    perBucketSetting(kloudfuse, BUCKET_ENCRYPTION, ({ resource, isArgument }) =>
      checkAttribute(
        resource,
        isArgument ? `${BUCKET_ENCRYPTION.argument}.0.${PATH}` : PATH,
        (value) => ALGORITHMS.includes(value),
        "Use AES256 or aws:kms.",
      ),
    ),
};
