import { asObject, parsedJson } from "../../iam/json";
import { type Diagnosis, statusNotInTitle } from "../causes/cause";
import { diagnose } from "../causes/diagnose";
import { note, ok, type Outcome, problem } from "../checks/check";
import { plural } from "../numbers";
import { shortened } from "../text";
import { MINUTE_MS, readableTime } from "../time";
import { HEALTHY } from "./healthy";

const MAX_MESSAGE_LENGTH = 200;

/** An entry of the error log, as CloudWatch Logs has it. */
export interface ErrorLogEvent {
  readonly time: number;
  readonly text: string;
}

/** An error that Firehose logged. */
interface LoggedError {
  readonly time: number;
  /** Empty when the entry is not Firehose's own JSON. */
  readonly code: string;
  readonly message: string;
  /** Empty when the entry does not name it. */
  readonly streamArn: string;
}

/** Parses an entry: Firehose writes JSON; any other text is the message itself. */
function loggedError({ time, text }: ErrorLogEvent): LoggedError {
  const entry = asObject(parsedJson(text));
  const textAt = (key: string): string => (typeof entry[key] === "string" ? entry[key] : "");
  return {
    time,
    code: textAt("errorCode"),
    message: textAt("message") || text,
    streamArn: textAt("deliveryStreamARN"),
  };
}

/** Checks the newest errors of a stream: one outcome for each group of cause, status and code. */
export function errorLogOutcomes(events: readonly ErrorLogEvent[], streamArn: string, now: Date): Outcome[] {
  const errors = events
    .map(loggedError)
    // A log stream created by hand may serve several delivery streams.
    .filter((error) => error.streamArn === "" || error.streamArn === streamArn)
    .sort((one, other) => other.time - one.time);
  const groups = new Map<string, { readonly diagnosis: Diagnosis; readonly errors: LoggedError[] }>();
  for (const error of errors) {
    const found = diagnose(error.code, error.message);
    const group = groups.get(found.group) ?? { diagnosis: found, errors: [] };
    group.errors.push(error);
    groups.set(found.group, group);
  }
  return groups.size === 0
    ? [ok("error log", `no error in the last ${HEALTHY.errorLogHours} hours`)]
    : [...groups.values()].map((group) => groupOutcome(group.diagnosis, group.errors, now));
}

function groupOutcome({ cause, status }: Diagnosis, errors: readonly LoggedError[], now: Date): Outcome {
  const { id, title, fix } = cause;
  const { time, code, message } = errors[0] ?? { time: 0, code: "", message: "" };
  const name = `error log: ${id}`;
  const statusText = statusNotInTitle(cause, status)
    .map((each) => ` (status ${each})`)
    .join("");
  const quotation = shortened(code === "" ? message : `${code}: ${message}`, MAX_MESSAGE_LENGTH);
  const found = `${title}${statusText}; ${plural(errors.length, "entry", "entries")}, the last at ${readableTime(time)}: ${quotation}`;
  return now.getTime() - time <= HEALTHY.recentErrorMinutes * MINUTE_MS
    ? problem(name, found, fix)
    : note(name, found, `If it comes back: ${fix}`);
}

/** The log of a delivery path of a stream does not exist. */
export function missingLogOutcome(group: string, stream: string): Outcome {
  return problem(
    "error log",
    `there is no log stream ${stream} in a log group ${group}`,
    "Create both under these names: Firehose does not, so its errors are lost.",
  );
}
