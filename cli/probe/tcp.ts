import { connect, isIPv6 } from "node:net";
import { performance } from "node:perf_hooks";
import { causeOf } from "../causes/diagnose";
import { note, ok, type Outcome, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { withTimeout } from "./deadline";
import { failureIn } from "./failure";
import type { ProbeContext } from "./options";

const CONNECT_TIMEOUT_MS = 10_000;
const NAME = "TCP";

export interface TcpResult {
  readonly outcome: Outcome;
  /** The first address that accepts connections. */
  readonly address: string | undefined;
}

/** Connects to every address: Firehose may use any. @throws UndeterminedError when the command is interrupted */
export async function connectTcp(
  addresses: readonly string[],
  port: number,
  { abortSignal }: Pick<ProbeContext, "abortSignal">,
): Promise<TcpResult> {
  const attempts = await Promise.all(addresses.map((address) => tryConnect(address, port, abortSignal)));
  const reached = attempts.filter(({ failure }) => failure === undefined);
  const failed = attempts.filter(({ failure }) => failure !== undefined);
  const connected = reached
    .map(({ address, milliseconds }) => `${address} in ${Math.round(milliseconds)} ms`)
    .join(", ");
  const refused = failed.map(({ address, failure = "" }) => `${address} (${failure})`).join(", ");
  const address = reached[0]?.address;
  if (address === undefined) {
    const { fix } = causeOf("unreachable");
    return { outcome: problem(NAME, `No connection to port ${port} of ${refused}.`, fix), address };
  }
  if (failed.length === 0) {
    return { outcome: ok(NAME, `connected to ${connected}`), address };
  }
  const found = `Connected to ${connected}, not to ${refused}.`;
  const outcome = failed.every((one) => isIPv6(one.address))
    ? note(
        NAME,
        found,
        "No action needed if this machine has no IPv6. Otherwise fix the address, or remove it from the DNS.",
      )
    : problem(NAME, found, "Fix the address that accepts no connection, or remove it from the DNS.");
  return { outcome, address };
}

interface ConnectAttempt {
  readonly address: string;
  readonly milliseconds: number;
  readonly failure: string | undefined;
}

async function tryConnect(address: string, port: number, abortSignal: AbortSignal): Promise<ConnectAttempt> {
  const start = performance.now();
  try {
    await withTimeout(CONNECT_TIMEOUT_MS, abortSignal, async (signal) => {
      await new Promise<void>((resolve, reject) => {
        const socket = connect({ host: address, port, signal });
        socket.once("error", reject).once("connect", () => {
          socket.destroy();
          resolve();
        });
      });
    });
    return { address, milliseconds: performance.now() - start, failure: undefined };
  } catch (error) {
    if (error instanceof UndeterminedError) {
      throw error;
    }
    const { code, message } = failureIn(error);
    return { address, milliseconds: performance.now() - start, failure: code === "" ? message : code };
  }
}
