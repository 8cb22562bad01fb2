import { type SignalName, SIGNALS } from "../../modules/signals";
import { deployAdvice, type ExpectedStack } from "./expected-stack";
import { note, ok, type Outcome, problem } from "../checks/check";
import { shortened } from "../text";

const MAX_URL_LENGTH = 200;

/** Checks each part of the URL that a stream delivers to; never shows a query or a password in it. */
export function endpointOutcomes(signal: SignalName, url: string, expected?: ExpectedStack): Outcome[] {
  const { endpointPath } = SIGNALS[signal];
  const documented = `https://<ingester host>${endpointPath}`;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) {
    return [problem("endpoint URL", "is not a URL", `Set it to ${documented}.`)];
  }
  const { protocol, host, hostname, port, pathname, search, username, password } = parsed;
  const outcomes = [
    protocol === "https:"
      ? ok("endpoint scheme", "https")
      : problem("endpoint scheme", protocol.slice(0, -1), `Firehose delivers over HTTPS only: set ${documented}.`),
    hostOutcome(host, hostname, port, expected),
    pathname === endpointPath
      ? ok("endpoint path", endpointPath)
      : problem(
          "endpoint path",
          `${shortened(pathname, MAX_URL_LENGTH)}, documented ${endpointPath}`,
          `Kloudfuse accepts ${signal} only at ${documented}: correct the URL.`,
        ),
  ];
  return search + username + password === ""
    ? outcomes
    : [
        ...outcomes,
        note(
          "endpoint URL",
          "has a query or credentials, not shown here",
          "Kloudfuse reads neither: set access_key_secret_arn for the access key.",
        ),
      ];
}

function hostOutcome(host: string, hostname: string, port: string, expected: ExpectedStack | undefined): Outcome {
  const name = "endpoint host";
  if (port !== "") {
    return problem(name, host, `Firehose delivers to port 443 only: serve ${hostname} there, without a port.`);
  }
  return expected === undefined || expected.host.toLowerCase() === hostname
    ? ok(name, hostname)
    : problem(
        name,
        `${hostname}, ${expected.host} in ${expected.fleet}`,
        deployAdvice(expected, "kloudfuseIngesterHost"),
      );
}
