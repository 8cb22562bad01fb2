import { LIMITS } from "../../modules/limits";
import { HTTP } from "../kloudfuse";
import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const deliveryBuffering: Policy = {
  id: "KFF-DEL-002",
  severity: "error",
  title: "Buffering and retry are within the documented limits",
  why: "The provider lets more through, and AWS refuses it half way through the apply.",
  source: "Firehose API, HttpEndpointBufferingHints, HttpEndpointRetryOptions; guide, High Delivery Latency",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      (
        [
          ["buffering_size", LIMITS.bufferingSizeMb],
          ["buffering_interval", LIMITS.kloudfuseBufferingIntervalSeconds],
          ["retry_duration", LIMITS.retryDurationSeconds],
        ] as const
      ).flatMap(([name, rules]) =>
        rules.flatMap((rule) =>
          attribute(resource, `${HTTP}.${name}`, (value) => rule.allows(value), `${name} must ${rule.text}.`),
        ),
      ),
    ),
};
