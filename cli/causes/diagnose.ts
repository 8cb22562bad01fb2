import type { Cause, Diagnosis } from "./cause";
import { CAUSES, OTHER_CAUSE } from "./causes";
import { statusInMessage } from "./status";

/** The code of every response with another status than 200: the message has the status. */
const DESTINATION_EXCEPTION = "HttpEndpoint.DestinationException";

/** Codes of errors that may have a response of the endpoint; all others have none, or are from another service. */
const CODES_WITH_RESPONSE: readonly string[] = [
  "",
  DESTINATION_EXCEPTION,
  "HttpEndpoint.InvalidResponseFromDestination",
];

const MAX_GROUP_LENGTH = 160;

const causes: readonly Cause[] = CAUSES;
const causesOfResponses = causes.filter(({ statuses }) => statuses !== undefined);

/** The cause of an error, from AWS's error code and message. */
export function causeOfError(errorCode: string, message: string): Cause {
  return diagnose(errorCode, message).cause;
}

/** The cause of an error, and what distinguishes it from others of the same cause. */
export function diagnose(errorCode: string, message: string): Diagnosis {
  const status = CODES_WITH_RESPONSE.includes(errorCode) || isUnknown(errorCode) ? statusInMessage(message) : undefined;
  const cause = status === undefined ? causeWithoutStatus(errorCode, message) : (causeOfStatus(status) ?? OTHER_CAUSE);
  return { cause, status, group: groupOf(cause, status, errorCode, message) };
}

export function causeOf(id: (typeof CAUSES)[number]["id"]): Cause {
  return causes.find((cause) => cause.id === id) ?? OTHER_CAUSE;
}

/** The cause of a status that an endpoint responds with. */
export function causeOfStatus(status: number): Cause | undefined {
  return causesOfResponses.find(({ statuses: [first, last] = [1, 0] }) => first <= status && status <= last);
}

function causeWithoutStatus(errorCode: string, message: string): Cause {
  const byCode = causeOfCode(errorCode);
  if (byCode !== undefined) {
    return byCode;
  }
  // The endpoint responded, so that the message describes its response, not a connection or AWS.
  const candidates = errorCode === DESTINATION_EXCEPTION ? causesOfResponses : causes;
  return candidates.find((cause) => cause.message?.test(message)) ?? OTHER_CAUSE;
}

const causeOfCode = (errorCode: string): Cause | undefined =>
  causes.find(({ errorCodes }) => errorCodes.some((code) => matches(code, errorCode)));

const isUnknown = (errorCode: string): boolean =>
  errorCode.startsWith("HttpEndpoint.") && causeOfCode(errorCode) === undefined;

const matches = (code: string, errorCode: string): boolean =>
  code.endsWith(".") ? errorCode.startsWith(code) : errorCode === code;

/** Errors without a code are grouped by the words of their message, without its numbers and ids. */
function groupOf(cause: Cause, status: number | undefined, errorCode: string, message: string): string {
  const words = cause.id === OTHER_CAUSE.id && errorCode === "" ? message.replace(/[0-9a-f-]*\d[0-9a-f-]*/gi, "#") : "";
  return `${cause.id} ${status ?? ""} ${errorCode} ${words}`.slice(0, MAX_GROUP_LENGTH);
}
