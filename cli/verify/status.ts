import { OTHER_CAUSE } from "../causes/causes";
import { causeOfError } from "../causes/diagnose";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import { otherStreamsText, type StreamLookup } from "../aws/find-streams";
import { shortened } from "../text";

const NAME = "status";
const MAX_REASON_LENGTH = 300;

/**
 * Whether a stream exists and works.
 *
 * @param waitedSeconds the limit of --wait; undefined without it
 */
export function statusOutcome(
  { signal, name, stream, isRequired, othersInRegion, fleet }: StreamLookup,
  region: string,
  waitedSeconds?: number,
): Outcome {
  if (stream === undefined) {
    const found = `no stream of this name in ${region}${otherStreamsText(othersInRegion, "; ")}`;
    if (fleet !== undefined) {
      return problem(NAME, found, `Deploy the stack, or correct ${signal}_stream_name in ${fleet}.`);
    }
    return isRequired
      ? problem(
          NAME,
          found,
          `Deploy it (npx cdktf deploy or terraform apply), or choose another one with --${signal}-stream-name or --region, or only the other signal with --signal.`,
        )
      : note(
          NAME,
          found,
          `No action needed if no ${signal} are sent from here. Otherwise deploy it, or name the stream with --${signal}-stream-name.`,
        );
  }
  const reason = shortened(stream.failure ?? "AWS gives no reason", MAX_REASON_LENGTH);
  switch (stream.status) {
    case "ACTIVE":
      return ok(NAME, "ACTIVE");
    case "CREATING":
      return waitedSeconds === undefined
        ? unknown(NAME, "CREATING", "It is still being created: run the command again with --wait.")
        : unknown(
            NAME,
            `CREATING after ${waitedSeconds} s`,
            `AWS creates a stream within a few minutes. If it takes longer, delete it with aws firehose delete-delivery-stream --delivery-stream-name ${name}, and create it again: the role must exist when the stream is created.`,
          );
    case "CREATING_FAILED":
      return problem(
        NAME,
        `CREATING_FAILED: ${reason}`,
        `${fixOf(stream.failure)}Delete the stream ${name}, fix that, and apply again.`,
      );
    case "DELETING":
      return problem(NAME, "DELETING", "Wait until it is gone, then apply again.");
    case "DELETING_FAILED":
      return problem(
        NAME,
        `DELETING_FAILED: ${reason}`,
        `${fixOf(stream.failure)}Delete it again with aws firehose delete-delivery-stream --allow-force-delete --delivery-stream-name ${name}.`,
      );
    default:
      return problem(NAME, stream.status || "no status", "Look at the stream in the AWS console, and ask AWS Support.");
  }
}

/** The fix for a failure that AWS describes as `<type>: <details>`; empty if the failure is unknown. */
function fixOf(failure = ""): string {
  const colon = failure.indexOf(": ");
  const cause = causeOfError(failure.slice(0, Math.max(colon, 0)), failure.slice(colon + 1));
  return cause.id === OTHER_CAUSE.id ? "" : `${cause.fix} `;
}
