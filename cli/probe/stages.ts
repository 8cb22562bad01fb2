import type { Outcome } from "../checks/check";
import { addressOutcome, portOutcome } from "./address";
import { handshakeOutcomes, noHandshakeOutcome } from "./certificate";
import type { Endpoint } from "./endpoint";
import type { Connection } from "./http";
import { resolve } from "./resolve";
import { reach } from "./tcp";
import { handshake } from "./tls";

/** How far a connection came. */
export interface Connected {
  readonly outcomes: readonly Outcome[];
  /** Undefined when no request can be sent. */
  readonly connection: Connection | undefined;
}

/** DNS, address, port, TCP and TLS, as far as each lets the next one be. @throws CannotTell when interrupted */
export async function connectTo(
  endpoint: Endpoint,
  authorities: string | undefined,
  abortSignal: AbortSignal,
): Promise<Connected> {
  const resolved = await resolve(endpoint.hostname, abortSignal);
  if (resolved.addresses.length === 0) {
    return { outcomes: [resolved.outcome, portOutcome(endpoint.port)], connection: undefined };
  }
  const reached = await reach(resolved.addresses, endpoint.port, abortSignal);
  const before = [resolved.outcome, addressOutcome(resolved.addresses), portOutcome(endpoint.port), reached.outcome];
  if (reached.address === undefined) {
    return { outcomes: before, connection: undefined };
  }
  const handshakeResult = await handshake(endpoint, reached.address, authorities, abortSignal);
  if ("failure" in handshakeResult) {
    return { outcomes: [...before, noHandshakeOutcome(handshakeResult)], connection: undefined };
  }
  const outcomes = handshakeOutcomes(handshakeResult, endpoint.hostname, new Date());
  const isTrusted = handshakeResult.chainError === undefined && outcomes.every(({ verdict }) => verdict !== "problem");
  return {
    outcomes: [...before, ...outcomes],
    connection: { ...endpoint, address: reached.address, isTrusted, authorities },
  };
}
