import { asObject } from "../../policies/json";
import type { Cause } from "../causes/cause";
import { diagnose } from "../causes/diagnose";
import { note, ok, type Outcome, problem } from "../checks/check";
import { shortened } from "../text";
import { readable } from "../time";
import { HEALTHY } from "./healthy";

const LONGEST_MESSAGE = 200;

/** An entry of the error log, as CloudWatch Logs has it. */
export interface LogEvent {
  readonly time: number;
  readonly text: string;
}

/** An error that Firehose logged. */
export interface LoggedError {
  readonly time: number;
  /** Empty when the entry is not Firehose's own JSON. */
  readonly code: string;
  readonly message: string;
  /** Empty when the entry does not tell. */
  readonly streamArn: string;
}

/** Firehose writes JSON; anything else is its own message. */
export function loggedError({ time, text }: LogEvent): LoggedError {
  const entry = asObject(parsed(text));
  const textAt = (key: string): string => (typeof entry[key] === "string" ? entry[key] : "");
  return {
    time,
    code: textAt("errorCode"),
    message: textAt("message") || text,
    streamArn: textAt("deliveryStreamARN"),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The newest errors of a stream, a check for each cause. */
export function errorLogOutcomes(events: readonly LogEvent[], streamArn: string, now: Date): Outcome[] {
  const errors = events
    .map(loggedError)
    // A log stream made by hand may serve several delivery streams.
    .filter((error) => error.streamArn === "" || error.streamArn === streamArn)
    .sort((one, other) => other.time - one.time)
    .slice(0, HEALTHY.errorLogEntries);
  const groups = new Map<string, { readonly cause: Cause; readonly errors: LoggedError[] }>();
  for (const error of errors) {
    const cause = diagnose(error.code, error.message);
    const group = groups.get(cause.id) ?? { cause, errors: [] };
    group.errors.push(error);
    groups.set(cause.id, group);
  }
  return groups.size === 0
    ? [ok("error log", `no error in the last ${HEALTHY.errorLogHours} hours`)]
    : [...groups.values()].map(({ cause, errors }) => causeOutcome(cause, errors, now));
}

function causeOutcome({ id, title, fix }: Cause, errors: readonly LoggedError[], now: Date): Outcome {
  const [newest] = errors;
  const { time, code, message } = newest ?? { time: 0, code: "", message: "" };
  const name = `error log: ${id}`;
  const quoted = shortened(code === "" ? message : `${code}: ${message}`, LONGEST_MESSAGE);
  const found = `${title}; ${errors.length} of the newest entries, the last at ${readable(time)}: ${quoted}`;
  return now.getTime() - time <= HEALTHY.recentErrorMinutes * 60_000
    ? problem(name, found, fix)
    : note(name, found, `If it comes back: ${fix}`);
}

/** The log that a leg of a stream names does not exist. */
export function missingLogOutcome(group: string, stream: string): Outcome {
  return problem(
    "error log",
    `there is no log stream ${stream} in a log group ${group}`,
    "Make both under these names: Firehose does not, so its errors go nowhere.",
  );
}
