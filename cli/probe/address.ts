import * as ipaddr from "ipaddr.js";
import { ok, type Outcome, problem } from "../checks/check";
import { FIREHOSE_PORT } from "./endpoint";

/** The range of addresses that are reachable from the internet. */
const PUBLIC = "unicast";

/** Readable names of the other ranges. Source of the ranges: IANA's special-purpose registries, in ipaddr.js. */
const RANGES: ReadonlyMap<string, string> = new Map([
  ["private", "private"],
  ["uniqueLocal", "private"],
  ["carrierGradeNat", "private"],
  ["loopback", "loopback"],
  ["linkLocal", "link-local"],
  ["unspecified", "unspecified"],
  ["broadcast", "broadcast"],
  ["multicast", "multicast"],
  ["benchmarking", "benchmarking"],
  ["rfc6052", "NAT64"],
  ["rfc6145", "NAT64"],
  ["reserved", "reserved, such as for documentation or benchmarks"],
]);

/** Whether Firehose can reach the addresses: it connects from the internet. */
export function checkAddresses(addresses: readonly string[]): Outcome {
  const unreachable = addresses.flatMap((address) => {
    const range = rangeOf(address);
    return range === PUBLIC ? [] : [`${address} (${RANGES.get(range) ?? "special-purpose"})`];
  });
  return unreachable.length === 0
    ? ok("address", `${addresses.join(", ")}: public`)
    : problem(
        "address",
        `Not a public address: ${unreachable.join(", ")}. Firehose connects from the internet, and cannot reach a VPC.`,
        "Expose the ingester through a public load balancer. If public DNS resolves this name to another address than this machine does, run the command from outside.",
      );
}

/** The range of an address; for an IPv4-mapped IPv6 address, the range of the IPv4 address. */
const rangeOf = (address: string): string => (ipaddr.isValid(address) ? ipaddr.process(address).range() : "");

/** Whether Firehose delivers to the port. */
export function checkPort(port: number): Outcome {
  return port === FIREHOSE_PORT
    ? ok("port", "443")
    : problem(
        "port",
        `${port}. Firehose delivers to port 443 only.`,
        "Serve the endpoint on port 443, and leave the port out of the stream's URL.",
      );
}
