import { BlockList, isIPv4 } from "node:net";
import { HTTP } from "../kloudfuse";
import { finding, unknown } from "../outcomes";
import { quotedText, UNKNOWN } from "../plan";
import type { Policy } from "../policy";

/** Source: IANA IPv4 Special-Purpose Address Registry, and IPv4 Multicast Address Space (224.0.0.0/4). */
const NOT_GLOBAL = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** Source: RFC 6761, RFC 6762, RFC 9476; Kubernetes' cluster domain; names that EC2 gives instances; ICANN's `.internal`. */
const NOT_PUBLIC = /(^|\.)(localhost|local|internal|invalid|test|home\.arpa|alt|svc|lan|intranet|corp)$/i;

export const endpointReachable: Policy = {
  id: "KFF-END-004",
  severity: "error",
  title: "Firehose can reach the host",
  why: "Firehose delivers from the internet: a private address or a name that only a network or a cluster knows is never reached.",
  source: "Amazon Data Firehose, Choose HTTP Endpoint for Your Destination; IANA special-purpose address registry",
  check: ({ streams }) =>
    streams.flatMap(({ resource, url }) => {
      if (url === UNKNOWN) {
        return [unknown(resource, "the endpoint's host")];
      }
      const host = hostOf(url ?? "");
      const why = whyUnreachable(host);
      return why === undefined
        ? []
        : [
            finding(
              resource,
              `${quotedText(resource, `${HTTP}.url`, host)} ${why}`,
              "Use a name or address of the ingester that is reachable from the internet.",
            ),
          ];
    }),
};

const hostOf = (url: string): string => /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#:]*)/i.exec(url)?.[1] ?? "";

function whyUnreachable(host: string): string | undefined {
  if (isIPv4(host)) {
    return ADDRESSES.check(host) ? "is an address that is not on the internet" : undefined;
  }
  const name = host.replace(/\.$/, "");
  if (name === "" || !/^[a-z0-9.-]+$/i.test(name)) {
    return undefined; // KFF-END-001 reports it.
  }
  if (!name.includes(".")) {
    return "is a name without a domain";
  }
  return NOT_PUBLIC.test(name) ? "is a name that the internet does not know" : undefined;
}

const ADDRESSES = new BlockList();
for (const [address, prefix] of NOT_GLOBAL) {
  ADDRESSES.addSubnet(address, prefix);
}
