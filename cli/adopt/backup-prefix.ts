import { inputOf } from "../../modules/inputs";
import { SIGNALS } from "../../modules/signals";
import type { StreamWithBackup } from "../aws/find-streams";
import type { AdoptionPart } from "./part";

/** The `backup_prefix` input: what precedes the documented failure prefixes, if it is the same for both streams. */
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
  // Where the streams differ, Terraform changes the prefixes in place; the report lists that for each stream.
  return prefix !== undefined &&
    others.length === 0 &&
    inputOf("backupPrefix").rules.every((rule) => rule.allows(prefix))
    ? { inputs: { backupPrefix: prefix } }
    : {};
}
