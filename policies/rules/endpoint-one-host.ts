import { finding } from "../outcomes";
import type { Policy } from "../policy";

export const endpointOneHost: Policy = {
  id: "KFF-END-003",
  severity: "error",
  title: "The streams of one module deliver to one host",
  why: "Half of the telemetry in another installation is half of it lost to whoever looks.",
  source: "Guide, overview",
  check: ({ streams }) =>
    streams.flatMap(({ resource, url }) => {
      const first = streams.find((other) => other.resource.module === resource.module && typeof other.url === "string");
      const [host, expected] = [hostOf(url), hostOf(first?.url)];
      return host === undefined || expected === undefined || host === expected
        ? []
        : [finding(resource, `the host is ${host}, another stream's is ${expected}`, "Use one ingester host.")];
    }),
};

const hostOf = (url: unknown): string | undefined =>
  typeof url === "string" ? /^[a-z]+:\/\/([^/]*)/i.exec(url)?.[1]?.toLowerCase() : undefined;
