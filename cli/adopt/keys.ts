import type { AdoptionInventory } from "./inventory";
import { type AdoptionPart, decide } from "./part";

/** The customer-managed key of the streams and of their backup: the module has one key for all of them. */
export function keysPart({ streams }: Pick<AdoptionInventory, "streams">): Partial<AdoptionPart> {
  const keys = streams.flatMap(({ encryption, encryptionKeyArn, destination }) => [
    ...(encryption === "ENABLED" && encryptionKeyArn !== undefined ? [encryptionKeyArn] : []),
    ...(destination.backup.kmsKeyArn === undefined ? [] : [destination.backup.kmsKeyArn]),
  ]);
  const distinct = [...new Set(keys)];
  const [key] = distinct;
  if (distinct.length > 1) {
    return {
      items: [
        decide(
          "streams",
          "kms_key_arn",
          `streams and backup use ${distinct.join(" and ")}; the module has one key`,
          "Encrypt both streams and their backup with one key first, or adopt each stream into a module of its own, with --signal.",
        ),
      ],
    };
  }
  return key === undefined ? {} : { inputs: { kmsKeyArn: key } };
}
