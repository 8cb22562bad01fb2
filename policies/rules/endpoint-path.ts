import { SIGNAL_NAMES, SIGNALS } from "../../modules/signals";
import { HTTP } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { redactedText, UNKNOWN } from "../plan";
import type { Policy } from "../policy";

const PATH = `${HTTP}.url`;

export const endpointPath: Policy = {
  id: "KFF-END-002",
  severity: "error",
  title: "Each signal is delivered to its documented path",
  why: "Kloudfuse rejects or misreads metrics on the logs path, and everything on any other path.",
  source: "Guide, overview",
  check: ({ streams }) =>
    streams.flatMap(({ resource, signal, url }) => {
      if (url === UNKNOWN) {
        return [unknownOutcome(resource, "the endpoint's URL")];
      }
      const documented = (signal === undefined ? SIGNAL_NAMES.map((name) => SIGNALS[name]) : [signal]).map(
        ({ endpointPath: path }) => path,
      );
      const path = (url ?? "").replace(/^[a-z]+:\/\/[^/]*/i, "");
      const shown = redactedText(resource, PATH, path.replace(/[?#].*$/s, "?(removed)"));
      return documented.includes(path)
        ? []
        : [finding(resource, `the path is ${shown}`, `Use ${documented.join(" or ")}.`)];
    }),
};
