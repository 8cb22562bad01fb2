import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const encryptionStream: Policy = {
  id: "KFF-ENC-001",
  severity: "error",
  title: "The streams are encrypted at rest",
  why: "Logs hold what nobody meant to write down.",
  source: "Checkov CKV_AWS_240; Security Hub DataFirehose.1",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      attribute(resource, "server_side_encryption.0.enabled", (value) => value === true, "Turn it on."),
    ),
};
