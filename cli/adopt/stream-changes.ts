import { S3_BUFFERING_SECONDS } from "../../modules/alarm-table";
import { errorLogGroupName } from "../../modules/log-criteria";
import { type InputName, inputOf, type InputValues } from "../../modules/inputs";
import { errorLogStreamNames } from "../../modules/resource-names";
import { SIGNALS } from "../../modules/signals";
import type { ErrorLog } from "../aws/delivery-stream";
import type { StreamWithBackup } from "../aws/find-streams";
import { shortened } from "../text";
import type { AdoptionInventory } from "./inventory";
import { backupBucketName } from "./bucket";
import type { AdoptionItem } from "./part";
import { deliveryRoleArn } from "./role";
import { streamSubject } from "./streams";

const MAX_SHOWN = 200;

/** Defaults of the Firehose API and of the AWS provider: the module sets none. */
const S3_BUFFERING = { sizeMb: 5, intervalSeconds: S3_BUFFERING_SECONDS } as const;

/** What Terraform changes of each stream in place, with the inputs: one entry for each stream that changes. */
export const streamChanges = (
  { streams, streamNames }: Pick<AdoptionInventory, "streams" | "streamNames">,
  inputs: InputValues,
): AdoptionItem[] =>
  streams.flatMap((stream) => {
    const details = differences(stream, inputs, {
      errorLogGroup: errorLogGroupName(streamNames.metrics, streamNames.logs),
      roleArn: deliveryRoleArn({ streams }),
      bucket: backupBucketName({ streams }),
    });
    return details.length === 0
      ? []
      : [
          {
            action: "change" as const,
            subject: streamSubject(stream.name),
            name: "settings",
            found: "Terraform updates the stream in place",
            details,
            remedy: "",
          },
        ];
  });

/** What both streams have in common once they are adopted. */
interface SharedResources {
  readonly errorLogGroup: string;
  readonly roleArn: string | undefined;
  readonly bucket: string | undefined;
}

function differences(
  stream: StreamWithBackup,
  inputs: InputValues,
  { errorLogGroup, roleArn, bucket }: SharedResources,
): string[] {
  const { signal, name, destination, encryption, encryptionKeyArn } = stream;
  const { backup } = destination;
  const valueOf = (input: InputName): unknown => inputs[input] ?? inputOf(input).default ?? undefined;
  const { endpointPath, failurePrefix } = SIGNALS[signal];
  const logs = errorLogStreamNames(name);
  const hints = {
    metrics: ["metricsBufferingSizeMb", "metricsBufferingIntervalSeconds"],
    logs: ["logsBufferingSizeMb", "logsBufferingIntervalSeconds"],
  } as const;
  const [size, interval] = hints[signal];
  const key = textOf(valueOf("kmsKeyArn"));
  const host = inputs.kloudfuseIngesterHost;
  const changes: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["endpoint URL", urlText(destination.url), typeof host === "string" ? `https://${host}${endpointPath}` : undefined],
    ["endpoint name", destination.name, name],
    ["content encoding", destination.contentEncoding, "GZIP"],
    ["buffering size in MiB", textOf(destination.bufferingSizeMb), textOf(inputs[size] ?? valueOf("bufferingSizeMb"))],
    [
      "buffering interval in seconds",
      textOf(destination.bufferingIntervalSeconds),
      textOf(inputs[interval] ?? valueOf("bufferingIntervalSeconds")),
    ],
    ["retry duration in seconds", textOf(destination.retryDurationSeconds), textOf(valueOf("retryDurationSeconds"))],
    ["names of common attributes", namesText(destination.commonAttributes), namesText(inputs.commonAttributes)],
    ["error log of the delivery", logText(destination.errorLog), `${errorLogGroup} ${logs.delivery}`],
    ["role of the delivery", destination.roleArn, roleArn],
    ["S3 backup mode", backup.mode, "FailedDataOnly"],
    ["S3 bucket", backup.bucket || "none", bucket],
    ["role of the S3 backup", backup.roleArn, roleArn],
    ["S3 prefix", backup.prefix || "none", `${textOf(valueOf("backupPrefix")) ?? ""}${failurePrefix}`],
    ["S3 error output prefix", backup.errorOutputPrefix || "none", "none"],
    ["S3 buffering size in MiB", textOf(backup.bufferingSizeMb ?? S3_BUFFERING.sizeMb), textOf(S3_BUFFERING.sizeMb)],
    [
      "S3 buffering interval in seconds",
      textOf(backup.bufferingIntervalSeconds ?? S3_BUFFERING.intervalSeconds),
      textOf(S3_BUFFERING.intervalSeconds),
    ],
    ["S3 compression", backup.compressionFormat, "GZIP"],
    ["S3 encryption key", backup.kmsKeyArn ?? "that of the bucket", key ?? "that of the bucket"],
    ["error log of the backup", logText(backup.errorLog), `${errorLogGroup} ${logs.backup}`],
    ["server-side encryption", encryptionText(encryption, encryptionKeyArn), key ?? "a key that AWS owns"],
  ];
  return changes
    .filter(([, found, wanted]) => wanted !== undefined && found !== wanted)
    .map(
      ([what, found = "not shown by AWS", wanted = ""]) => `${what}: ${shortened(found, MAX_SHOWN)} becomes ${wanted}`,
    );
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "number" || typeof value === "string" ? String(value) : undefined;

/** Never shows a query or a password in the URL. */
function urlText(url: string): string {
  const { protocol = "", host = "", pathname = "", search = "" } = URL.canParse(url) ? new URL(url) : {};
  return host === "" ? "no URL" : `${protocol}//${host}${pathname}${search === "" ? "" : "?…"}`;
}

/** The values may be secret. */
const namesText = (attributes: unknown): string =>
  typeof attributes === "object" && attributes !== null ? Object.keys(attributes).sort().join(", ") || "none" : "none";

const logText = (log: ErrorLog | undefined): string => (log === undefined ? "off" : `${log.group} ${log.stream}`);

const encryptionText = (status: string, key: string | undefined): string =>
  status === "ENABLED" ? (key ?? "a key that AWS owns") : `off (${status})`;
