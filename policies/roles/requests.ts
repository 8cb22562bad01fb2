import { ACTIONS } from "../../iam/documented-actions";
import { memoizedByObject } from "../../iam/memoized";
import type { AwsLocation } from "../../iam/request";
import { SEGMENT, type Text, type TextPart } from "../../iam/text";
import { arnOf, joinParts, partsOf, displayText } from "../arn";
import { BUCKET_POLICY } from "../buckets/bucket-settings";
import { holdersOfSecretPolicy } from "../buckets/resource-policies";
import { groupBy } from "../group-by";
import { keyRequests } from "./key-requests";
import { BACKUP, HTTP, type Kloudfuse, SECRET, type PlannedStream } from "../kloudfuse";
import { type Link, type Planned, type PlannedResource, UNKNOWN } from "../plan";
import { processorRequests } from "./processor-requests";
import { namesOfLinked, type RoleRequests } from "./role-requests";
import { backupUse, deliveryUse, locationOf, type RoleUse, secretUse, streamArnOf, writerUses } from "./role-uses";

/** The requests that the roles of the streams must be able to make. */
export const requestsOf = memoizedByObject((kloudfuse: Kloudfuse): readonly RoleRequests[] =>
  kloudfuse.streams.flatMap((stream) => [
    ...putRecords(kloudfuse, stream),
    ...backUp(kloudfuse, stream),
    ...logErrors(stream, deliveryUse(stream), HTTP, stream.deliveryLogGroup),
    ...logErrors(stream, backupUse(stream), BACKUP, stream.backupLogGroup),
    ...readSecret(kloudfuse, stream),
    ...keyRequests(kloudfuse, stream),
    ...processorRequests(kloudfuse, stream),
  ]),
);

/** The requests that one role of the plan must be able to make. */
export const requestsOfRole = (kloudfuse: Kloudfuse, role: PlannedResource): readonly RoleRequests[] =>
  requestsByRole(kloudfuse).get(role) ?? [];

const requestsByRole = memoizedByObject((kloudfuse: Kloudfuse) =>
  groupBy(requestsOf(kloudfuse), ({ use }) => use.role.resource),
);

function putRecords(kloudfuse: Kloudfuse, stream: PlannedStream): RoleRequests[] {
  const location = locationOf(stream);
  return writerUses(kloudfuse, stream).map((use) => ({
    purpose: "putRecords",
    use,
    actions: ACTIONS.putRecords,
    resourceArn: streamArnOf(stream),
    location,
    readFrom: [[stream.resource, "name"]],
    region: location.region,
    policyHolders: [],
  }));
}

function backUp({ plan, related }: Kloudfuse, stream: PlannedStream): RoleRequests[] {
  const { resource, bucket, prefix } = stream;
  if (bucket.kind === "absent") {
    return [];
  }
  const location = locationOf(stream);
  const arn = bucketArnOf(bucket, location);
  const errorPrefixPath = `${BACKUP}.error_output_prefix`;
  const errorPrefix = plan.isOmitted(resource, errorPrefixPath) ? undefined : resource.text(errorPrefixPath);
  const common = {
    purpose: "backUp",
    use: backupUse(stream),
    location,
    region: bucket.resource?.region ?? UNKNOWN,
    account: bucket.resource?.accountId ?? UNKNOWN,
    policyHolders: bucket.resource === undefined ? [] : related(BUCKET_POLICY.type, "bucket", bucket.resource).certain,
  } as const;
  const objects = (of: Planned<string>, path: string): RoleRequests => ({
    ...common,
    actions: ACTIONS.backUp,
    resourceArn: joinParts([...partsOf(arn), "/", ...prefixParts(of), objectName(stream)]),
    displayArn: `${displayText(arn)}/${of === UNKNOWN ? "(not known)" : of}*`,
    readFrom: [[resource, `${BACKUP}.bucket_arn`], [resource, path], ...namesOfLinked(bucket)],
  });
  return [
    {
      ...common,
      actions: ACTIONS.findBucket,
      resourceArn: arn,
      readFrom: [[resource, `${BACKUP}.bucket_arn`], ...namesOfLinked(bucket)],
    },
    objects(prefix ?? "", `${BACKUP}.prefix`),
    ...(errorPrefix === undefined || errorPrefix === "" ? [] : [objects(errorPrefix, errorPrefixPath)]),
  ];
}

function bucketArnOf({ value, resource }: Link, location: AwsLocation): Text {
  const [arn, name] = [value, resource?.get("bucket")];
  return typeof arn === "string"
    ? arn
    : arnOf({ ...location, region: "", accountId: "" }, "s3", typeof name === "string" ? name : SEGMENT);
}

/** A prefix, with unknown parts for the expressions that Firehose replaces, such as `!{timestamp:yyyy}`. */
const prefixParts = (prefix: Planned<string>): readonly TextPart[] =>
  prefix === UNKNOWN
    ? [UNKNOWN]
    : prefix.split(/!\{[^}]*\}/).flatMap((part, index) => (index === 0 ? [part] : [UNKNOWN, part]));

/** An object name as Firehose creates it, after the time: a permission for one year or one stream does not cover it. */
const objectName = ({ name }: PlannedStream): string =>
  `2030/01/31/23/${typeof name === "string" ? name : "stream"}-1-2030-01-31-23-59-59-0e5f2f4e-6d5a-4f0e-8f0a-3c1a9b7d2e11`;

function logErrors(stream: PlannedStream, use: RoleUse, path: string, group: Link): RoleRequests[] {
  const { resource } = stream;
  const options = `${path}.cloudwatch_logging_options.0`;
  const enabled = resource.get(`${options}.enabled`);
  const logStream = resource.get(`${options}.log_stream_name`);
  if ((enabled !== true && enabled !== UNKNOWN) || group.kind === "absent" || logStream === undefined) {
    return [];
  }
  const location = locationOf(stream);
  const name = typeof group.value === "string" ? group.value : group.resource?.get("name");
  const known = (part: unknown): TextPart => (typeof part === "string" ? part : SEGMENT);
  return [
    {
      purpose: "logErrors",
      use,
      actions: ACTIONS.logErrors,
      resourceArn: arnOf(location, "logs", "log-group:", known(name), ":log-stream:", known(logStream)),
      location,
      readFrom: [
        [resource, `${options}.log_group_name`],
        [resource, `${options}.log_stream_name`],
        ...namesOfLinked(group),
      ],
      region: location.region,
      policyHolders: [],
      ...(enabled === UNKNOWN ? { neededIf: "the error log is enabled" } : {}),
    },
  ];
}

function readSecret(kloudfuse: Kloudfuse, stream: PlannedStream): RoleRequests[] {
  const { resource, secret } = stream;
  const enabled = resource.get(`${SECRET}.enabled`);
  if (secret.kind === "absent" || enabled === false) {
    return [];
  }
  const location = locationOf(stream);
  const name = secret.resource?.get("name");
  return [
    {
      purpose: "readSecret",
      use: secretUse(stream),
      actions: ACTIONS.readSecret,
      resourceArn:
        typeof secret.value === "string"
          ? secret.value
          : arnOf(location, "secretsmanager", "secret:", ...(typeof name === "string" ? [name, "-"] : []), SEGMENT),
      location,
      readFrom: [[resource, `${SECRET}.secret_arn`], ...namesOfLinked(secret)],
      region: location.region,
      policyHolders: secret.resource === undefined ? [] : holdersOfSecretPolicy(kloudfuse, secret.resource),
      ...(enabled === UNKNOWN ? { neededIf: "the stream reads the secret" } : {}),
    },
  ];
}
