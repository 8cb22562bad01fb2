import { type PlannedResourcePolicy, ownHolder, resourcePolicy } from "../buckets/resource-policies";
import type { Kloudfuse } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { PolicyOutcome } from "../policy";
import { TOPIC_POLICY } from "./topics";

/**
 * Evaluates the policy of a topic. A topic without one has the default policy of SNS, which only allows the account and
 * its alarms.
 */
export function perTopicPolicy(
  kloudfuse: Kloudfuse,
  topic: PlannedResource,
  evaluate: (policy: PlannedResourcePolicy) => readonly PolicyOutcome[],
): readonly PolicyOutcome[] {
  const { plan, related } = kloudfuse;
  const { certain, possible } = related(TOPIC_POLICY, "arn", topic);
  // The argument of the topic itself reads back the policy of such a resource.
  const holders = certain.length > 0 ? certain : ownHolder(plan, topic);
  if (holders.length === 0 && possible.length > 0) {
    return [unknownOutcome(topic, `whether the topic has ${TOPIC_POLICY}`)];
  }
  return holders.flatMap((owner) => {
    const policy = resourcePolicy(plan, owner);
    return policy.invalid === undefined
      ? evaluate(policy)
      : [finding(owner, `the topic's policy is invalid: ${policy.invalid}`, "Correct it: SNS rejects it.")];
  });
}
