import type { Cause } from "../causes/cause";
import { OTHER_CAUSE } from "../causes/causes";
import { causeOfError, causeOfStatus } from "../causes/diagnose";
import { type Outcome, problem } from "../checks/check";
import { RESPONSE_TIMEOUT_SECONDS } from "../endpoint-limits";
import { asString, isObject, type JsonObject, parsedJson } from "../../iam/json";
import type { EndpointResponse, NoResponseError } from "./http";
import { quotedWithoutSecrets } from "./secrecy";

/** The cause of a status other than 200, and the text of the endpoint. */
export function describeStatus(
  response: EndpointResponse,
  secrets: readonly string[],
): { readonly found: string; readonly cause: Cause } {
  const cause = causeOfStatus(response.status) ?? OTHER_CAUSE;
  const title = cause.title.replace(/^\d[^:]*: /, "");
  const { location } = response.headers;
  const leadsTo = location === undefined ? "" : ` It redirects to ${quotedWithoutSecrets(location, secrets)}.`;
  const text = errorMessageOf(response.body) ?? response.body.toString("utf8");
  const says = text.trim() === "" ? "" : ` The endpoint says ${quotedWithoutSecrets(text, secrets)}.`;
  return { cause, found: `The endpoint answers ${response.status}: ${title}. ${cause.meaning}${leadsTo}${says}` };
}

/** The check of a request without a response. */
export function checkNoResponse(name: string, { errorCode, message }: NoResponseError, timeoutMs: number): Outcome {
  const cause = causeOfError(errorCode, message);
  if (cause.id !== "endpoint-slow") {
    return problem(name, `${cause.title}: ${message}. ${cause.meaning}`, cause.fix);
  }
  const seconds = timeoutMs / 1000;
  const isShort = seconds < RESPONSE_TIMEOUT_SECONDS;
  return problem(
    name,
    `No response within ${seconds} s; Firehose waits ${RESPONSE_TIMEOUT_SECONDS} s.`,
    isShort
      ? `${cause.fix} Run the command with --timeout ${RESPONSE_TIMEOUT_SECONDS} to see whether a response comes at all.`
      : cause.fix,
  );
}

function errorMessageOf(body: Buffer): string | undefined {
  return asString(parsedObject(body)?.["errorMessage"]);
}

/** The body as a JSON object, undefined if it is none. */
export function parsedObject(body: Buffer): JsonObject | undefined {
  const json = parsedJson(body.toString("utf8"));
  return isObject(json) && !Array.isArray(json) ? json : undefined;
}
