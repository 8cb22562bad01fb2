import { causeOf } from "../causes/diagnose";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import { RESPONSE_LIMIT_BYTES, RESPONSE_LIMIT_MIB, RESPONSE_TIMEOUT_SECONDS } from "../endpoint-limits";
import { plural } from "../numbers";
import { DAY_MS } from "../time";
import type { JsonObject } from "../../iam/json";
import type { EndpointResponse } from "./http";
import { type FirehoseRequest, secretsOf } from "./request";
import { masked, quotedWithoutSecrets } from "./secrecy";
import { parsedObject, describeStatus } from "./status";

/** A response that takes longer than a sixth of Firehose's timeout is noted. */
const SLOW_RESPONSE_SECONDS = RESPONSE_TIMEOUT_SECONDS / 6;
const MAX_ERROR_MESSAGE_LENGTH = 8192;
const MAX_CLOCK_SKEW_MS = DAY_MS;
const REMEDY =
  "Let the ingester itself answer: a login page, or a proxy's own page in front of it, answers like this. Firehose counts it as a failed delivery.";

const violation = (name: string, found: string): Outcome => problem(name, found, REMEDY);

/**
 * Evaluates a response by AWS's specification, one outcome for each rule. A response with another status than 200 has
 * outcomes for the status and the time only; parts that a violation makes unreadable have no outcome.
 */
export function checkResponse(response: EndpointResponse, request: FirehoseRequest, now = Date.now()): Outcome[] {
  const { status } = response;
  if (status !== 200) {
    return [checkStatus(response, request), checkTime(response)];
  }
  return [
    ok("response status", "200"),
    checkContentType(response),
    checkContentEncoding(response),
    ...checkContentLength(response),
    ...checkSize(response),
    ...checkBody(response, request, now),
    checkTime(response),
  ];
}

function checkStatus(response: EndpointResponse, request: FirehoseRequest): Outcome {
  const name = "response status";
  const { found, cause } = describeStatus(response, secretsOf(request));
  if ((response.status === 401 || response.status === 403) && !request.isKeyKnown) {
    const remedy = "Follow the remedy of the access key check, and run the command again.";
    return unknown(name, `The endpoint answers ${response.status} to a request without access key.`, remedy);
  }
  if ((response.status === 400 || response.status === 422) && request.recordCount === 0) {
    const remedy = `Run the command with --send. If the response stays the same: ${cause.fix}`;
    return unknown(name, `${found} The request carried no record; Firehose's requests always do.`, remedy);
  }
  return problem(name, found, cause.fix);
}

function checkContentType({ headers }: EndpointResponse): Outcome {
  const type = headers["content-type"];
  const name = "response content type";
  if (type === undefined) {
    return violation(name, "There is none; it must be application/json.");
  }
  return /^application\/json\s*(;|$)/i.test(type)
    ? ok(name, "application/json")
    : violation(name, `It is ${quotedWithoutSecrets(type, [])}; it must be application/json.`);
}

function checkContentEncoding({ headers }: EndpointResponse): Outcome {
  const encoding = headers["content-encoding"];
  const name = "response content encoding";
  return encoding === undefined
    ? ok(name, "none")
    : violation(name, `It is ${quotedWithoutSecrets(encoding, [])}; there must be none.`);
}

function checkContentLength({ headers, body }: EndpointResponse): Outcome[] {
  const length = headers["content-length"];
  const name = "response content length";
  if (length !== undefined) {
    return [ok(name, length)];
  }
  return body.length === 0 ? [] : [violation(name, "There is none; a response with a body must have it.")];
}

function checkSize({ bytes }: EndpointResponse): Outcome[] {
  const name = "response size";
  return [
    bytes < RESPONSE_LIMIT_BYTES
      ? ok(name, plural(bytes, "byte"))
      : violation(
          name,
          `The response has ${RESPONSE_LIMIT_MIB} MiB or more; headers and body together must have less.`,
        ),
  ];
}

function checkBody(response: EndpointResponse, request: FirehoseRequest, now: number): Outcome[] {
  const name = "response body";
  const { body, headers, bytes } = response;
  if (headers["content-encoding"] !== undefined || bytes >= RESPONSE_LIMIT_BYTES) {
    return [];
  }
  if (body.length === 0) {
    return [violation(name, "It is empty; it must be JSON with requestId and timestamp.")];
  }
  const json = parsedObject(body);
  if (json === undefined) {
    const found = `It must be a JSON object, and begins ${quotedWithoutSecrets(body.toString("utf8"), secretsOf(request))}.`;
    return [violation(name, found)];
  }
  return [checkRequestId(json, request), checkTimestamp(json, request, now), ...checkErrorMessage(json, request)];
}

function checkRequestId({ requestId }: JsonObject, request: FirehoseRequest): Outcome {
  const name = "response request id";
  return requestId === request.requestId
    ? ok(name, "the same as the request's")
    : violation(name, `requestId is ${shown(requestId, request)}; the request's is "${request.requestId}".`);
}

function checkTimestamp({ timestamp }: JsonObject, request: FirehoseRequest, now: number): Outcome {
  const name = "response timestamp";
  if (typeof timestamp !== "number") {
    return violation(name, `timestamp is ${shown(timestamp, request)}; it must be a number of milliseconds.`);
  }
  return Math.abs(timestamp - now) < MAX_CLOCK_SKEW_MS
    ? ok(name, "a number of milliseconds")
    : note(name, `timestamp is ${timestamp}: more than a day off.`, "It must be in milliseconds since 1970.");
}

function checkErrorMessage({ errorMessage }: JsonObject, request: FirehoseRequest): Outcome[] {
  const name = "response error message";
  if (errorMessage === undefined || errorMessage === null || errorMessage === "") {
    return [];
  }
  const isAllowed = typeof errorMessage === "string" && errorMessage.length <= MAX_ERROR_MESSAGE_LENGTH;
  return isAllowed
    ? [note(name, `The endpoint answers 200, and says ${shown(errorMessage, request)}.`, "Look at the ingester's log.")]
    : [violation(name, `errorMessage must be a text of at most ${MAX_ERROR_MESSAGE_LENGTH} characters.`)];
}

function checkTime({ milliseconds }: EndpointResponse): Outcome {
  const found = `${(milliseconds / 1000).toFixed(2)} s`;
  return milliseconds > SLOW_RESPONSE_SECONDS * 1000
    ? note(
        "response time",
        `${found}; Firehose gives up after ${RESPONSE_TIMEOUT_SECONDS} s.`,
        causeOf("endpoint-slow").fix,
      )
    : ok("response time", found);
}

/** A JSON value in a message. */
function shown(value: unknown, request: FirehoseRequest): string {
  if (value === undefined) {
    return "missing";
  }
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "a list" : "an object";
  }
  const secrets = secretsOf(request);
  return typeof value === "string" ? quotedWithoutSecrets(value, secrets) : masked(JSON.stringify(value), secrets);
}
