import { LIMITS } from "../../modules/limits";
import { HTTP } from "../kloudfuse";
import { attribute } from "../outcomes";
import type { Policy } from "../policy";

/** Its length is KFF-DEL-007's. */
const [FORM] = LIMITS.endpointUrl;

export const endpointHttps: Policy = {
  id: "KFF-END-001",
  severity: "error",
  title: "The endpoint is an HTTPS URL on port 443",
  why: "Firehose delivers to no other, and AWS refuses a placeholder or a port only during the apply.",
  source: "Guide, overview; Firehose API, HttpEndpointConfiguration.Url",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      attribute(
        resource,
        `${HTTP}.url`,
        (url) => FORM.allows(url),
        "Use https://<host><path>, without port or placeholder.",
      ),
    ),
};
