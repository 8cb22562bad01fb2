import { checkConfiguredAttribute } from "../outcomes";
import type { Policy } from "../policy";

export const encryptionStream: Policy = {
  id: "KFF-ENC-001",
  severity: "error",
  title: "The streams are encrypted at rest",
  why: "Logs hold secrets that an application wrote by mistake.",
  source: "Checkov CKV_AWS_240; Security Hub DataFirehose.1",
  check: ({ plan, streams }) =>
    streams.flatMap(({ resource }) =>
      checkConfiguredAttribute(
        plan,
        resource,
        "server_side_encryption.0.enabled",
        (value) => value === true,
        "Set it to true.",
      ),
    ),
};
