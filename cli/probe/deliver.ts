import { type Check, note, type Outcome } from "../checks/check";
import { type AccessKey, WITHHELD_KEY } from "./access-key";
import { answerOutcomes } from "./answer";
import { type Endpoint, endpointBehind, nameOf } from "./endpoint";
import { type Connection, NoAnswer, post } from "./http";
import { reachabilityTest } from "./reachability";
import type { FirehoseRequest } from "./request";
import { connectTo } from "./stages";
import { noAnswerOutcome } from "./status";
import type { Target } from "./target";

/** A request for a target. */
export interface Delivery {
  readonly target: Target;
  readonly key: AccessKey;
  /** Builds the request with the access key that may be sent. */
  readonly request: (key: AccessKey) => FirehoseRequest;
}

/** How requests are sent. */
export interface RequestOptions {
  /** How long to wait for an answer. */
  readonly milliseconds: number;
  /** As PEM; undefined for Node's own. */
  readonly authorities: string | undefined;
  readonly abortSignal: AbortSignal;
}

/** Tries each endpoint once, and then each stream that delivers to it. @throws CannotTell when interrupted */
export async function deliver(deliveries: readonly Delivery[], options: RequestOptions): Promise<Check[]> {
  const endpoints = new Map<string, Endpoint>(
    deliveries.map(({ target }) => endpointBehind(target.url)).map((endpoint) => [nameOf(endpoint), endpoint]),
  );
  const checks = await Promise.all(
    [...endpoints].map(async ([name, endpoint]) => {
      const { outcomes, connection } = await connectTo(endpoint, options.authorities, options.abortSignal);
      const streams = deliveries.filter(({ target }) => nameOf(endpointBehind(target.url)) === name);
      const delivered = await Promise.all(streams.map((stream) => deliverTo(connection, stream, options)));
      return [...about(name, outcomes), ...delivered.flat()];
    }),
  );
  return checks.flat();
}

async function deliverTo(
  connection: Connection | undefined,
  { target, key, request }: Delivery,
  options: RequestOptions,
): Promise<Check[]> {
  if (connection === undefined) {
    return about(target.subject, [key.outcome]);
  }
  const sent = key.value === undefined || connection.isTrusted ? key : WITHHELD_KEY;
  const reachable = await reachabilityTest(target.url, connection, options.milliseconds, options.abortSignal);
  const delivered = request(sent);
  return about(target.subject, [
    reachable,
    sent.outcome,
    ...(await answerTo(delivered, connection, options)),
    ...recordOutcomes(delivered),
  ]);
}

/** A request without a record says nothing of how the endpoint handles records. */
const recordOutcomes = ({ recordCount }: FirehoseRequest): Outcome[] =>
  recordCount > 0
    ? []
    : [
        note(
          "records",
          "No record was tried: the request carried none.",
          "Run the command with --send to send one marked record without effect.",
        ),
      ];

async function answerTo(
  request: FirehoseRequest,
  connection: Connection,
  { milliseconds, abortSignal }: RequestOptions,
): Promise<Outcome[]> {
  try {
    return answerOutcomes(await post(connection, request, milliseconds, abortSignal), request);
  } catch (error) {
    if (error instanceof NoAnswer) {
      return [noAnswerOutcome("answer", error, milliseconds)];
    }
    throw error;
  }
}

const about = (subject: string, outcomes: readonly Outcome[]): Check[] =>
  outcomes.map((outcome) => ({ subject, ...outcome }));
