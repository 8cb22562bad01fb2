import { type InputName, INPUT_NAMES, inputOf, type InputValues } from "../../modules/inputs";
import type { Answer } from "../aws/attempt";
import { lastPart } from "../../iam/arn";
import { accessKeyPart } from "./access-key";
import { accountPolicyPart } from "./account-policy";
import { bucketPart } from "./bucket";
import { deliverySettingsPart } from "./delivery-settings";
import { endpointPart } from "./endpoint";
import { errorLogPart } from "./error-log";
import type { AdoptionInventory } from "./inventory";
import { keysPart } from "./keys";
import { logSubscriptionsPart } from "./log-subscriptions";
import { chosenMetricStream, metricStreamPart, metricStreamSubject } from "./metric-stream";
import type { AdoptionDecisions } from "./options";
import { type AdoptionPart, mergedParts } from "./part";
import { roleSubject, rolePart } from "./role";
import { ruleProblems } from "./rule-problems";
import { streamChanges } from "./stream-changes";
import { streamsPart, streamSubject } from "./streams";
import { type TaggedResource, tagsPart } from "./tags";

/** Plans what an adoption imports, sets and leaves, from the inventory and the decisions; calls nothing in AWS. */
export function planAdoption(inventory: AdoptionInventory, decisions: AdoptionDecisions): AdoptionPart {
  const keys = keysPart(inventory);
  const role = rolePart(inventory, decisions);
  const policy = accountPolicyPart(inventory);
  const parts = mergedParts([
    streamsPart(inventory),
    endpointPart(inventory, decisions),
    deliverySettingsPart(inventory),
    accessKeyPart(inventory, decisions),
    keys,
    role,
    bucketPart(inventory, decisions, keys.inputs ?? {}),
    errorLogPart(inventory),
    metricStreamPart(inventory, decisions, role.inputs ?? {}),
    policy,
    logSubscriptionsPart(inventory, policy.inputs ?? {}),
  ]);
  const tags = tagsPart(taggedResources(inventory, decisions, parts));
  const all = mergedParts([parts, tags]);
  return {
    ...all,
    items: [...all.items, ...streamChanges(inventory, all.inputs), ...ruleProblems(all.inputs)],
    inputs: nonDefaultInputs(all.inputs),
  };
}

/** The tags of the imported resources, the streams first: the first of two values applies. */
function taggedResources(
  inventory: AdoptionInventory,
  decisions: AdoptionDecisions,
  { imports }: AdoptionPart,
): TaggedResource[] {
  const { streamTags, roles, buckets, errorLog, streams } = inventory;
  const ids = new Set(imports.map(({ id }) => id));
  const metricStream = chosenMetricStream(inventory, decisions);
  const known = (subject: string, answer: Answer<Pick<TaggedResource, "tags">> | undefined): TaggedResource[] =>
    answer === undefined || answer instanceof Error ? [] : [{ subject, tags: answer.tags }];
  return [
    ...streams.flatMap(({ name, arn }) => {
      const tags = streamTags.get(name);
      return tags === undefined || !ids.has(arn) ? [] : [{ subject: streamSubject(name), tags }];
    }),
    ...[...roles].flatMap(([arn, role]) => (ids.has(lastPart(arn)) ? known(roleSubject(arn), role) : [])),
    ...[...buckets].flatMap(([name, bucket]) => (ids.has(name) ? known(`bucket ${name}`, bucket) : [])),
    ...known("error log group", errorLog),
    ...(metricStream === undefined ? [] : known(metricStreamSubject(metricStream.name), metricStream)),
  ];
}

/** The inputs that differ from their defaults, in the order in which they are documented. */
function nonDefaultInputs(inputs: InputValues): InputValues {
  const isDefault = (name: InputName): boolean => {
    const value = inputs[name];
    return value === undefined || JSON.stringify(value) === JSON.stringify(inputOf(name).default);
  };
  return Object.fromEntries(INPUT_NAMES.filter((name) => !isDefault(name)).map((name) => [name, inputs[name]]));
}
