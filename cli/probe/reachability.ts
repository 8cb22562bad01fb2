import { note, ok, type Outcome, problem } from "../checks/check";
import { type EndpointResponse, type Connection, NoResponseError, post } from "./http";
import type { ProbeContext } from "./options";
import { pathOf } from "./request";
import { checkNoResponse, describeStatus } from "./status";

const NAME = "reachability test";
const PAYLOAD = Buffer.from('{"test": true}');

/**
 * The guide's own test, Troubleshooting step 4.
 *
 * @throws UndeterminedError when the command is interrupted
 */
export async function reachabilityTest(url: URL, connection: Connection, context: ProbeContext): Promise<Outcome> {
  const headers = { Host: url.host, "Content-Type": "application/json", "Content-Length": String(PAYLOAD.length) };
  const request = { path: pathOf(url), headers, body: PAYLOAD, accessKey: undefined };
  try {
    return checkReachability(await post(connection, request, context));
  } catch (error) {
    if (error instanceof NoResponseError) {
      return checkNoResponse(NAME, error, context.timeoutMs);
    }
    throw error;
  }
}

/**
 * What the response to the guide's test proves: a server that rejects it has been reached, unless it does not serve the
 * path. The test carries no access key.
 */
export function checkReachability(response: EndpointResponse): Outcome {
  const { status } = response;
  if (status === 401 || status === 403) {
    const found = `The endpoint answers ${status} to the guide's test, which carries no access key: reachable; the test proves nothing more.`;
    return note(NAME, found, "No action needed if the request with the access key succeeds.");
  }
  const isRejected = status >= 400 && status < 500 && status !== 404 && status !== 405;
  if (isRejected || (status >= 200 && status < 300)) {
    return ok(NAME, `answered ${status}: reachable; the test proves nothing more`);
  }
  const { found, cause } = describeStatus(response, []);
  return problem(NAME, found, cause.fix);
}
