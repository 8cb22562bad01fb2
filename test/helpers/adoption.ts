import type { HttpDestination } from "../../cli/aws/delivery-stream";
import type { StreamWithBackup } from "../../cli/aws/find-streams";
import type { AdoptionInventory } from "../../cli/adopt/inventory";
import type { AdoptionDecisions } from "../../cli/adopt/options";
import type { AdoptionPart } from "../../cli/adopt/part";
import type { AdoptableBucket } from "../../cli/adopt/read-bucket";
import type { AdoptableRole } from "../../cli/adopt/read-role";
import type { AdoptableMetricStream, AdoptableSources } from "../../cli/adopt/read-sources";
import { rulesOf } from "../../cli/verify/rules";
import { backupWith, destinationWith, streamWith } from "./delivery-stream";

type Signal = StreamWithBackup["signal"];

export const ROLE_ARN = "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole";
export const BUCKET = "failures";
export const ERROR_LOG = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";

/** ARN of a delivery stream. */
export const streamArn = (name: string): string => `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`;

type StreamFields = Partial<Omit<StreamWithBackup, "destination">> & {
  readonly destination?: Partial<HttpDestination>;
};

/** A stream as the guide's commands make it, but for some fields. */
export const guideStream = (signal: Signal, { destination, ...fields }: StreamFields = {}): StreamWithBackup => ({
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
  signal: Signal,
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
  hasPublicAccessBlock: false,
  hasOwnershipControls: false,
  isVersioned: false,
  encryption: undefined,
  tags: {},
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
    location: { partition: "aws", region: "eu-west-1", accountId: "123456789012" },
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
