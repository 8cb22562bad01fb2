import { type Check, checksOf, note, type Outcome } from "../checks/check";
import { type AccessKey, WITHHELD_KEY } from "./access-key";
import { checkResponse } from "./response";
import { type Endpoint, endpointName, endpointOfUrl } from "./endpoint";
import { type Connection, NoResponseError, post } from "./http";
import type { ProbeContext } from "./options";
import { reachabilityTest } from "./reachability";
import type { FirehoseRequest } from "./request";
import { connectTo } from "./stages";
import { checkNoResponse } from "./status";
import type { ProbeTarget } from "./target";

/** A request for a target. */
export interface Delivery {
  readonly target: ProbeTarget;
  readonly key: AccessKey;
  /** Builds the request with the access key that may be sent. */
  readonly request: (key: AccessKey) => FirehoseRequest;
}

/** Tries each endpoint once, and then each stream that delivers to it. @throws UndeterminedError when interrupted */
export async function deliver(deliveries: readonly Delivery[], context: ProbeContext): Promise<Check[]> {
  const endpoints = new Map<string, Endpoint>(
    deliveries.map(({ target }) => endpointOfUrl(target.url)).map((endpoint) => [endpointName(endpoint), endpoint]),
  );
  const checks = await Promise.all(
    [...endpoints].map(async ([name, endpoint]) => {
      const { outcomes, connection } = await connectTo(endpoint, context);
      const streams = deliveries.filter(({ target }) => endpointName(endpointOfUrl(target.url)) === name);
      const delivered = await Promise.all(streams.map((stream) => deliverTo(connection, stream, context)));
      return [...checksOf(name, outcomes), ...delivered.flat()];
    }),
  );
  return checks.flat();
}

async function deliverTo(
  connection: Connection | undefined,
  { target, key, request }: Delivery,
  context: ProbeContext,
): Promise<Check[]> {
  if (connection === undefined) {
    return checksOf(target.subject, [key.outcome]);
  }
  const sent = key.value === undefined || connection.isTrusted ? key : WITHHELD_KEY;
  const reachable = await reachabilityTest(target.url, connection, context);
  const delivered = request(sent);
  return checksOf(target.subject, [
    reachable,
    sent.outcome,
    ...(await responseOutcomes(delivered, connection, context)),
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

async function responseOutcomes(
  request: FirehoseRequest,
  connection: Connection,
  context: ProbeContext,
): Promise<Outcome[]> {
  try {
    return checkResponse(await post(connection, request, context), request);
  } catch (error) {
    if (error instanceof NoResponseError) {
      return [checkNoResponse("response", error, context.timeoutMs)];
    }
    throw error;
  }
}
