import { ACTIONS } from "../../iam/documented-actions";
import { keyRegion, parseArn } from "../../iam/arn";
import { viaServiceNames } from "../../iam/partitions";
import type { Backup, DeliveryStream, ErrorLog } from "../aws/delivery-stream";
import { HTTP_ERROR_OUTPUT_TYPE } from "../backup/keys";

/** A permission that a role needs, and its purpose. */
export interface Need {
  readonly purpose: keyof typeof ACTIONS;
  /** The resource as a policy names it. */
  readonly resource: string;
  /** An example of the resource, for which the policies are evaluated. */
  readonly example: string;
  /** ARN of the bucket, the key or the secret whose own policy decides too. */
  readonly owner?: string;
  /** For a key: the values of `kms:ViaService` that the service using it may have; the first one is documented. */
  readonly via?: readonly string[];
  /** What puts records on the stream with the role; missing: CloudWatch Logs. */
  readonly sender?: Sender["service"];
}

/** What puts records on a stream, with a role. */
export interface Sender {
  readonly service: "logs" | "metricStreams";
  readonly roleArn: string;
  readonly stream: DeliveryStream;
}

/** What names the keys of buckets and secrets. */
export interface DefaultKeys {
  /** The default keys of buckets, by the bucket's name. */
  readonly ofBuckets: ReadonlyMap<string, string>;
  /** The keys of secrets, by the secret's ARN. */
  readonly ofSecrets: ReadonlyMap<string, string>;
}

/** The keys in use, which may be named by an alias. */
export interface KeysInUse extends DefaultKeys {
  /** ARNs of customer-managed keys by name; keys that AWS manages need no permission. */
  readonly arns: ReadonlyMap<string, string>;
}

/** The names of the keys that encrypt the records of a stream, its backup and its secret. */
export function namedKeysOf(
  stream: Pick<DeliveryStream, "encryption" | "encryptionKeyArn" | "destination">,
  { ofBuckets, ofSecrets }: DefaultKeys,
): Readonly<Record<"stream" | "backup" | "secret", string | undefined>> {
  const { destination, encryptionKeyArn } = stream;
  const { backup, secretArn } = destination ?? {};
  return {
    stream: isEncrypted(stream) ? encryptionKeyArn : undefined,
    backup: backup && (backup.kmsKeyArn ?? ofBuckets.get(backup.bucket)),
    secret: secretArn === undefined ? undefined : ofSecrets.get(secretArn),
  };
}

/** The permissions that streams and their sources need from a role. */
export function needsOf(
  roleArn: string,
  streams: readonly DeliveryStream[],
  keys: KeysInUse,
  senders: readonly Sender[] = [],
): Need[] {
  const ofSenders = senders
    .filter((sender) => sender.roleArn === roleArn)
    .flatMap(({ service, stream }) =>
      putRecordsNeeds(stream, keys).map((each): Need => ({ ...each, sender: service })),
    );
  const needs = streams.flatMap((stream): Need[] => {
    const { destination, partition } = stream;
    if (destination === undefined) {
      return [];
    }
    const { backup, secretArn } = destination;
    const bucketArn = bucketArnOf(partition, backup.bucket);
    const named = namedKeysOf(stream, keys);
    return [
      ...(destination.roleArn === roleArn
        ? [
            ...putRecordsNeeds(stream, keys),
            ...logErrorsNeeds(stream, destination.errorLog),
            ...(secretArn === undefined ? [] : [{ ...need("readSecret", secretArn), owner: secretArn }]),
            ...keyNeeds("useSecretKey", "secretsmanager", named.secret, keys),
          ]
        : []),
      ...(backup.roleArn === roleArn
        ? [
            { ...need("findBucket", bucketArn), owner: bucketArn },
            {
              ...need("backUp", `${bucketArn}/${backup.prefix}*`, `${bucketArn}/${exampleKey(backup)}`),
              owner: bucketArn,
            },
            ...logErrorsNeeds(stream, backup.errorLog),
            ...keyNeeds("useBackupKey", "s3", named.backup, keys),
          ]
        : []),
    ];
  });
  // A role with several uses may have the same need several times.
  return [...new Map([...ofSenders, ...needs].map((each) => [`${each.purpose} ${each.resource}`, each])).values()];
}

/** The permissions that putting records on a stream needs. */
const putRecordsNeeds = (stream: DeliveryStream, keys: KeysInUse): Need[] => [
  need("putRecords", stream.arn),
  ...keyNeeds("useStreamKey", "firehose", namedKeysOf(stream, keys).stream, keys),
];

function keyNeeds(purpose: Need["purpose"], service: string, name: string | undefined, keys: KeysInUse): Need[] {
  const keyArn = name === undefined ? undefined : keys.arns.get(name);
  return keyArn === undefined ? [] : [keyNeed(purpose, keyArn, service)];
}

export const bucketArnOf = (partition: string, name: string): string => `arn:${partition}:s3:::${name}`;

/** Checks the status, because AWS still names the key after encryption was disabled. */
const isEncrypted = ({ encryption }: Pick<DeliveryStream, "encryption">): boolean =>
  !["DISABLED", "DISABLING"].includes(encryption);

/** A key is in the region and partition of what it encrypts. */
const keyNeed = (purpose: Need["purpose"], keyArn: string, service: string): Need => ({
  ...need(purpose, keyArn),
  owner: keyArn,
  via: viaServiceNames(service, keyRegion(keyArn) ?? "", parseArn(keyArn)?.partition),
});

const need = (purpose: Need["purpose"], resource: string, example = resource): Need => ({ purpose, resource, example });

function logErrorsNeeds({ partition, region, accountId }: DeliveryStream, log: ErrorLog | undefined): Need[] {
  return log === undefined
    ? []
    : [
        need(
          "logErrors",
          `arn:${partition}:logs:${region}:${accountId}:log-group:${log.group}:log-stream:${log.stream}`,
        ),
      ];
}

/** A key as Firehose chooses it for failed data, with its expressions such as `!{timestamp:yyyy}` replaced. */
function exampleKey({ prefix, errorOutputPrefix }: Backup): string {
  const start = errorOutputPrefix === "" ? `${prefix}${HTTP_ERROR_OUTPUT_TYPE}/` : errorOutputPrefix;
  const replaced = start
    .replaceAll("!{firehose:error-output-type}", HTTP_ERROR_OUTPUT_TYPE)
    .replace(/!\{[^}]*\}/g, "2026");
  return `${replaced}2026/01/31/12/failed-data`;
}
