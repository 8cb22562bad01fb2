import { isArn, parseArn } from "../../iam/arn";
import { memoizedByObject } from "../../iam/memoized";
import { partitionOfRegion } from "../../iam/partitions";
import type { AwsLocation } from "../../iam/request";
import { SEGMENT, type Text } from "../../iam/text";
import type { TrustedService } from "../../iam/trusted-services";
import { SIGNALS } from "../../modules/signals";
import { arnOf } from "../arn";
import { groupBy } from "../group-by";
import { BACKUP, HTTP, type Kloudfuse, SECRET, type PlannedStream } from "../kloudfuse";
import { type Link, type PlannedResource, UNKNOWN } from "../plan";
import { DOCUMENT, linkInDocument } from "../sources/account-policy";
import { ACCOUNT_POLICY, FILTER, METRIC_STREAM, sourcesOfStream } from "../sources/sources";

/** A role that a stream, or a source that writes to it, uses. */
export interface RoleUse {
  readonly stream: PlannedStream;
  readonly role: Link;
  /** The resource that names the role, and where. */
  readonly namedBy: PlannedResource;
  readonly path: string;
  /** The service that assumes the role; undefined for other services, such as CloudWatch metric streams. */
  readonly service: TrustedService | undefined;
  /** Whether the plan shows that the service assumes it; the signal of the stream may be undetermined. */
  readonly isCertain: boolean;
}

/** A role of the plan with all of its uses. */
export interface UsedRole {
  readonly role: PlannedResource;
  readonly uses: readonly RoleUse[];
}

/** The location of a stream and its roles: Firehose only accepts roles of the stream's own account. */
export const locationOf = memoizedByObject(({ resource, role, backupRole, bucket }: PlannedStream): AwsLocation => {
  const arns = [resource.get("arn"), role.value, backupRole.value].filter(isArn);
  const { region, accountId } = resource;
  const partition =
    region === undefined
      ? [...arns, bucket.value].filter(isArn).map((arn) => parseArn(arn)?.partition)[0]
      : partitionOfRegion(region);
  return {
    partition: partition ?? UNKNOWN,
    region: region ?? UNKNOWN,
    accountId: arns.map((arn) => parseArn(arn)?.account)[0] ?? accountId ?? UNKNOWN,
  };
});

/** The locations of streams, without duplicates. */
export function locationsOf(streams: readonly PlannedStream[]): readonly AwsLocation[] {
  const locations = streams.map((stream) => locationOf(stream));
  return [
    ...new Map(locations.map((location) => [JSON.stringify(Object.values(location).map(String)), location])).values(),
  ];
}

/** The ARN of a stream. */
export function streamArnOf(stream: PlannedStream): Text {
  const arn = stream.resource.get("arn");
  const { name } = stream;
  return isArn(arn)
    ? arn
    : arnOf(locationOf(stream), "firehose", "deliverystream/", typeof name === "string" ? name : SEGMENT);
}

/** The role of the HTTP delivery; if it has none, the role of the S3 backup. */
export const deliveryUse = (stream: PlannedStream): RoleUse =>
  stream.role.kind === "absent" ? backupUse(stream) : useOf(stream, stream.role, `${HTTP}.role_arn`);

export const backupUse = (stream: PlannedStream): RoleUse => useOf(stream, stream.backupRole, `${BACKUP}.role_arn`);

/** The role that reads the secret; if it is not set, the role of the HTTP delivery. */
export const secretUse = (stream: PlannedStream): RoleUse =>
  stream.secretRole.kind === "absent" ? deliveryUse(stream) : useOf(stream, stream.secretRole, `${SECRET}.role_arn`);

const useOf = (stream: PlannedStream, role: Link, path: string): RoleUse => ({
  stream,
  role,
  namedBy: stream.resource,
  path,
  service: "firehose",
  isCertain: true,
});

/**
 * The roles that put records on a stream: those of its log subscriptions and metric streams in the plan, else the role of
 * the HTTP delivery, which CloudWatch Logs can assume according to the guide.
 */
export function writerUses(kloudfuse: Kloudfuse, stream: PlannedStream): readonly RoleUse[] {
  const { plan, related } = kloudfuse;
  const { signal, resource } = stream;
  const isLogs = signal !== SIGNALS.metrics;
  const isMetrics = signal !== SIGNALS.logs;
  const filters = isLogs ? related(FILTER, "destination_arn", resource).certain : [];
  const metricStreams = isMetrics ? related(METRIC_STREAM, "firehose_arn", resource).certain : [];
  const policies = isLogs
    ? sourcesOfStream(kloudfuse, ACCOUNT_POLICY, stream).filter(({ isCertain }) => isCertain)
    : [];
  const found = [
    ...[...filters, ...metricStreams].map((namedBy): RoleUse => ({
      stream,
      role: plan.linked(namedBy, "role_arn", "aws_iam_role"),
      namedBy,
      path: "role_arn",
      service: namedBy.type === FILTER ? "logs" : undefined,
      isCertain: true,
    })),
    ...policies.map(({ resource: namedBy }): RoleUse => ({
      stream,
      role: linkInDocument(plan, namedBy, "RoleArn", "aws_iam_role"),
      namedBy,
      path: DOCUMENT,
      service: "logs",
      isCertain: true,
    })),
  ];
  const delivery: RoleUse = {
    ...deliveryUse(stream),
    service: isLogs ? "logs" : undefined,
    isCertain: signal !== undefined,
  };
  return found.length > 0 ? found : [delivery];
}

/** Every use of a role by a stream, or by what writes to it. */
export const roleUses = memoizedByObject((kloudfuse: Kloudfuse): readonly RoleUse[] =>
  kloudfuse.streams.flatMap((stream) => {
    const reads = stream.secret.kind === "absent" ? [] : [secretUse(stream)];
    return [deliveryUse(stream), backupUse(stream), ...reads, ...writerUses(kloudfuse, stream)];
  }),
);

/** The roles of the plan that Firehose or CloudWatch Logs uses. */
export const usedRoles = memoizedByObject((kloudfuse: Kloudfuse): readonly UsedRole[] =>
  [...groupBy(roleUses(kloudfuse), ({ role }) => role.resource)]
    .flatMap(([role, uses]) => (role === undefined ? [] : [{ role, uses }]))
    .filter(({ uses }) => uses.some(({ service }) => service !== undefined)),
);
