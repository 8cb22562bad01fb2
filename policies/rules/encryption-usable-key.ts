import { keyUses } from "../roles/key-requests";
import { keyFaults } from "../roles/key-faults";
import type { Policy } from "../policy";
import { distinct } from "../roles/role-outcomes";

export const encryptionUsableKey: Policy = {
  id: "KFF-ENC-004",
  severity: "error",
  title: "The key of bucket and stream can be used",
  why: "With a key that is disabled, deleted, in another region or closed to the role, Firehose stores nothing: AWS refuses records, and failed data is dropped.",
  source: "Firehose API, DeliveryStreamEncryptionConfigurationInput.KeyARN; AWS KMS, Key policies, Deleting keys",
  check: (kloudfuse) =>
    distinct(
      kloudfuse.streams.flatMap((stream) =>
        keyUses(kloudfuse, stream).flatMap((use) => keyFaults(kloudfuse, stream, use)),
      ),
    ),
};
