import { hostOf } from "../endpoints/host";
import { HTTP } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { redactedText, UNKNOWN } from "../plan";
import type { Policy } from "../policy";
import { unreachable } from "../endpoints/unreachable-hosts";

const PATH = `${HTTP}.url`;

export const endpointReachable: Policy = {
  id: "KFF-END-004",
  severity: "error",
  title: "Firehose can reach the host",
  why: "Firehose delivers over the internet: it resolves no private names and reaches no address of a VPC or a cluster.",
  source:
    "Guide, overview; Amazon Data Firehose, HTTP endpoint destinations; IANA IPv4 Special-Purpose Address Registry",
  check: ({ streams }) =>
    streams.flatMap(({ resource, url }) => {
      if (url === UNKNOWN) {
        return [unknownOutcome(resource, "the endpoint's host")];
      }
      const host = hostOf(url);
      const reason = host === undefined ? undefined : unreachable(host);
      return host === undefined || reason === undefined
        ? []
        : [
            finding(
              resource,
              `the host is ${redactedText(resource, PATH, host)}, ${redactedText(resource, PATH, reason)}`,
              "Use the public host of Kloudfuse.",
            ),
          ];
    }),
};
