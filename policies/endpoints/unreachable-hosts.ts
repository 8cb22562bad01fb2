import { isIPv4 } from "node:net";
import { specialRange } from "./address-range";

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
    const range = specialRange(address);
    return range === undefined ? undefined : `not a public address (${range})`;
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
