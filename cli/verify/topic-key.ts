import { mayUseKey, type Publisher } from "../../iam/alarm-requests";
import { REMEDIES } from "../../iam/remedies";
import { UNKNOWN } from "../../iam/unknown";
import { ok, type Outcome, problem, unknown } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { type Key, keyOutcomes } from "./key";
import type { RoleLocation } from "./trust";

const NAME = "CloudWatch may use the key";

/**
 * Checks that CloudWatch can use the key that encrypts a topic: otherwise alarms cannot publish.
 *
 * @param location of the topic
 */
export function topicKeyOutcomes(
  key: Key | undefined,
  publishers: readonly Publisher[],
  location: RoleLocation,
): Outcome[] {
  if (key === undefined) {
    return [];
  }
  const { name, arn, policy } = key;
  if (policy === "notRead") {
    return [
      arn === undefined
        ? problem(
            NAME,
            `the topic is encrypted with ${name}, whose policy AWS manages: nobody is notified`,
            "Encrypt the topic with a customer-managed key that cloudwatch.amazonaws.com may use, or with none.",
          )
        : unknown(NAME, `${arn} belongs to another account`, "Look at its policy with credentials of that account."),
    ];
  }
  const outcomes = keyOutcomes(key, location);
  if (policy === undefined || policy instanceof UndeterminedError) {
    return outcomes;
  }
  const may = publishers.map((publisher) => mayUseKey(policy, publisher));
  return [
    ...outcomes,
    may.includes(false)
      ? problem(NAME, `the policy of ${arn ?? name} does not allow it: nobody is notified`, REMEDIES.keyOfTopic)
      : may.includes(UNKNOWN)
        ? unknown(
            NAME,
            `the policy of ${arn ?? name} allows it under conditions that could not be determined`,
            "Make sure that CloudWatch meets the conditions.",
          )
        : ok(NAME, `allowed by the policy of ${arn ?? name}`),
  ];
}
