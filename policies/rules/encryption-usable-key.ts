import { distinct } from "../outcomes";
import { keyUses } from "../roles/key-requests";
import { keyFaults } from "../roles/key-faults";
import type { Policy } from "../policy";

export const encryptionUsableKey: Policy = {
  id: "KFF-ENC-004",
  severity: "error",
  title: "The roles, and not everybody, can use the keys of stream, bucket and secret",
  why: "With a key that is disabled, deleted, in another region or not usable by the role, Firehose stores nothing: AWS rejects records, and failed data is dropped. With a key that everybody can use, encryption protects nothing.",
  source:
    "Firehose API, DeliveryStreamEncryptionConfigurationInput.KeyARN; AWS KMS, Key policies, Deleting keys; Checkov CKV_AWS_33, CKV_AWS_227; Security Hub KMS.3, KMS.5",
  check: (kloudfuse) =>
    distinct(
      kloudfuse.streams.flatMap((stream) =>
        keyUses(kloudfuse, stream).flatMap((use) => keyFaults(kloudfuse, stream, use)),
      ),
    ),
};
