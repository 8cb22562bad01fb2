import type { Backup, DeliveryStream, HttpDestination } from "../../cli/aws/delivery-stream";

const LOG = { group: "group", stream: "stream" };

/** The documented backup of the logs stream, but for some fields. */
export const backupWith = (fields: Partial<Backup> = {}): Backup => ({
  mode: "FailedDataOnly",
  bucket: "backup",
  roleArn: "role",
  prefix: "kloudfuse-logs-failures/",
  errorOutputPrefix: "",
  bufferingSizeMb: 5,
  bufferingIntervalSeconds: 300,
  compressionFormat: "GZIP",
  kmsKeyArn: undefined,
  errorLog: LOG,
  ...fields,
});

/** The documented destination of the logs stream, but for some fields. */
export const destinationWith = (fields: Partial<HttpDestination> = {}): HttpDestination => ({
  url: "https://kfuse.example.com/ingester/kinesis/logs",
  name: "kloudfuse-logs",
  roleArn: "role",
  bufferingSizeMb: 4,
  bufferingIntervalSeconds: 60,
  retryDurationSeconds: 300,
  contentEncoding: "GZIP",
  commonAttributes: { environment: "s3cr3t" },
  secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse",
  errorLog: LOG,
  processors: [],
  backup: backupWith(),
  ...fields,
});

/** The documented logs stream, but for some fields. */
export const streamWith = (fields: Partial<DeliveryStream> = {}): DeliveryStream => ({
  signal: "logs",
  name: "kloudfuse-logs",
  arn: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
  partition: "aws",
  region: "eu-west-1",
  accountId: "123456789012",
  status: "ACTIVE",
  updateIds: { version: "1", destination: "destinationId-000000000001" },
  failure: undefined,
  type: "DirectPut",
  sourceArn: undefined,
  encryption: "ENABLED",
  encryptionKeyArn: undefined,
  destination: destinationWith(),
  ...fields,
});
