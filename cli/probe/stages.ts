import type { Outcome } from "../checks/check";
import { checkAddresses, checkPort } from "./address";
import { checkHandshake, checkNoHandshake } from "./certificate";
import type { Endpoint } from "./endpoint";
import type { Connection } from "./http";
import type { ProbeContext } from "./options";
import { resolveAddresses } from "./resolve";
import { connectTcp } from "./tcp";
import { handshake } from "./tls";

/** The outcomes of the stages of a connection. */
export interface ConnectResult {
  readonly outcomes: readonly Outcome[];
  /** Undefined when no request can be sent. */
  readonly connection: Connection | undefined;
}

/**
 * Checks DNS, address, port, TCP and TLS, until one of them prevents the next.
 *
 * @throws UndeterminedError when interrupted
 */
export async function connectTo(endpoint: Endpoint, context: ProbeContext): Promise<ConnectResult> {
  const resolved = await resolveAddresses(endpoint.hostname, context);
  if (resolved.addresses.length === 0) {
    return { outcomes: [resolved.outcome, checkPort(endpoint.port)], connection: undefined };
  }
  const reached = await connectTcp(resolved.addresses, endpoint.port, context);
  const outcomes = [resolved.outcome, checkAddresses(resolved.addresses), checkPort(endpoint.port), reached.outcome];
  if (reached.address === undefined) {
    return { outcomes, connection: undefined };
  }
  const handshakeResult = await handshake(endpoint, reached.address, context);
  if ("failure" in handshakeResult) {
    return { outcomes: [...outcomes, checkNoHandshake(handshakeResult)], connection: undefined };
  }
  const checked = checkHandshake(handshakeResult, endpoint.hostname, new Date());
  const isTrusted = handshakeResult.chainError === undefined && checked.every(({ verdict }) => verdict !== "problem");
  return {
    outcomes: [...outcomes, ...checked],
    connection: { ...endpoint, address: reached.address, isTrusted, authorities: context.authorities },
  };
}
