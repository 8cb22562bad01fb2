import { note, ok, type Outcome, problem } from "../checks/check";
import { type Answer, type Connection, NoAnswer, post } from "./http";
import { pathOf } from "./request";
import { judgeNoAnswer, statusInWords } from "./status";

const NAME = "reachability test";
const PAYLOAD = Buffer.from('{"test": true}');

/**
 * The guide's own test, Troubleshooting step 4.
 *
 * @throws CannotTell when the command is interrupted
 */
export async function reachabilityTest(
  url: URL,
  connection: Connection,
  milliseconds: number,
  abortSignal: AbortSignal,
): Promise<Outcome> {
  const headers = { Host: url.host, "Content-Type": "application/json", "Content-Length": String(PAYLOAD.length) };
  const request = { path: pathOf(url), headers, body: PAYLOAD, accessKey: undefined };
  try {
    return judgeReachability(await post(connection, request, milliseconds, abortSignal));
  } catch (error) {
    if (error instanceof NoAnswer) {
      return judgeNoAnswer(NAME, error, milliseconds);
    }
    throw error;
  }
}

/** Judges the answer to the guide's test, which carries no access key. */
export function judgeReachability(answer: Answer): Outcome {
  const { status } = answer;
  if (status === 400 || status === 200) {
    return ok(NAME, `answered ${status}: reachable; it proves no more than that`);
  }
  if (status === 401 || status === 403) {
    const found = `The endpoint answers ${status} to the guide's test, which carries no access key: reachable; it proves no more than that.`;
    return note(NAME, found, "Nothing, if the request with the access key is answered well.");
  }
  const { found, cause } = statusInWords(answer, []);
  return problem(NAME, found, cause.fix);
}
