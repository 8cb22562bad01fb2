/** Blocks of addresses that are not reachable from the internet. Source: IANA IPv4 Special-Purpose Address Registry. */
const BLOCKS: readonly (readonly [block: string, what: string])[] = [
  ["0.0.0.0/8", "an address of this host"],
  ["10.0.0.0/8", "a private address"],
  ["100.64.0.0/10", "a shared address of a provider's network"],
  ["127.0.0.0/8", "a loopback address"],
  ["169.254.0.0/16", "a link-local address"],
  ["172.16.0.0/12", "a private address"],
  ["192.0.0.0/24", "a reserved address"],
  ["192.0.2.0/24", "an address for documentation"],
  ["192.168.0.0/16", "a private address"],
  ["198.18.0.0/15", "an address for benchmarks"],
  ["198.51.100.0/24", "an address for documentation"],
  ["203.0.113.0/24", "an address for documentation"],
  ["224.0.0.0/4", "a multicast address"],
  ["240.0.0.0/4", "a reserved address"],
];

/** Domains that are not in the public DNS. Sources: RFC 6761, RFC 6762, RFC 8375; Kubernetes and Amazon VPC DNS names; ICANN, name collision. */
const DOMAINS = [
  ...["cluster.local", "home.arpa"],
  ...["corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "localhost", "svc", "test"],
];

/** Names in the public DNS of what only a VPC reaches. Sources: Elastic Load Balancing; AWS PrivateLink. */
const PRIVATE_NAMES = [
  { name: /^internal-[^.]+\.([a-z0-9-]+\.)?elb\.amazonaws\.com(\.cn)?$/, what: "an internal load balancer" },
  { name: /\.vpce\.amazonaws\.com(\.cn)?$/, what: "an endpoint of a VPC" },
];

/** Services whose names hold the address that they resolve to. */
const ADDRESS_IN_NAME = /(?:^|[.-])([0-9]+[.-][0-9]+[.-][0-9]+[.-][0-9]+)\.(?:nip|sslip|xip)\.io$/;

/** Why a host, in lower case, cannot be reached from the internet; undefined where nothing says so. */
export function unreachable(host: string): string | undefined {
  const name = host.replace(/\.$/, "");
  const address = numberOf(ADDRESS_IN_NAME.exec(name)?.[1]?.replaceAll("-", ".") ?? name);
  if (address !== undefined) {
    const found = BLOCKS.find(([block]) => isIn(address, block));
    return found === undefined ? undefined : `${found[1]} (${found[0]})`;
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

/** An IPv4 address as a number. */
function numberOf(host: string): number | undefined {
  const parts = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/.exec(host)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) === true ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

function isIn(address: number, block: string): boolean {
  const [start = "", bits = ""] = block.split("/");
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor((numberOf(start) ?? 0) / size);
}
