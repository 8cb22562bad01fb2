import { type AdoptionItem, type AdoptionPart, change, unknownItem } from "./part";
import type { Answer } from "../aws/attempt";
import { UndeterminedError } from "../exit-codes";
import type { TagMap } from "./read-tags";

/** Tags of one resource that is imported. */
export interface TaggedResource {
  readonly subject: string;
  readonly tags: Answer<TagMap>;
}

/** Tags of AWS itself, which users cannot set. */
const isReserved = (name: string): boolean => name.toLowerCase().startsWith("aws:");

const CLOUDFORMATION_STACK = "aws:cloudformation:stack-name";

/** Merges the tags of all imported resources into the module's one map of tags. */
export function tagsPart(resources: readonly TaggedResource[]): AdoptionPart {
  const tags = new Map<string, { readonly value: string; readonly subject: string }>();
  const items = new Array<AdoptionItem>();
  for (const { subject, tags: answer } of resources) {
    if (answer instanceof UndeterminedError) {
      items.push(unknownItem(subject, "tags", answer));
      continue;
    }
    const stack = answer[CLOUDFORMATION_STACK];
    if (stack !== undefined) {
      items.push(ownedByCloudFormation(subject, stack));
    }
    for (const [name, value] of Object.entries(answer).filter(([each]) => !isReserved(each))) {
      const first = tags.get(name);
      if (first === undefined) {
        tags.set(name, { value, subject });
      } else if (first.value !== value) {
        items.push(lostValue(subject, name, value, first));
      }
    }
  }
  const map = Object.fromEntries([...tags].map(([name, { value }]) => [name, value]));
  const partial = [...tags.keys()].filter((name) =>
    resources.some(({ tags: answer }) => !(answer instanceof UndeterminedError) && answer[name] === undefined),
  );
  return {
    items: [...items, ...(partial.length === 0 ? [] : [addedTagsItem(partial)])],
    imports: [],
    inputs: tags.size === 0 ? {} : { tags: map },
  };
}

const lostValue = (
  subject: string,
  name: string,
  value: string,
  first: { readonly value: string; readonly subject: string },
): AdoptionItem =>
  change(
    subject,
    `tag ${name}`,
    `"${value}" becomes "${first.value}", the value on ${first.subject}: the module has one map of tags`,
    "Edit tags in the file that was written, if the other value is right.",
  );

const addedTagsItem = (names: readonly string[]): AdoptionItem =>
  change("tags", "tags", `set on every resource that supports tags: ${[...names].sort().join(", ")}`);

const ownedByCloudFormation = (subject: string, stack: string): AdoptionItem =>
  change(
    subject,
    "CloudFormation",
    `the stack ${stack} created it, and may still manage it`,
    "Remove it from the stack first, with DeletionPolicy Retain: otherwise each reverts the changes of the other.",
  );
