import { INPUTS } from "../../modules/inputs";
import { SIGNALS } from "../../modules/signals";
import type { DeliveryStream, ErrorLog, HttpDestination } from "../aws/delivery-stream";
import { note, ok, type Outcome, problem } from "../checks/check";
import { shortened } from "../text";
import { backupOutcomes } from "./backup-configuration";
import { endpointOutcomes } from "./endpoint";
import type { ExpectedStack } from "./expected-stack";
import { processingOutcome, typeOutcome } from "./processing";

/** The configuration of a stream against the documented one, field by field. */
export function configurationOutcomes(
  stream: DeliveryStream,
  others: readonly DeliveryStream[],
  expected?: ExpectedStack,
): Outcome[] {
  const { signal, destination } = stream;
  if (destination === undefined) {
    return [
      typeOutcome(stream),
      problem(
        "destination",
        "no HTTP endpoint",
        `A stream keeps its kind of destination: create another stream with an HTTP endpoint, or name it with --${signal}-stream-name.`,
      ),
    ];
  }
  return [
    typeOutcome(stream),
    ok("destination", "HTTP endpoint"),
    ...endpointOutcomes(signal, destination.url, expected),
    nameOutcome(stream, destination),
    encodingOutcome(destination),
    accessKeyOutcome(destination),
    commonAttributesOutcome(destination),
    documentedValueOutcome(
      "buffering size",
      destination.bufferingSizeMb,
      INPUTS.bufferingSizeMb.default,
      "MiB",
      "A larger size means fewer requests; the endpoint must accept them.",
    ),
    documentedValueOutcome(
      "buffering interval",
      destination.bufferingIntervalSeconds,
      INPUTS.bufferingIntervalSeconds.default,
      "s",
      "Telemetry arrives up to this much later.",
    ),
    retryOutcome(destination),
    processingOutcome(destination),
    ...backupOutcomes(stream, destination.backup, others),
    encryptionOutcome(stream),
    loggingOutcome("error log of delivery", destination.errorLog, (name, found) =>
      problem(
        name,
        found,
        "Nobody sees why deliveries fail: create a log group with a log stream, and turn error logging on for the destination.",
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
        "no secret is configured; AWS does not show whether a key is set",
        "No action needed if the ingester requires no key or deliveries succeed. Otherwise set access_key_secret_arn.",
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

function documentedValueOutcome(
  name: string,
  value: number | undefined,
  documented: number,
  unit: string,
  meaning: string,
): Outcome {
  const found = value === undefined ? "undetermined" : `${value} ${unit}`;
  return value === documented
    ? ok(name, found)
    : note(name, `${found}, documented ${documented} ${unit}`, `No action needed if intentional. ${meaning}`);
}

function retryOutcome({ retryDurationSeconds }: HttpDestination): Outcome {
  const documented = INPUTS.retryDurationSeconds.default;
  return retryDurationSeconds === 0
    ? problem(
        "retry duration",
        `0 s, documented ${documented} s`,
        `Set retry_duration_seconds to ${documented}: without a retry every restart of the ingester sends data to the backup.`,
      )
    : documentedValueOutcome(
        "retry duration",
        retryDurationSeconds,
        documented,
        "s",
        "Firehose retries for this long before it backs up.",
      );
}

function encryptionOutcome({ name, encryption, failure }: DeliveryStream): Outcome {
  const start = `aws firehose start-delivery-stream-encryption --delivery-stream-name ${name}`;
  switch (encryption) {
    case "ENABLED":
      return ok("encryption", encryption);
    case "ENABLING_FAILED":
      return problem(
        "encryption",
        `${encryption}: ${shortened(failure ?? "AWS gives no reason", 300)}`,
        `Fix the cause, then run ${start}.`,
      );
    default:
      return note(
        "encryption",
        `${encryption}, ENABLED in this project`,
        `Data waits in the stream without server-side encryption. The guide leaves it off; to turn it on: ${start}.`,
      );
  }
}

const loggingOutcome = (
  name: string,
  log: ErrorLog | undefined,
  off: (name: string, found: string) => Outcome,
): Outcome => (log === undefined ? off(name, "off") : ok(name, `${log.group} ${log.stream}`));
