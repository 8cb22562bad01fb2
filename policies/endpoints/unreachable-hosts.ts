import { BlockList, isIPv4 } from "node:net";

/** Blocks of addresses that are not reachable from the internet. Source: IANA IPv4 Special-Purpose Address Registry. */
const BLOCKS = [
  block("0.0.0.0", 8, "an address of this host"),
  block("10.0.0.0", 8, "a private address"),
  block("100.64.0.0", 10, "a carrier-grade NAT address"),
  block("127.0.0.0", 8, "a loopback address"),
  block("169.254.0.0", 16, "a link-local address"),
  block("172.16.0.0", 12, "a private address"),
  block("192.0.0.0", 24, "a reserved address"),
  block("192.0.2.0", 24, "an address for documentation"),
  block("192.168.0.0", 16, "a private address"),
  block("198.18.0.0", 15, "an address for benchmarks"),
  block("198.51.100.0", 24, "an address for documentation"),
  block("203.0.113.0", 24, "an address for documentation"),
  block("224.0.0.0", 4, "a multicast address"),
  block("240.0.0.0", 4, "a reserved address"),
];

function block(network: string, prefix: number, what: string): { readonly list: BlockList; readonly reason: string } {
  const list = new BlockList();
  list.addSubnet(network, prefix);
  return { list, reason: `${what} (${network}/${prefix})` };
}

/** Domains that are not in the public DNS. Sources: RFC 6761, RFC 6762, RFC 8375; Kubernetes and Amazon VPC DNS names; ICANN, name collision. */
const DOMAINS = [
  ...["cluster.local", "home.arpa"],
  ...["corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "localhost", "svc", "test"],
];

/** Names in the public DNS that resolve to private addresses. Sources: Elastic Load Balancing; AWS PrivateLink. */
const PRIVATE_NAMES = [
  { name: /^internal-[^.]+\.([a-z0-9-]+\.)?elb\.amazonaws\.com(\.cn)?$/, what: "an internal load balancer" },
  { name: /\.vpce\.amazonaws\.com(\.cn)?$/, what: "a VPC endpoint" },
];

/** DNS services whose names contain the address that they resolve to. */
const ADDRESS_IN_NAME = /(?:^|[.-])([0-9]+[.-][0-9]+[.-][0-9]+[.-][0-9]+)\.(?:nip|sslip|xip)\.io$/;

/** Why a host, in lower case, cannot be reached from the internet; undefined if no reason is known. */
export function unreachable(host: string): string | undefined {
  const name = host.replace(/\.$/, "");
  const address = addressOf(name);
  if (isIPv4(address)) {
    return BLOCKS.find(({ list }) => list.check(address))?.reason;
  }
  const privateName = PRIVATE_NAMES.find((each) => each.name.test(name));
  if (privateName !== undefined) {
    return privateName.what;
  }
  const domain = DOMAINS.find((each) => name === each || name.endsWith(`.${each}`));
  if (domain !== undefined) {
    return `a name in .${domain}, which is not in the public DNS`;
  }
  return /^[a-z0-9-]+$/.test(name) ? "a name without a domain" : undefined;
}

/** The address that a name is or contains, without leading zeros; else the name. */
const addressOf = (name: string): string =>
  (ADDRESS_IN_NAME.exec(name)?.[1]?.replaceAll("-", ".") ?? name).replace(/(^|\.)0+(?=[0-9])/g, "$1");
