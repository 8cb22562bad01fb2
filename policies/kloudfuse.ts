import { type Signal, SIGNALS } from "../modules/signals";
import { isDocumentedPrefix } from "./documented";
import { partitionOfArn } from "../iam/partitions";
import { type Planned, type PlannedResource, UNKNOWN } from "./plan";

type SignalName = keyof typeof SIGNALS;

/** A delivery stream to Kloudfuse, with what belongs to it in the plan. */
export interface Stream {
  readonly resource: PlannedResource;
  /** The signal it carries, by most of what tells; `undefined` on a tie. */
  readonly signal: Signal | undefined;
  readonly name: Planned<string | undefined>;
  readonly url: Planned<string | undefined>;
  readonly prefix: Planned<string | undefined>;
  readonly role: Planned<Linked>;
  readonly bucket: Planned<Linked>;
}

/** A resource that a stream names by its ARN, and that may be managed elsewhere. */
export interface Linked {
  readonly arn: string;
  readonly resource: PlannedResource | undefined;
}

/** Everything in a plan that belongs to Kloudfuse; other resources are left alone. */
export interface Kloudfuse {
  /** The streams as they will be. */
  readonly streams: readonly Stream[];
  /** The streams, roles and buckets that are to be deleted or replaced. */
  readonly deleted: readonly PlannedResource[];
  /** The roles and buckets that streams name and that are in the plan. */
  readonly roles: readonly PlannedResource[];
  readonly buckets: readonly PlannedResource[];
  /** Resources of a type whose attribute has a value, such as the policy of a bucket. */
  readonly related: (type: string, attribute: string, value: string) => readonly PlannedResource[];
  /** Resources of a type that the plan destroys, or destroys to make them again. */
  readonly deletedOfType: (type: string) => readonly PlannedResource[];
}

export const HTTP = "http_endpoint_configuration.0";
export const BACKUP = `${HTTP}.s3_configuration.0`;

/** Finds what belongs to Kloudfuse. */
export function findKloudfuse(plan: readonly PlannedResource[]): Kloudfuse {
  const ofType = (type: string): PlannedResource[] => plan.filter((resource) => resource.type === type);
  const find = (type: string, attribute: string, value: string): PlannedResource[] =>
    ofType(type).filter((resource) => resource.get(attribute) === value);

  const all = ofType("aws_kinesis_firehose_delivery_stream")
    .filter(isKloudfuse)
    .map((resource): Stream => ({
      resource,
      signal: signalOf(resource),
      name: resource.text("name"),
      url: resource.text(`${HTTP}.url`),
      prefix: resource.text(`${BACKUP}.prefix`),
      role: linked(resource.text(`${HTTP}.role_arn`), (name) => find("aws_iam_role", "name", name)),
      bucket: linked(resource.text(`${BACKUP}.bucket_arn`), (name) => find("aws_s3_bucket", "bucket", name)),
    }));
  const roles = resourcesOf(all.map(({ role }) => role));
  const buckets = resourcesOf(all.map(({ bucket }) => bucket));
  return {
    streams: all.filter(({ resource }) => !isGone(resource)),
    roles: roles.filter((role) => !isGone(role)),
    buckets: buckets.filter((bucket) => !isGone(bucket)),
    deleted: [...all.map(({ resource }) => resource), ...roles, ...buckets].filter(({ isDeleted }) => isDeleted),
    related: (type, attribute, value) => find(type, attribute, value).filter((resource) => !isGone(resource)),
    deletedOfType: (type) => ofType(type).filter(({ isDeleted }) => isDeleted),
  };
}

const isGone = ({ actions }: PlannedResource): boolean => actions.length === 1 && actions[0] === "delete";

/** The partition of a role, from the ARN that a stream names it by; undefined where no ARN says so. */
export function partitionOfRole({ streams }: Kloudfuse, resource: PlannedResource): string | undefined {
  const links = streams.flatMap(({ role }) => (role !== UNKNOWN && role.resource === resource ? [role.arn] : []));
  return links.map(partitionOfArn).find((partition) => partition !== undefined);
}

/** The name at the end of an ARN. */
export const lastPart = (arn: string): string => arn.replace(/^.*[:/]/, "");

/** What marks a stream as one to Kloudfuse: any of the path, the prefix and the name that the guide gives it. */
function isKloudfuse(resource: PlannedResource): boolean {
  const matches = (path: string, pattern: RegExp): boolean => {
    const value = resource.text(path);
    return typeof value === "string" && pattern.test(value);
  };
  return (
    resource.get("destination") === "http_endpoint" &&
    (matches(`${HTTP}.url`, /\/ingester\/kinesis\//) ||
      matches(`${BACKUP}.prefix`, /^kloudfuse-|\/kloudfuse-(metrics|logs)-failures\/$/) ||
      matches("name", /^kloudfuse-/))
  );
}

function signalOf(resource: PlannedResource): Signal | undefined {
  const votes = (name: SignalName): number => {
    const { endpointPath, failurePrefix } = SIGNALS[name];
    const url = resource.text(`${HTTP}.url`);
    const prefix = resource.text(`${BACKUP}.prefix`);
    const streamName = resource.text("name");
    return [
      typeof url === "string" && url.endsWith(endpointPath),
      typeof prefix === "string" && isDocumentedPrefix(prefix, failurePrefix),
      typeof streamName === "string" && streamName.includes(name),
      resource.label.includes(name),
    ].filter(Boolean).length;
  };
  const [metrics, logs] = [votes("metrics"), votes("logs")];
  return metrics === logs ? undefined : metrics > logs ? SIGNALS.metrics : SIGNALS.logs;
}

function linked(arn: Planned<string | undefined>, find: (name: string) => readonly PlannedResource[]): Planned<Linked> {
  return arn === UNKNOWN ? UNKNOWN : { arn: arn ?? "", resource: find(lastPart(arn ?? ""))[0] };
}

function resourcesOf(links: readonly Planned<Linked>[]): PlannedResource[] {
  const resources = links.flatMap((link) => (link === UNKNOWN || link.resource === undefined ? [] : [link.resource]));
  return [...new Set(resources)];
}
