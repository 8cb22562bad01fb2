import { inputOf } from "../../modules/inputs";
import { SIGNALS } from "../../modules/signals";
import type { StreamWithBackup } from "../aws/find-streams";
import type { AdoptionPart } from "./part";

/** The prefix in front of the documented failure prefixes, where both streams have the same. */
export function backupPrefixPart(streams: readonly StreamWithBackup[]): Partial<AdoptionPart> {
  const [prefix, ...others] = [
    ...new Set(
      streams.map(({ signal, destination }) => {
        const { prefix: whole } = destination.backup;
        const { failurePrefix } = SIGNALS[signal];
        return whole.endsWith(failurePrefix) ? whole.slice(0, -failurePrefix.length) : undefined;
      }),
    ),
  ];
  // Of streams that differ, the prefixes change in place, which the report says of each stream.
  return prefix !== undefined &&
    others.length === 0 &&
    inputOf("backupPrefix").rules.every((rule) => rule.allows(prefix))
    ? { inputs: { backupPrefix: prefix } }
    : {};
}
