import { LIMITS } from "../../modules/limits";
import { HTTP } from "../kloudfuse";
import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";

/** The form of the URL; KFF-DEL-007 checks its length. */
const [FORM] = LIMITS.endpointUrl;

export const endpointHttps: Policy = {
  id: "KFF-END-001",
  severity: "error",
  title: "The endpoint is an HTTPS URL on port 443",
  why: "Firehose delivers to no other URL, and AWS rejects a placeholder or a port only during the apply.",
  source: "Guide, overview; Firehose API, HttpEndpointConfiguration.Url",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      checkAttribute(
        resource,
        `${HTTP}.url`,
        (url) => FORM.allows(url),
        "Use https://<host><path>, without port or placeholder.",
      ),
    ),
};
