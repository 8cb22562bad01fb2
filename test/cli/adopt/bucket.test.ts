import { bucketPart } from "../../../cli/adopt/bucket";
import { PUBLIC_ACCESS_FIELDS } from "../../../cli/verify/bucket";
import { UndeterminedError } from "../../../cli/exit-codes";
import {
  backupOf,
  BUCKET,
  bucketWith,
  decisionsWith,
  guideStream,
  inventoryWith,
  linesOf,
  moduleRule,
  namesIn,
  statementsOf,
  TLS_ONLY,
} from "../../helpers/adoption";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/one";
const withBucket = (bucket: ReturnType<typeof bucketWith> | UndeterminedError | undefined, name = BUCKET) =>
  inventoryWith({
    streams: (["metrics", "logs"] as const).map((signal) =>
      guideStream(signal, { destination: { backup: backupOf(signal, { bucket: name }) } }),
    ),
    buckets: new Map([[name, bucket]]),
  });
const KEPT = { createBackupBucket: false, backupBucketArn: "arn:aws:s3:::failures", backupPrefix: "" };

describe("the bucket", () => {
  test("of the guide is imported, and its settings are created", () => {
    const part = bucketPart(inventoryWith(), decisionsWith(), {});
    expect(part.imports).toEqual([{ to: "aws_s3_bucket.backup[0]", id: BUCKET }]);
    expect(part.items?.filter(({ action }) => action === "create")).toHaveLength(6);
    expect(part.inputs).toEqual({ backupBucketName: BUCKET, backupPrefix: "" });
    expect(namesIn(part)).toContain("change bucket failures: expiry");
  });

  test("is imported with the settings that it has, and keeps failed records as long as before", () => {
    const bucket = bucketWith({
      publicAccessBlocks: [...PUBLIC_ACCESS_FIELDS],
      objectOwnership: "BucketOwnerEnforced",
      versioning: "Enabled",
      encryption: { algorithm: "AES256", keyArn: undefined },
      policyStatements: statementsOf(TLS_ONLY),
      lifecycleRules: [moduleRule({ Expiration: { Days: 90 } })],
    });
    const part = bucketPart(withBucket(bucket), decisionsWith(), {});
    expect(part.imports).toHaveLength(7);
    expect(part.items?.map(({ action }) => action)).toEqual(Array(7).fill("import"));
    expect(part.inputs?.backupRetentionDays).toBe(90);
  });

  test("of the default name needs no input", () => {
    const name = "kloudfuse-firehose-backup-123456789012-eu-west-1";
    expect(bucketPart(withBucket(bucketWith({ name }), name), decisionsWith(), {}).inputs).toEqual({
      backupPrefix: "",
    });
  });

  test("that is gone is created again", () => {
    const part = bucketPart(withBucket(undefined), decisionsWith(), {});
    expect(part.imports).toEqual([]);
    expect(part.items?.map(({ action }) => action)).toEqual(Array(7).fill("create"));
  });

  test.each<[string, () => Parameters<typeof bucketWith>[0]]>([
    ["another account owns it", () => ({ isOwn: false })],
    ["it is in us-east-1, but the streams are in eu-west-1", () => ({ region: "us-east-1" })],
    [
      "it has other contents, and the module's lifecycle expires every object: invoices/, a.txt",
      () => ({ otherContents: ["invoices/", "a.txt"] }),
    ],
    [
      "its lifecycle has other rules, which the module would remove: archive",
      () => ({ lifecycleRules: [{ ID: "archive", Status: "Enabled", Transitions: [{}] }] }),
    ],
    [
      "its policy has other statements, which the module would remove: Partner, one without a Sid",
      () => ({
        policyStatements: statementsOf(TLS_ONLY, { ...TLS_ONLY, Sid: "Partner" }, { ...TLS_ONLY, Sid: undefined }),
      }),
    ],
    [
      `it is encrypted with ${KEY}, but the streams are not`,
      () => ({ encryption: { algorithm: "aws:kms", keyArn: KEY } }),
    ],
  ])("stays as it is where %s", (reason, fields) => {
    const part = bucketPart(withBucket(bucketWith(fields())), decisionsWith(), {});
    expect(part.items?.[0]?.details).toEqual([reason]);
    expect(part.imports).toEqual([]);
    expect(part.inputs).toEqual(KEPT);
  });

  test("with the key of the streams is imported, with another one it stays", () => {
    const inventory = withBucket(bucketWith({ encryption: { algorithm: "aws:kms", keyArn: KEY } }));
    expect(bucketPart(inventory, decisionsWith(), { kmsKeyArn: KEY }).imports).toHaveLength(2);
    expect(bucketPart(inventory, decisionsWith(), { kmsKeyArn: "other" }).items?.[0]?.details).toEqual([
      `it is encrypted with ${KEY}, but the streams use another key`,
    ]);
  });

  test("of a name that the module cannot create stays", () => {
    const name = "my.failures";
    expect(bucketPart(withBucket(bucketWith({ name }), name), decisionsWith(), {}).items?.[0]?.details).toEqual([
      "a name that the module creates must be 3 to 63 of the characters a-z 0-9 - and begin and end with a letter or digit",
    ]);
  });

  test("that another stream writes to stays, as two owners would each expire and destroy it", () => {
    const user = "delivery stream kloudfuse-logs";
    const part = bucketPart(
      inventoryWith({ otherStreams: { roles: [], buckets: [{ bucketArn: `arn:aws:s3:::${BUCKET}`, user }] } }),
      decisionsWith(),
      {},
    );
    expect(part.imports ?? []).toEqual([]);
    expect(part.inputs).toMatchObject({ createBackupBucket: false, backupBucketArn: `arn:aws:s3:::${BUCKET}` });
    expect(part.items?.[0]?.details).toEqual([`others use it too: ${user}`]);
  });

  test("is imported where other streams write to another bucket", () => {
    const buckets = [{ bucketArn: `arn:aws:s3:::${BUCKET}-2`, user: "delivery stream clicks" }];
    expect(
      bucketPart(inventoryWith({ otherStreams: { roles: [], buckets } }), decisionsWith(), {}).imports,
    ).toHaveLength(1);
  });

  test("is undetermined where the other streams cannot be read", () => {
    const part = bucketPart(inventoryWith({ otherStreams: new UndeterminedError("denied") }), decisionsWith(), {});
    expect(part.imports ?? []).toEqual([]);
    expect(part.items?.[0]).toMatchObject({ subject: `bucket ${BUCKET}`, action: "unknown" });
  });

  test("with all data stays", () => {
    const streams = [
      guideStream("metrics", { destination: { backup: backupOf("metrics", { mode: "AllData" }) } }),
      guideStream("logs"),
    ];
    expect(bucketPart(inventoryWith({ streams }), decisionsWith(), {}).items?.[0]?.details).toEqual([
      "it has all data of kloudfuse-metrics (AllData), and the module's lifecycle expires every object",
    ]);
  });

  test("stays where the user wants it, in any partition", () => {
    const decisions = decisionsWith({ keeps: (kept) => kept === "bucket" });
    expect(bucketPart(inventoryWith(), decisions, {}).inputs).toEqual(KEPT);
    const location = { partition: "aws-us-gov", region: "us-gov-west-1", accountId: "123456789012" };
    expect(bucketPart(inventoryWith({ location }), decisions, {}).inputs?.backupBucketArn).toBe(
      "arn:aws-us-gov:s3:::failures",
    );
  });

  test("is undetermined where AWS does not say", () => {
    const denied = new UndeterminedError("AWS denied it. Grant it.");
    expect(linesOf(bucketPart(withBucket(denied), decisionsWith(), {}))).toEqual([
      "unknown bucket failures: bucket: AWS denied it.",
    ]);
  });

  test("is one: the second one of the streams stays behind", () => {
    const streams = [
      guideStream("metrics"),
      guideStream("logs", { destination: { backup: backupOf("logs", { bucket: "second" }) } }),
    ];
    expect(linesOf(bucketPart(inventoryWith({ streams }), decisionsWith(), {}))).toContain(
      "leave bucket second: bucket: is no longer used, and keeps its contents: the module has one bucket; after the apply all failed records go to failures",
    );
  });

  test("is none without a stream", () => {
    expect(bucketPart(inventoryWith({ streams: [] }), decisionsWith(), {})).toEqual({});
  });
});
