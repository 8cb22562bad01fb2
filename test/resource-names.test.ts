import {
  backupBucketNameParts,
  errorLogStreamNames,
  metricStreamRoleName,
  policyNameSuffix,
} from "../modules/resource-names";

describe("the names of resources", () => {
  test("of a metric stream's role have the region, because roles are global", () => {
    expect(metricStreamRoleName("eu-west-1")).toBe("KloudfuseMetricStreamRole-eu-west-1");
  });

  test("of a policy of a shared role end with region and stream", () => {
    expect(policyNameSuffix("eu-west-1", "kloudfuse-logs")).toBe("-eu-west-1-kloudfuse-logs");
  });

  test("of a bucket have account and region, because buckets are global", () => {
    expect(backupBucketNameParts("123456789012", "eu-west-1").join("-")).toBe(
      "kloudfuse-firehose-backup-123456789012-eu-west-1",
    );
  });

  test("of log streams are one for each delivery path", () => {
    expect(errorLogStreamNames("a")).toEqual({ delivery: "a/http-endpoint-delivery", backup: "a/s3-backup" });
  });
});
