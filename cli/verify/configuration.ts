import { DEFAULTS } from "../../modules/defaults";
import { SIGNALS } from "../../modules/signals";
import { isDocumentedPrefix } from "../../policies/documented";
import type { Backup, DeliveryStream, ErrorLog, HttpDestination } from "../aws/delivery-stream";
import { note, ok, type Outcome, problem } from "../checks/check";
import { shortened } from "../text";
import { endpointOutcomes } from "./endpoint";

/** The configuration of a stream against the documented one, field by field. */
export function configurationOutcomes(stream: DeliveryStream, others: readonly DeliveryStream[]): Outcome[] {
  const { signal, destination } = stream;
  if (destination === undefined) {
    return [
      typeOutcome(stream),
      problem(
        "destination",
        "no HTTP endpoint",
        `A stream keeps its kind of destination: make another stream with an HTTP endpoint, or give its name with --${signal}-stream-name.`,
      ),
    ];
  }
  return [
    typeOutcome(stream),
    ok("destination", "HTTP endpoint"),
    ...endpointOutcomes(signal, destination.url),
    nameOutcome(stream, destination),
    encodingOutcome(destination),
    accessKeyOutcome(destination),
    commonAttributesOutcome(destination),
    hint(
      "buffering size",
      destination.bufferingSizeMb,
      DEFAULTS.bufferingSizeMb,
      "MiB",
      "Larger requests are fewer; the endpoint must take them.",
    ),
    hint(
      "buffering interval",
      destination.bufferingIntervalSeconds,
      DEFAULTS.bufferingIntervalSeconds,
      "s",
      "Telemetry is up to this old when it arrives.",
    ),
    retryOutcome(destination),
    ...backupOutcomes(stream, destination.backup, others),
    encryptionOutcome(stream),
    loggingOutcome("error log of delivery", destination.errorLog, (name, found) =>
      problem(
        name,
        found,
        "Nobody sees why deliveries fail: make a log group with a log stream, and turn error logging on for the destination.",
      ),
    ),
    loggingOutcome("error log of backup", destination.backup.errorLog, (name, found) =>
      note(
        name,
        found,
        "Nobody sees why a backup fails, which loses data: turn error logging on for the S3 backup too.",
      ),
    ),
  ];
}

const typeOutcome = ({ type }: DeliveryStream): Outcome =>
  type === "DirectPut"
    ? ok("type", type)
    : problem(
        "type",
        `${type || "none"}, documented DirectPut`,
        "CloudWatch can write to a Direct PUT stream only, and a stream keeps its type: make another stream.",
      );

function nameOutcome({ name, signal }: DeliveryStream, destination: HttpDestination): Outcome {
  const documented = SIGNALS[signal].streamName;
  const found = shortened(destination.name, 100) || "none";
  return [name, documented].includes(destination.name)
    ? ok("endpoint name", found)
    : note("endpoint name", `${found}, documented ${documented}`, "Only the AWS console shows it.");
}

const encodingOutcome = ({ contentEncoding }: HttpDestination): Outcome =>
  contentEncoding === "GZIP"
    ? ok("content encoding", contentEncoding)
    : problem(
        "content encoding",
        `${contentEncoding}, documented GZIP`,
        "Set the content encoding to GZIP: requests are several times larger without it.",
      );

const accessKeyOutcome = ({ secretArn }: HttpDestination): Outcome =>
  secretArn === undefined
    ? note(
        "access key",
        "from no secret; AWS does not tell whether a key is set",
        "Nothing, if the ingester asks for no key or deliveries succeed; else set access_key_secret_arn.",
      )
    : ok("access key", `from the secret ${secretArn}`);

// The values are not shown: they may hold a token.
const commonAttributesOutcome = ({ commonAttributes }: HttpDestination): Outcome =>
  ok(
    "common attributes",
    Object.keys(commonAttributes)
      .map((name) => shortened(name, 50))
      .join(", ") || "none",
  );

function hint(name: string, value: number | undefined, documented: number, unit: string, meaning: string): Outcome {
  const found = value === undefined ? "not told" : `${value} ${unit}`;
  return value === documented
    ? ok(name, found)
    : note(name, `${found}, documented ${documented} ${unit}`, `Nothing, if it is meant. ${meaning}`);
}

function retryOutcome({ retryDurationSeconds }: HttpDestination): Outcome {
  const documented = DEFAULTS.retryDurationSeconds;
  return retryDurationSeconds === 0
    ? problem(
        "retry duration",
        `0 s, documented ${documented} s`,
        `Set retry_duration_seconds to ${documented}: without a retry every restart of the ingester sends data to the backup.`,
      )
    : hint(
        "retry duration",
        retryDurationSeconds,
        documented,
        "s",
        "For so long Firehose tries again before it backs up.",
      );
}

function backupOutcomes(stream: DeliveryStream, backup: Backup, others: readonly DeliveryStream[]): Outcome[] {
  return [backupModeOutcome(backup), backupPrefixOutcome(stream, backup, others), compressionOutcome(backup)];
}

function backupModeOutcome({ mode }: Backup): Outcome {
  const name = "backup mode";
  switch (mode) {
    case "FailedDataOnly":
      return ok(name, mode);
    case "AllData":
      return note(
        name,
        "AllData, documented FailedDataOnly",
        "Nothing, if a copy of everything in S3 is meant; a stream keeps AllData once it has it.",
      );
    default:
      return problem(
        name,
        `${mode || "none"}, documented FailedDataOnly`,
        "Set the backup mode to FailedDataOnly: what cannot be delivered is lost.",
      );
  }
}

function backupPrefixOutcome({ name, signal }: DeliveryStream, backup: Backup, others: readonly DeliveryStream[]) {
  const documented = SIGNALS[signal].failurePrefix;
  const found = shortened(backup.prefix, 200) || "none";
  const twin = others.find(
    (other) =>
      other.name !== name &&
      other.destination?.backup.bucket === backup.bucket &&
      other.destination.backup.prefix === backup.prefix,
  );
  if (twin !== undefined) {
    return note(
      "backup prefix",
      `${found}, the same as ${twin.name} has`,
      `Give each stream its own, here ${documented}: people look for failed data by its prefix.`,
    );
  }
  return isDocumentedPrefix(backup.prefix, documented)
    ? ok("backup prefix", found)
    : note("backup prefix", `${found}, documented ${documented}`, "No action needed if intentional.");
}

const compressionOutcome = ({ compressionFormat }: Backup): Outcome =>
  compressionFormat === "GZIP"
    ? ok("backup compression", compressionFormat)
    : note(
        "backup compression",
        `${compressionFormat}, documented GZIP`,
        "The guide's gunzip needs GZIP, and it costs less; failures and replay read both.",
      );

function encryptionOutcome({ name, encryption, failure }: DeliveryStream): Outcome {
  const start = `aws firehose start-delivery-stream-encryption --delivery-stream-name ${name}`;
  switch (encryption) {
    case "ENABLED":
      return ok("encryption", encryption);
    case "ENABLING_FAILED":
      return problem(
        "encryption",
        `${encryption}: ${shortened(failure ?? "AWS gives no reason", 300)}`,
        `Mend the reason, then run ${start}.`,
      );
    default:
      return note(
        "encryption",
        `${encryption}, ENABLED as this project makes it`,
        `Data waits in the stream without server-side encryption. The guide leaves it off; to turn it on: ${start}.`,
      );
  }
}

const loggingOutcome = (
  name: string,
  log: ErrorLog | undefined,
  off: (name: string, found: string) => Outcome,
): Outcome => (log === undefined ? off(name, "off") : ok(name, `${log.group} ${log.stream}`));
