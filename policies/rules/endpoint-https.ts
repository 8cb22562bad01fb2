import { LIMITS } from "../../modules/limits";
import { HTTP } from "../kloudfuse";
import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const endpointHttps: Policy = {
  id: "KFF-END-001",
  severity: "error",
  title: "The endpoint is an HTTPS URL on port 443",
  why: "Firehose delivers to no other, and AWS refuses a placeholder or a port only at the apply.",
  source: "Guide, overview; Firehose API, HttpEndpointConfiguration.Url",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      attribute(
        resource,
        `${HTTP}.url`,
        (url) => LIMITS.endpointUrl.every((rule) => rule.allows(url)),
        "Give https://<host><path>, without port or placeholder.",
      ),
    ),
};
