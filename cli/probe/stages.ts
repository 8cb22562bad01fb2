import type { Outcome } from "../checks/check";
import { judgeAddresses, judgePort } from "./address";
import { judgeHandshake, judgeNoHandshake } from "./certificate";
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
    return { outcomes: [resolved.outcome, judgePort(endpoint.port)], connection: undefined };
  }
  const reached = await reach(resolved.addresses, endpoint.port, abortSignal);
  const sofar = [resolved.outcome, judgeAddresses(resolved.addresses), judgePort(endpoint.port), reached.outcome];
  if (reached.address === undefined) {
    return { outcomes: sofar, connection: undefined };
  }
  const shaken = await handshake(endpoint, reached.address, authorities, abortSignal);
  if ("failure" in shaken) {
    return { outcomes: [...sofar, judgeNoHandshake(shaken)], connection: undefined };
  }
  const judged = judgeHandshake(shaken, endpoint.hostname, new Date());
  const isTrusted = shaken.chainError === undefined && judged.every(({ verdict }) => verdict !== "problem");
  return {
    outcomes: [...sofar, ...judged],
    connection: { ...endpoint, address: reached.address, isTrusted, authorities },
  };
}
