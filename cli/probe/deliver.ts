import type { Check, Outcome } from "../checks/check";
import { type AccessKey, KEPT_BACK } from "./access-key";
import { judgeAnswer } from "./answer";
import { type Endpoint, endpointBehind, nameOf } from "./endpoint";
import { type Connection, NoAnswer, post } from "./http";
import { reachabilityTest } from "./reachability";
import type { FirehoseRequest } from "./request";
import { connectTo } from "./stages";
import { judgeNoAnswer } from "./status";
import type { Target } from "./target";

/** What is to be delivered to a target. */
export interface Delivery {
  readonly target: Target;
  readonly key: AccessKey;
  /** Builds the request with the access key that may be sent. */
  readonly request: (key: AccessKey) => FirehoseRequest;
}

/** On which terms requests are sent. */
export interface Terms {
  /** How long to wait for an answer. */
  readonly milliseconds: number;
  /** As PEM; undefined for Node's own. */
  readonly authorities: string | undefined;
  readonly abortSignal: AbortSignal;
}

/** Tries each endpoint once, and then each stream that delivers to it. @throws CannotTell when interrupted */
export async function deliver(deliveries: readonly Delivery[], terms: Terms): Promise<Check[]> {
  const endpoints = new Map<string, Endpoint>(
    deliveries.map(({ target }) => endpointBehind(target.url)).map((endpoint) => [nameOf(endpoint), endpoint]),
  );
  const checks = await Promise.all(
    [...endpoints].map(async ([name, endpoint]) => {
      const { outcomes, connection } = await connectTo(endpoint, terms.authorities, terms.abortSignal);
      const streams = deliveries.filter(({ target }) => nameOf(endpointBehind(target.url)) === name);
      const delivered = await Promise.all(streams.map((stream) => deliverTo(connection, stream, terms)));
      return [...about(name, outcomes), ...delivered.flat()];
    }),
  );
  return checks.flat();
}

async function deliverTo(
  connection: Connection | undefined,
  { target, key, request }: Delivery,
  terms: Terms,
): Promise<Check[]> {
  if (connection === undefined) {
    return about(target.subject, [key.outcome]);
  }
  const sent = key.value === undefined || connection.isTrusted ? key : KEPT_BACK;
  const reachable = await reachabilityTest(target.url, connection, terms.milliseconds, terms.abortSignal);
  return about(target.subject, [reachable, sent.outcome, ...(await answerTo(request(sent), connection, terms))]);
}

async function answerTo(
  request: FirehoseRequest,
  connection: Connection,
  { milliseconds, abortSignal }: Terms,
): Promise<Outcome[]> {
  try {
    return judgeAnswer(await post(connection, request, milliseconds, abortSignal), request);
  } catch (error) {
    if (error instanceof NoAnswer) {
      return [judgeNoAnswer("answer", error, milliseconds)];
    }
    throw error;
  }
}

const about = (subject: string, outcomes: readonly Outcome[]): Check[] =>
  outcomes.map((outcome) => ({ subject, ...outcome }));
