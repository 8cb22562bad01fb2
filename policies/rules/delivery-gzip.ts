import { BACKUP, HTTP } from "../kloudfuse";
import { configured } from "../configured";
import type { Policy } from "../policy";

export const deliveryGzip: Policy = {
  id: "KFF-DEL-001",
  severity: "error",
  title: "Requests and backup are compressed with GZIP",
  why: "The ingester expects GZIP, the guide gunzips failed data, and both are billed by size.",
  source: "Guide, steps 2 and 3; Troubleshooting",
  check: ({ streams, plan }) =>
    streams.flatMap(({ resource }) =>
      [`${HTTP}.request_configuration.0.content_encoding`, `${BACKUP}.compression_format`].flatMap((path) =>
        configured(plan, resource, path, (value) => value === "GZIP", "Set it to GZIP."),
      ),
    ),
};
