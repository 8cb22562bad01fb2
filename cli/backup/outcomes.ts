import type { CappedList } from "../capped-list";
import { note, type Outcome, unknown } from "../checks/check";
import { plural, readableNumber } from "../numbers";
import { shortened } from "../text";

const MAX_REASON_LENGTH = 400;
/** S3's limit for a key, and the index of a record. */
const MAX_NAME_LENGTH = 1100;

/** The note about objects under a backup prefix that Firehose did not write for the stream, if there are any. */
export const ignoredObjectsOutcome = (count: number): Outcome[] =>
  count === 0
    ? []
    : [
        note(
          "other objects",
          `${plural(count, "object")} of other streams or writers, ignored`,
          "No action needed if they share the prefix on purpose.",
        ),
      ];

/** If there are objects, but none of the stream, its prefix may have changed: that is not a success. */
export const onlyForeignOutcome = (name: string, objects: string, place: string): Outcome =>
  unknown(
    name,
    `${objects} under ${place}, none with a key that Firehose builds for failed records of this stream`,
    "It could not be determined whether records failed: check the stream's name and its backup prefixes.",
  );

/**
 * An outcome with the number of the parts of the backup in a list, and the reason of each as a detail; none for an
 * empty list.
 */
export function listOutcome<T extends { readonly reason: string }>(
  outcomeOf: (name: string, found: string, remedy: string) => Outcome,
  name: string,
  { list, nameOf }: { readonly list: CappedList<T>; readonly nameOf: (item: T) => string },
  remedy: string,
): Outcome[] {
  if (list.count === 0) {
    return [];
  }
  const details = list.items.map(
    (item) => `${shortened(nameOf(item), MAX_NAME_LENGTH)}: ${shortened(item.reason, MAX_REASON_LENGTH)}`,
  );
  return [{ ...outcomeOf(name, readableNumber(list.count), remedy), details }];
}
