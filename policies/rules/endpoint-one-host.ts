import { asString } from "../../iam/json";
import { hostOf } from "../endpoints/host";
import { HTTP, type PlannedStream } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { type Link, redactedText, UNKNOWN } from "../plan";
import type { Policy } from "../policy";

const PATH = `${HTTP}.url`;

export const endpointOneHost: Policy = {
  id: "KFF-END-003",
  severity: "error",
  title: "The streams of one environment deliver to one host",
  why: "Metrics in one installation and logs in another cannot be correlated.",
  source: "Guide, overview",
  check: ({ streams }) => {
    const firsts = new Map<string, { readonly host: string; readonly shown: string }>();
    return streams.flatMap((stream) => {
      const { resource, url } = stream;
      if (url === UNKNOWN) {
        return [unknownOutcome(resource, "the endpoint's host")];
      }
      const host = hostOf(url);
      if (host === undefined) {
        return [];
      }
      const environment = environmentOf(stream);
      const own = { host, shown: redactedText(resource, PATH, host) };
      const first = firsts.get(environment) ?? own;
      firsts.set(environment, first);
      return host === first.host
        ? []
        : [finding(resource, `the host is ${own.shown}, another stream's is ${first.shown}`, "Use one ingester host.")];
    });
  },
};

/** Streams of one environment share module, region, role and bucket, and differ in their names only by the signal. */
function environmentOf({ resource, role, bucket, name }: PlannedStream): string {
  const stem = typeof name === "string" ? name.toLowerCase().replace(/metrics|logs/g, "") : "";
  return JSON.stringify([resource.moduleAddress, resource.region, keyOf(role), keyOf(bucket), stem]);
}

const keyOf = ({ resource, value }: Link): string | undefined => resource?.address ?? asString(value);
