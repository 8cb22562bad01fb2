import { ACTIONS } from "../../iam/documented-actions";
import { partitionOfArn, viaServiceNames } from "../../iam/partitions";
import type { Backup, DeliveryStream, ErrorLog } from "../aws/delivery-stream";

/** What a role must be allowed, and what for. */
export interface Need {
  readonly purpose: keyof typeof ACTIONS;
  /** The resource as a policy names it. */
  readonly resource: string;
  /** A resource that Firehose works on, for which the policies are evaluated. */
  readonly example: string;
  /** For a key: the values of `kms:ViaService` that the service using it may have; the first one is documented. */
  readonly via?: readonly string[];
}

/** What the streams need of a role; the default keys of buckets are by the bucket's name. */
export function needsOf(
  roleArn: string,
  streams: readonly DeliveryStream[],
  bucketKeys: ReadonlyMap<string, string>,
): Need[] {
  const needs = streams.flatMap((stream): Need[] => {
    const { destination, arn, partition } = stream;
    const streamKeyArn = isEncrypted(stream) ? stream.encryptionKeyArn : undefined;
    if (destination === undefined) {
      return [];
    }
    const { backup } = destination;
    const bucketArn = `arn:${partition}:s3:::${backup.bucket}`;
    const keyArn = backup.kmsKeyArn ?? bucketKeys.get(backup.bucket);
    return [
      ...(destination.roleArn === roleArn
        ? [
            need("putRecords", arn),
            ...(streamKeyArn === undefined ? [] : [keyNeed("useStreamKey", streamKeyArn, "firehose")]),
            ...logging(stream, destination.errorLog),
            ...(destination.secretArn === undefined ? [] : [need("readSecret", destination.secretArn)]),
          ]
        : []),
      ...(backup.roleArn === roleArn
        ? [
            need("findBucket", bucketArn),
            need("backUp", `${bucketArn}/${backup.prefix}*`, `${bucketArn}/${exampleKey(backup)}`),
            ...logging(stream, backup.errorLog),
            ...(keyArn === undefined ? [] : [keyNeed("useBackupKey", keyArn, "s3")]),
          ]
        : []),
    ];
  });
  return [...new Map(needs.map((each) => [`${each.purpose} ${each.resource}`, each])).values()];
}

/** Without encryption AWS still names the key that was used. */
const isEncrypted = ({ encryption }: DeliveryStream): boolean => !["DISABLED", "DISABLING"].includes(encryption);

/** A key is in the region and partition of what it encrypts. */
const keyNeed = (purpose: Need["purpose"], keyArn: string, service: string): Need => ({
  ...need(purpose, keyArn),
  via: viaServiceNames(service, keyArn.split(":")[3] ?? "", partitionOfArn(keyArn)),
});

const need = (purpose: Need["purpose"], resource: string, example = resource): Need => ({ purpose, resource, example });

function logging({ partition, region, accountId }: DeliveryStream, log: ErrorLog | undefined): Need[] {
  return log === undefined
    ? []
    : [
        need(
          "logErrors",
          `arn:${partition}:logs:${region}:${accountId}:log-group:${log.group}:log-stream:${log.stream}`,
        ),
      ];
}

const FAILED = "http-endpoint-failed";

/** A key as Firehose chooses it for failed data, with its expressions such as `!{timestamp:yyyy}` replaced. */
function exampleKey({ prefix, errorOutputPrefix }: Backup): string {
  const start = errorOutputPrefix === "" ? `${prefix}${FAILED}/` : errorOutputPrefix;
  const replaced = start.replaceAll("!{firehose:error-output-type}", FAILED).replace(/!\{[^}]*\}/g, "2026");
  return `${replaced}2026/01/31/12/failed-data`;
}
