import { LIMITS } from "../../modules/limits";
import { UnusableInput } from "../exit-codes";

/** The only port that Firehose delivers to. */
export const FIREHOSE_PORT = 443;

const MAX_PORT = 65535;

/** The host and port of a connection. */
export interface Endpoint {
  /** DNS name or IP address. */
  readonly hostname: string;
  readonly port: number;
}

/**
 * A host with or without a port, alone or in a URL as the guide has it; does not match a URL with a user or a password.
 */
const HOST = /^(?:https?:\/\/)?([^:/?#@]*)(?::(\d{1,5}))?(?:[/?#][^@]*)?$/i;

/** Reads `host`, `host:port` or a URL. @throws UnusableInput when it is none of them */
export function parseEndpoint(text: string): Endpoint {
  const [, hostname = "", digits = String(FIREHOSE_PORT)] = HOST.exec(text) ?? [];
  const port = Number(digits);
  if (!LIMITS.ingesterHost.every((rule) => rule.allows(hostname)) || port < 1 || port > MAX_PORT) {
    // A password may hold any character, a slash too.
    const received = text.replace(/^(https?:\/\/)?.*@/is, "$1***@");
    throw new UnusableInput(
      `host must be a DNS name or an IPv4 address, with :port if the port is not 443, or a URL with them, got "${received}". ` +
        "Enter the ingester's host, such as ingester.example.com.",
    );
  }
  return { hostname, port };
}

/** The endpoint of a URL. */
export const endpointOfUrl = (url: URL): Endpoint => ({
  hostname: url.hostname.replace(/^\[|\]$/g, ""),
  port: url.port === "" ? FIREHOSE_PORT : Number(url.port),
});

/** `host:port`, as a check's subject. */
export const endpointName = ({ hostname, port }: Endpoint): string => `${hostname}:${port}`;
