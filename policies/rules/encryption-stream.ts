import { configured } from "../configured";
import type { Policy } from "../policy";

export const encryptionStream: Policy = {
  id: "KFF-ENC-001",
  severity: "error",
  title: "The streams are encrypted at rest",
  why: "Logs contain secrets and personal data by accident.",
  source: "Checkov CKV_AWS_240; Security Hub DataFirehose.1",
  check: ({ streams, plan }) =>
    streams.flatMap(({ resource }) =>
      configured(plan, resource, "server_side_encryption.0.enabled", (value) => value === true, "Enable it."),
    ),
};
