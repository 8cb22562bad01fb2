import { finding } from "../outcomes";
import { HTTP } from "../kloudfuse";
import { quotedText } from "../plan";
import type { Policy } from "../policy";

export const endpointOneHost: Policy = {
  id: "KFF-END-003",
  severity: "error",
  title: "The streams of one module deliver to one host",
  why: "Telemetry that is split between installations is missing in each of them.",
  source: "Guide, overview",
  check: ({ streams }) => {
    const firsts = new Map<string, { readonly host: string; readonly shown: string }>();
    return streams.flatMap(({ resource, url }) => {
      const host = hostOf(url);
      if (host === undefined) {
        return [];
      }
      const own = { host, shown: quotedText(resource, `${HTTP}.url`, host) };
      const first = firsts.get(resource.moduleAddress) ?? own;
      firsts.set(resource.moduleAddress, first);
      return host === first.host
        ? []
        : [finding(resource, `the host is ${own.shown}, another stream's is ${first.shown}`, "Use one ingester host.")];
    });
  },
};

const hostOf = (url: unknown): string | undefined =>
  typeof url === "string" ? /^[a-z]+:\/\/(?:[^/]*@)?([^/]*)/i.exec(url)?.[1]?.toLowerCase() : undefined;
