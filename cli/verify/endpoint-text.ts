import { shortened } from "../text";

const MAX_LENGTH = 100;

/**
 * The endpoint of a subscription without personal data and secrets: an e-mail address without the name, the last two
 * digits of a telephone number, and a URL without its path.
 */
export function endpointText(protocol: string, endpoint: string): string {
  switch (protocol) {
    case "email":
    case "email-json":
      return shortened(addressText(endpoint), MAX_LENGTH);
    case "sms":
      return `…${endpoint.slice(-2)}`;
    case "http":
    case "https":
      return shortened(`${protocol}://${hostOf(endpoint)}/…`, MAX_LENGTH);
    case "sqs":
    case "lambda":
    case "firehose":
      return shortened(endpoint, MAX_LENGTH);
    default:
      return `an endpoint of ${shortened(protocol, MAX_LENGTH) || "an unknown protocol"}`;
  }
}

/** The first letter and the domain. */
function addressText(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? "…" : `${address.slice(0, Math.min(at, 1))}…${address.slice(at)}`;
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : "");
