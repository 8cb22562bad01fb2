import * as ipaddr from "ipaddr.js";

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

/**
 * The range of an IP address that is not reachable from the internet; undefined for a public address. An IPv4-mapped IPv6
 * address has the range of the IPv4 address.
 */
export function specialRange(address: string): string | undefined {
  const range = ipaddr.isValid(address) ? ipaddr.process(address).range() : "";
  return range === PUBLIC ? undefined : (RANGES.get(range) ?? "special-purpose");
}
