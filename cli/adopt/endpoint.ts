import { SIGNALS } from "../../modules/signals";
import type { StreamWithBackup } from "../aws/find-streams";
import { shortened } from "../text";
import type { AdoptionInventory } from "./inventory";
import type { AdoptionDecisions } from "./options";
import { type AdoptionItem, type AdoptionPart, decide } from "./part";
import { streamSubject } from "./streams";

const MAX_SHOWN = 200;

/** The host of the ingester, which both streams share. */
export function endpointPart(
  { streams }: Pick<AdoptionInventory, "streams">,
  { ingesterHost }: Pick<AdoptionDecisions, "ingesterHost">,
): Partial<AdoptionPart> {
  if (ingesterHost !== undefined) {
    return { inputs: { kloudfuseIngesterHost: ingesterHost } };
  }
  const hosts = streams.map((stream) => ({ stream, host: hostOf(stream) }));
  const unusable = hosts.filter(({ host }) => host === undefined).map(({ stream }) => unusableEndpoint(stream));
  const distinct = [...new Set(hosts.flatMap(({ host }) => host ?? []))];
  const [host] = distinct;
  return {
    items: [...unusable, ...(distinct.length > 1 ? [severalHosts(distinct)] : [])],
    inputs: host === undefined ? {} : { kloudfuseIngesterHost: host },
  };
}

/** The host of a URL in the documented form, which may contain port 443. */
function hostOf({ signal, destination: { url } }: StreamWithBackup): string | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { href, hostname } = new URL(url);
  return hostname !== "" && href === `https://${hostname}${SIGNALS[signal].endpointPath}` ? hostname : undefined;
}

function unusableEndpoint({ signal, name, destination: { url } }: StreamWithBackup): AdoptionItem {
  const { protocol = "", host = "", pathname = "" } = URL.canParse(url) ? new URL(url) : {};
  // Never shows a query or a password in the URL.
  const shown = host === "" ? "is not a URL" : shortened(`${protocol}//${host}${pathname}`, MAX_SHOWN);
  const documented = `https://<ingester host>${SIGNALS[signal].endpointPath}`;
  return decide(
    streamSubject(name),
    "endpoint URL",
    `${shown}; the module delivers to ${documented}`,
    "Name the host with --ingester-host: the URL is then changed in place.",
  );
}

const severalHosts = (hosts: readonly string[]): AdoptionItem =>
  decide(
    "streams",
    "kloudfuse_ingester_host",
    `the streams deliver to ${hosts.join(" and ")}; the module has one host`,
    "Name one with --ingester-host: the other stream is then changed in place. Or adopt each stream into a module of its own, with --signal.",
  );
