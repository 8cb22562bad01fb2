import { deniesRequestsWithoutTls } from "../../iam/resource-policy";
import { UNKNOWN } from "../../iam/unknown";
import { arnOfBucket, locationOfBucket, NAMELESS_BUCKET_ARN } from "../buckets/bucket-location";
import { BUCKET_POLICY, perBucketSetting } from "../buckets/bucket-settings";
import { finding, unknownOutcome } from "../outcomes";
import type { Policy } from "../policy";
import { POLICY, resourcePolicy } from "../buckets/resource-policies";

export const bucketTlsOnly: Policy = {
  id: "KFF-BKT-003",
  severity: "error",
  title: "The backup bucket denies requests without TLS",
  why: "Without it, anyone with access can read the failed data over plain HTTP.",
  source: "Security Hub S3.5; AWS Config s3-bucket-ssl-requests-only",
  check: (kloudfuse) =>
    perBucketSetting(kloudfuse, BUCKET_POLICY, ({ resource }, bucket) => {
      const { plan } = kloudfuse;
      const { statements, invalid } = resourcePolicy(plan, resource);
      if (invalid !== undefined) {
        return [finding(resource, `the bucket's policy is invalid: ${invalid}`, "Correct it: S3 rejects it.")];
      }
      const arn = arnOfBucket(plan, bucket, statements);
      const isTlsOnly = deniesRequestsWithoutTls(
        statements,
        arn ?? NAMELESS_BUCKET_ARN,
        locationOfBucket(plan, bucket),
      );
      if (isTlsOnly === true) {
        return [];
      }
      return isTlsOnly === UNKNOWN || (arn === undefined && statements.length > 0)
        ? [unknownOutcome(resource, `whether ${POLICY} denies requests without TLS`)]
        : [
            finding(
              resource,
              "it accepts requests without TLS",
              "Deny everybody s3:* on the bucket and its objects where aws:SecureTransport is false.",
            ),
          ];
    }),
};
