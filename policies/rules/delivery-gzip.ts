import { BACKUP, HTTP } from "../kloudfuse";
import { checkConfiguredAttribute } from "../outcomes";
import type { Policy } from "../policy";

const PATHS = [`${HTTP}.request_configuration.0.content_encoding`, `${BACKUP}.compression_format`];

export const deliveryGzip: Policy = {
  id: "KFF-DEL-001",
  severity: "error",
  title: "Requests and backup are compressed with GZIP",
  why: "The ingester expects GZIP, the guide decompresses failed data with gunzip, and AWS bills both by size.",
  source: "Guide, steps 2 and 3; Troubleshooting",
  check: ({ plan, streams }) =>
    streams.flatMap(({ resource }) =>
      PATHS.flatMap((path) =>
        checkConfiguredAttribute(plan, resource, path, (value) => value === "GZIP", "Set it to GZIP."),
      ),
    ),
};
