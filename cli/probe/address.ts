import { BlockList, isIPv6 } from "node:net";
import { ok, type Outcome, problem } from "../checks/check";
import { FIREHOSE_PORT } from "./endpoint";

type Subnet = readonly [network: string, prefix: number, family: "ipv4" | "ipv6"];

/** Source: IANA, IPv4 and IPv6 Special-Purpose Address Registries. */
const NOT_PUBLIC = [
  kind("private", [
    ["10.0.0.0", 8, "ipv4"],
    ["172.16.0.0", 12, "ipv4"],
    ["192.168.0.0", 16, "ipv4"],
    ["100.64.0.0", 10, "ipv4"],
    ["fc00::", 7, "ipv6"],
  ]),
  kind("loopback", [
    ["127.0.0.0", 8, "ipv4"],
    ["::1", 128, "ipv6"],
  ]),
  kind("link-local", [
    ["169.254.0.0", 16, "ipv4"],
    ["fe80::", 10, "ipv6"],
  ]),
  kind("unspecified", [
    ["0.0.0.0", 8, "ipv4"],
    ["::", 128, "ipv6"],
  ]),
];

function kind(name: string, subnets: readonly Subnet[]): { readonly name: string; readonly list: BlockList } {
  const list = new BlockList();
  for (const [network, prefix, family] of subnets) {
    list.addSubnet(network, prefix, family);
  }
  return { name, list };
}

/** Whether Firehose can get to the addresses: it comes from the internet. */
export function judgeAddresses(addresses: readonly string[]): Outcome {
  const unreachable = addresses.flatMap((address) => {
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    const name = NOT_PUBLIC.find(({ list }) => list.check(address, family))?.name;
    return name === undefined ? [] : [`${address} (${name})`];
  });
  return unreachable.length === 0
    ? ok("address", `${addresses.join(", ")}: public`)
    : problem(
        "address",
        `Not a public address: ${unreachable.join(", ")}. Firehose comes from the internet, and cannot reach a VPC.`,
        "Give the ingester a public load balancer. If the internet's DNS gives another address for this name than this machine's, run the command outside.",
      );
}

/** Whether Firehose delivers to the port. */
export function judgePort(port: number): Outcome {
  return port === FIREHOSE_PORT
    ? ok("port", "443")
    : problem(
        "port",
        `${port}. Firehose delivers to port 443 only.`,
        "Serve the endpoint on port 443, and leave the port out of the stream's URL.",
      );
}
