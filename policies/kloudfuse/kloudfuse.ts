import { memoizedByObject } from "../../iam/memoized";
import { listed } from "../plan/completeness";
import type { Link, Plan, PlanLimitation, PlannedResource, Referring } from "../plan";
import { BACKUP, ROLES } from "./paths";
import { BUCKET, ROLE, type PlannedStream, STREAM, toStream } from "./stream";

/** Everything in a plan that belongs to Kloudfuse; the policies ignore other resources. */
export interface Kloudfuse {
  readonly plan: Plan;
  /** The streams after the apply. */
  readonly streams: readonly PlannedStream[];
  /** Streams that may deliver to Kloudfuse: not evaluated, but reported. */
  readonly possibleStreams: readonly PlannedStream[];
  /** The streams, roles and buckets that the plan destroys or replaces. */
  readonly deleted: readonly PlannedResource[];
  /** The roles and buckets that streams name and that are in the plan. */
  readonly roles: readonly PlannedResource[];
  readonly buckets: readonly PlannedResource[];
  /** The number of evaluated resources, which every report shows. */
  readonly counts: Counts;
  /** The limitations of the plan, which every report shows. */
  readonly limitations: readonly PlanLimitation[];
  /** The resources of a type whose attribute names a target, such as the policies of a bucket. */
  readonly related: (type: string, path: string, target: PlannedResource) => Referring;
  /** The resources of a type that the plan destroys or replaces. */
  readonly deletedOfType: (type: string) => readonly PlannedResource[];
}

export interface Counts {
  readonly streams: number;
  readonly possibleStreams: number;
  readonly roles: number;
  readonly buckets: number;
}

/** Finds the resources of a plan that belong to Kloudfuse. */
export const findKloudfuse = memoizedByObject((plan: Plan): Kloudfuse => {
  const present = plan.ofType(STREAM).map((resource) => toStream(plan, resource));
  const certain = present.filter(({ recognition }) => recognition === "certain");
  // A stream that shares its role or bucket with a stream to Kloudfuse likely delivers to Kloudfuse too.
  const shared = new Set(certain.flatMap(({ role, bucket }) => [role.resource, bucket.resource]));
  const isShared = ({ role, bucket }: PlannedStream): boolean =>
    isIn(shared, role.resource) || isIn(shared, bucket.resource);
  const isOurs = (stream: PlannedStream): boolean =>
    stream.recognition === "certain" || (stream.recognition === "possible" && isShared(stream));
  const streams = present.filter(isOurs);
  const possibleStreams = present.filter((stream) => stream.recognition === "possible" && !isOurs(stream));
  const gone = plan
    .deletedOfType(STREAM)
    .filter(({ isGone }) => isGone)
    .map((resource) => toStream(plan, resource))
    .filter(({ recognition }) => recognition !== "no");

  const roles = resourcesOf(streams.flatMap(({ role, backupRole, secretRole }) => [role, backupRole, secretRole]));
  const buckets = resourcesOf(streams.map(({ bucket }) => bucket));
  const counts = {
    streams: streams.length,
    possibleStreams: possibleStreams.length,
    roles: roles.length,
    buckets: buckets.length,
  };
  return {
    plan,
    streams,
    possibleStreams,
    roles,
    buckets,
    counts,
    deleted: deletedOf(plan, [...streams, ...gone]),
    limitations: [...plan.limitations, ...limitationsOf(streams, possibleStreams, gone)],
    related: (type, path, target) => plan.referring(type, path, target),
    deletedOfType: (type) => plan.deletedOfType(type),
  };
});

const isIn = (set: ReadonlySet<PlannedResource | undefined>, resource: PlannedResource | undefined): boolean =>
  resource !== undefined && set.has(resource);

function resourcesOf(links: readonly Link[]): PlannedResource[] {
  return [...new Set(links.flatMap(({ resource }) => (resource === undefined ? [] : [resource])))];
}

/** The streams that are destroyed or replaced, and the roles and buckets that they name, or named before. */
function deletedOf(plan: Plan, streams: readonly PlannedStream[]): PlannedResource[] {
  const named = streams.flatMap(({ resource, role, backupRole, secretRole, bucket }) => [
    ...resourcesOf([role, backupRole, secretRole, bucket]),
    ...ROLES.flatMap((path) => namedBefore(plan, ROLE, resource, path)),
    ...namedBefore(plan, BUCKET, resource, `${BACKUP}.bucket_arn`),
  ]);
  const all = new Set([...streams.map(({ resource }) => resource), ...named]);
  return [...all].filter(({ isDeleted }) => isDeleted);
}

function namedBefore(plan: Plan, type: string, resource: PlannedResource, path: string): readonly PlannedResource[] {
  const texts = new Set([resource.getBefore(path), resource.get(path)]);
  return [...texts].flatMap((text) => (typeof text === "string" && text !== "" ? plan.namedBefore(type, text) : []));
}

function limitationsOf(
  streams: readonly PlannedStream[],
  possibleStreams: readonly PlannedStream[],
  gone: readonly PlannedStream[],
): PlanLimitation[] {
  const possible = possibleStreams.map(({ resource }) => resource.address);
  return [
    ...(streams.length === 0 && gone.length === 0
      ? [
          {
            kind: "noStream" as const,
            message: "The plan has no delivery stream to Kloudfuse: nothing was evaluated.",
            remedy: "Evaluate the plan of the root module that creates the streams.",
            isUnusable: true,
          },
        ]
      : []),
    ...(possible.length > 0
      ? [
          {
            kind: "possibleStream" as const,
            message: `The URL of ${listed(possible)} is not known before the apply: possibly Kloudfuse, not evaluated.`,
            remedy: "Evaluate the plan again after the apply.",
            isUnusable: false,
          },
        ]
      : []),
  ];
}
