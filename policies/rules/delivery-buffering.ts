import { LIMITS } from "../../modules/limits";
import { HTTP } from "../kloudfuse";
import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";

const SETTINGS = [
  ["buffering_size", LIMITS.bufferingSizeMb],
  ["buffering_interval", LIMITS.kloudfuseBufferingIntervalSeconds],
  ["retry_duration", LIMITS.retryDurationSeconds],
] as const;

export const deliveryBuffering: Policy = {
  id: "KFF-DEL-002",
  severity: "error",
  title: "Buffering and retry are within the documented limits",
  why: "The provider accepts other values, which AWS rejects during the apply.",
  source: "Firehose API, HttpEndpointBufferingHints, HttpEndpointRetryOptions; guide, High Delivery Latency",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      SETTINGS.flatMap(([name, rules]) =>
        rules.flatMap((rule) =>
          checkAttribute(
            resource,
            `${HTTP}.${name}`,
            // Firehose's own defaults are within the limits.
            (value) => value === undefined || rule.allows(value),
            `${name} must ${rule.text}.`,
          ),
        ),
      ),
    ),
};
