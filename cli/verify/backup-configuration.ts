import { SIGNALS } from "../../modules/signals";
import { isDocumentedPrefix } from "../../policies/documented";
import type { Backup, DeliveryStream } from "../aws/delivery-stream";
import { note, ok, type Outcome, problem } from "../checks/check";
import { shortened } from "../text";

/** The backup of a stream against the documented one. */
export function backupOutcomes(stream: DeliveryStream, backup: Backup, others: readonly DeliveryStream[]): Outcome[] {
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
        "No action needed if a copy of everything in S3 is intended; AllData cannot be changed back.",
      );
    default:
      return problem(
        name,
        `${mode || "none"}, documented FailedDataOnly`,
        "Set the backup mode to FailedDataOnly: otherwise undelivered data is lost.",
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
      `${found}, the same as that of ${twin.name}`,
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
        "The guide's gunzip needs GZIP, and it costs less; failures and replay read every format.",
      );
