import type { LifecycleRule } from "@aws-sdk/client-s3";
import type { HttpDestination } from "../../cli/aws/delivery-stream";
import type { StreamWithBackup } from "../../cli/aws/find-streams";
import type { AdoptionInventory } from "../../cli/adopt/inventory";
import type { AdoptionDecisions } from "../../cli/adopt/options";
import type { AdoptionPart } from "../../cli/adopt/part";
import type { AdoptableBucket } from "../../cli/adopt/read-bucket";
import type { AdoptableLogGroup } from "../../cli/adopt/read-error-log";
import type { AdoptableRole } from "../../cli/adopt/read-role";
import type { AdoptableMetricStream, AdoptableSources } from "../../cli/adopt/read-sources";
import { rulesOf } from "../../cli/verify/rules";
import { backupWith, destinationWith, streamWith } from "./delivery-stream";
import type { SignalName } from "../../modules/signals";
import { LOCATION } from "./account";

export const ROLE_ARN = "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole";
export const BUCKET = "failures";
export const ERROR_LOG = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";

/** ARN of a delivery stream. */
export const streamArn = (name: string): string => `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`;

type StreamFields = Partial<Omit<StreamWithBackup, "destination">> & {
  readonly destination?: Partial<HttpDestination>;
};

/** A stream as the guide's commands make it, but for some fields. */
export const guideStream = (signal: SignalName, { destination, ...fields }: StreamFields = {}): StreamWithBackup => ({
  ...streamWith({
    signal,
    name: `kloudfuse-${signal}`,
    arn: streamArn(`kloudfuse-${signal}`),
    encryption: "DISABLED",
    ...fields,
  }),
  destination: destinationWith({
    url: `https://kfuse.example.com/ingester/kinesis/${signal}`,
    name: `kloudfuse-${signal}`,
    roleArn: ROLE_ARN,
    commonAttributes: {},
    secretArn: undefined,
    errorLog: undefined,
    backup: backupOf(signal),
    ...destination,
  }),
});

/** The guide's backup of a stream, but for some fields. */
export const backupOf = (
  signal: SignalName,
  fields: Parameters<typeof backupWith>[0] = {},
): ReturnType<typeof backupWith> =>
  backupWith({
    bucket: BUCKET,
    roleArn: ROLE_ARN,
    prefix: `kloudfuse-${signal}-failures/`,
    compressionFormat: "UNCOMPRESSED",
    errorLog: undefined,
    ...fields,
  });

/** The error log group, but for some fields. */
export const errorLogWith = (fields: Partial<AdoptableLogGroup> = {}): AdoptableLogGroup => ({
  name: ERROR_LOG,
  retentionDays: 30,
  kmsKeyArn: undefined,
  logStreams: [],
  tags: {},
  ...fields,
});

/** The statements of a policy as AWS answers with it. */
export const statementsOf = (...statements: readonly object[]): AdoptableRole["trust"] =>
  rulesOf("policy", JSON.stringify({ Version: "2012-10-17", Statement: statements }));

/** The statements of the module's policy of the bucket. */
export const TLS_ONLY = {
  Sid: "DenyWithoutTls",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${BUCKET}/*`, `arn:aws:s3:::${BUCKET}`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

/** The statements of the module's trust policy of the delivery role. */
export const DELIVERY_TRUST = [
  {
    Sid: "Firehose",
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": "123456789012" } },
  },
  {
    Sid: "CloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: "logs.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringLike: { "aws:SourceArn": "arn:aws:logs:*:123456789012:*" } },
  },
];

/** A trust policy for services, or for other principals. */
export const trustOf = (principal: object): AdoptableRole["trust"] =>
  rulesOf(
    "trust policy",
    JSON.stringify({ Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }] }),
  );

/** The guide's role, but for some fields. */
export const roleWith = (fields: Partial<AdoptableRole> = {}): AdoptableRole => ({
  arn: ROLE_ARN,
  name: "KloudfuseFirehoseRole",
  path: "/",
  permissionsBoundaryArn: undefined,
  description: "",
  maxSessionSeconds: 3600,
  trust: trustOf({ Service: ["firehose.amazonaws.com", "logs.amazonaws.com"] }),
  inlinePolicies: ["KloudfuseFirehosePermissions"],
  attachedPolicies: [],
  tags: {},
  ...fields,
});

/** A new bucket, but for some fields. */
export const bucketWith = (fields: Partial<AdoptableBucket> = {}): AdoptableBucket => ({
  name: BUCKET,
  region: "eu-west-1",
  isOwn: true,
  otherContents: [],
  lifecycleRules: undefined,
  policyStatements: undefined,
  publicAccessBlocks: undefined,
  objectOwnership: undefined,
  versioning: undefined,
  encryption: undefined,
  hasBucketKey: false,
  tags: {},
  ...fields,
});

/** The module's lifecycle rule, but for some fields. */
export const moduleRule = (fields: Partial<LifecycleRule> = {}): LifecycleRule => ({
  ID: "expire-failed-data",
  Status: "Enabled",
  Filter: { Prefix: "" },
  Expiration: { Days: 30 },
  NoncurrentVersionExpiration: { NoncurrentDays: 7 },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  ...fields,
});

/** A metric stream that feeds the metrics stream, but for some fields. */
export const metricStreamWith = (fields: Partial<AdoptableMetricStream> = {}): AdoptableMetricStream => ({
  name: "kloudfuse-metrics",
  destinationArn: streamArn("kloudfuse-metrics"),
  state: "running",
  outputFormat: "json",
  roleArn: "arn:aws:iam::123456789012:role/metric-streams",
  includeFilters: [],
  excludeFilters: [],
  includesLinkedAccounts: false,
  statistics: [],
  sharesStatistics: false,
  tags: {},
  ...fields,
});

export const sourcesWith = (fields: Partial<AdoptableSources> = {}): AdoptableSources => ({
  metricStreams: [],
  filters: [],
  accountPolicies: [],
  ...fields,
});

/** What the guide makes, but for some fields. */
export function inventoryWith(fields: Partial<AdoptionInventory> = {}): AdoptionInventory {
  const streams = fields.streams ?? [guideStream("metrics"), guideStream("logs")];
  return {
    location: LOCATION,
    found: streams.map((stream) => ({ signal: stream.signal, name: stream.name, stream, isRequired: false })),
    streams,
    streamNames: { metrics: "kloudfuse-metrics", logs: "kloudfuse-logs" },
    streamTags: new Map(streams.map(({ name }) => [name, {}])),
    roles: new Map([[ROLE_ARN, roleWith()]]),
    otherStreams: { roles: [], buckets: [] },
    buckets: new Map([[BUCKET, bucketWith()]]),
    errorLog: undefined,
    sources: sourcesWith(),
    ...fields,
  };
}

/** No decision but that there is no access key. */
export const decisionsWith = (fields: Partial<AdoptionDecisions> = {}): AdoptionDecisions => ({
  module: undefined,
  accessKey: { kind: "none" },
  ingesterHost: undefined,
  metricStreamName: undefined,
  streamNames: {},
  keeps: () => false,
  ...fields,
});

/** `action subject: name: found` of each entry. */
export const linesOf = ({ items = [] }: Partial<AdoptionPart>): string[] =>
  items.map(({ action, subject, name, found }) => `${action} ${subject}: ${name}: ${found}`);

/** `action subject: name` of each entry. */
export const namesIn = ({ items = [] }: Partial<AdoptionPart>): string[] =>
  items.map(({ action, subject, name }) => `${action} ${subject}: ${name}`);
