import { finding, unknown } from "../outcomes";
import { HTTP } from "../kloudfuse";
import { quotedText, UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const endpointPath: Policy = {
  id: "KFF-END-002",
  severity: "error",
  title: "Each signal goes to its documented path",
  why: "Metrics sent to the logs path, or to any other, are refused or misread.",
  source: "Guide, overview",
  check: ({ streams }) =>
    streams.flatMap(({ resource, signal, url }) => {
      if (url === UNKNOWN) {
        return [unknown(resource, "the endpoint's URL")];
      }
      const path = (url ?? "").replace(/^[a-z]+:\/\/[^/]*/i, "");
      const shown = quotedText(resource, `${HTTP}.url`, path.replace(/[?#].*$/s, "?(removed)"));
      return signal === undefined || path === signal.endpointPath
        ? []
        : [finding(resource, `the path is ${shown}`, `Use ${signal.endpointPath}.`)];
    }),
};
