import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { ok, type Outcome, problem, unknown } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { withTimeout } from "./deadline";
import { failureIn } from "./failure";
import type { ProbeContext } from "./options";

type AbortContext = Pick<ProbeContext, "abortSignal">;

const RESOLVE_TIMEOUT_MS = 10_000;
const NAME = "DNS";

export interface ResolvedHost {
  readonly outcome: Outcome;
  /** Empty when there are none. */
  readonly addresses: readonly string[];
}

/** All addresses of a host, as this machine resolves them. @throws UndeterminedError when the command is interrupted */
export async function resolveAddresses(hostname: string, { abortSignal }: AbortContext): Promise<ResolvedHost> {
  if (isIP(hostname) !== 0) {
    return { outcome: ok(NAME, `${hostname} is an IP address already`), addresses: [hostname] };
  }
  try {
    const found = await withTimeout(RESOLVE_TIMEOUT_MS, abortSignal, async () => await lookup(hostname, { all: true }));
    const addresses = [...new Set(found.map(({ address }) => address))];
    return { outcome: ok(NAME, `${hostname} resolves to ${addresses.join(", ")}`), addresses };
  } catch (error) {
    if (error instanceof UndeterminedError) {
      throw error;
    }
    return { outcome: unresolved(hostname, error), addresses: [] };
  }
}

function unresolved(hostname: string, error: unknown): Outcome {
  const { code, message } = failureIn(error);
  return code === "ENOTFOUND"
    ? problem(
        NAME,
        `${hostname} has no address.`,
        "Correct the host's name in the stream's URL (kloudfuse_ingester_host), or create its DNS record.",
      )
    : unknown(
        NAME,
        `${hostname} could not be resolved: ${message}.`,
        "Look at this machine's resolver and network, and run the command again.",
      );
}
