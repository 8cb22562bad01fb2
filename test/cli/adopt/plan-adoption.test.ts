import { planAdoption } from "../../../cli/adopt/plan-adoption";
import {
  BUCKET,
  bucketWith,
  decisionsWith,
  errorLogWith,
  guideStream,
  inventoryWith,
  metricStreamWith,
  namesIn,
  ROLE_ARN,
  roleWith,
  sourcesWith,
} from "../../helpers/adoption";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/one";

describe("an adoption", () => {
  test("of what the guide makes needs the host and the bucket's name only", () => {
    const { imports, inputs, items } = planAdoption(inventoryWith(), decisionsWith());
    expect(imports).toHaveLength(5);
    expect(inputs).toEqual({ kloudfuseIngesterHost: "kfuse.example.com", backupBucketName: BUCKET });
    expect(items.some(({ action }) => action === "decide" || action === "unknown")).toBe(false);
  });

  test("has inputs in the order in which they are documented", () => {
    const streams = [
      guideStream("metrics", { destination: { bufferingSizeMb: 1 } }),
      guideStream("logs", { destination: { bufferingSizeMb: 1 } }),
    ];
    const buckets = new Map([[BUCKET, bucketWith({ otherContents: ["a"] })]]);
    expect(Object.keys(planAdoption(inventoryWith({ streams, buckets }), decisionsWith()).inputs)).toEqual([
      "kloudfuseIngesterHost",
      "bufferingSizeMb",
      "createBackupBucket",
      "backupBucketArn",
    ]);
  });

  test("gives the bucket the key of the streams", () => {
    const streams = [guideStream("logs", { encryption: "ENABLED", encryptionKeyArn: KEY })];
    const buckets = new Map([[BUCKET, bucketWith({ encryption: { algorithm: "aws:kms", keyArn: KEY } })]]);
    expect(planAdoption(inventoryWith({ streams, buckets }), decisionsWith()).inputs).toMatchObject({
      kmsKeyArn: KEY,
      backupBucketName: BUCKET,
    });
  });

  test("takes the tags of what is imported, the streams first", () => {
    const metricStream = metricStreamWith({ tags: { team: "metrics", m: "1" } });
    const inventory = inventoryWith({
      streamTags: new Map([
        ["kloudfuse-metrics", { team: "a" }],
        ["kloudfuse-logs", { logs: "b" }],
      ]),
      roles: new Map([
        [ROLE_ARN, roleWith({ tags: { role: "c" } })],
        [metricStream.roleArn, undefined],
      ]),
      buckets: new Map([[BUCKET, bucketWith({ tags: { bucket: "d" } })]]),
      errorLog: errorLogWith({ tags: { log: "e" } }),
      sources: sourcesWith({ metricStreams: [metricStream] }),
    });
    expect(planAdoption(inventory, decisionsWith()).inputs.tags).toEqual({
      team: "a",
      logs: "b",
      role: "c",
      bucket: "d",
      log: "e",
      m: "1",
    });
  });

  test("takes no tags of what is kept", () => {
    const inventory = inventoryWith({
      roles: new Map([[ROLE_ARN, roleWith({ tags: { role: "c" } })]]),
      buckets: new Map([[BUCKET, bucketWith({ tags: { bucket: "d" } })]]),
    });
    expect(planAdoption(inventory, decisionsWith({ keeps: () => true })).inputs.tags).toBeUndefined();
  });

  test("says what the module would reject", () => {
    const errorLog = errorLogWith({ retentionDays: 2 });
    expect(namesIn(planAdoption(inventoryWith({ errorLog }), decisionsWith()))).toContain(
      "decide inputs: error_log_retention_days",
    );
  });

  test("says once that tags break a rule", () => {
    const streamTags = new Map([["kloudfuse-metrics", { team: "x", Team: "y" }]]);
    const adoption = planAdoption(inventoryWith({ streamTags }), decisionsWith());
    expect(namesIn(adoption).filter((name) => name.startsWith("decide "))).toEqual(["decide inputs: tags"]);
  });

  test("in the isolated partitions has their ARNs", () => {
    const location = { partition: "aws-iso", region: "us-iso-east-1", accountId: "123456789012" };
    const { inputs } = planAdoption(inventoryWith({ location }), decisionsWith({ keeps: (part) => part === "bucket" }));
    expect(inputs.backupBucketArn).toBe(`arn:aws-iso:s3:::${BUCKET}`);
  });
});
