import { note, ok, type Outcome, problem } from "../checks/check";
import { plural } from "../numbers";
import { cappedNames } from "../capped-names";
import { endpointText } from "./endpoint-text";
import type { TopicSubscription } from "./read-topic";

const NAME = "subscriptions";
/** Amazon SNS, "Confirm subscription": AWS deletes a subscription that is not confirmed. */
const CONFIRM = "Confirm it by the link that AWS sent, which is valid for 48 hours; after that, subscribe again.";

/** Checks that a topic notifies somebody. */
export function subscriptionsOutcome(topicArn: string, subscriptions: readonly TopicSubscription[]): Outcome {
  const confirmed = subscriptions.filter(({ state }) => state === "confirmed");
  const pending = subscriptions.filter(({ state }) => state === "pending");
  const waiting = `${pending.length} not confirmed: ${textOf(pending)}`;
  if (confirmed.length > 0) {
    const found = `${plural(confirmed.length, "subscription")} confirmed: ${textOf(confirmed)}`;
    return pending.length === 0 ? ok(NAME, found) : note(NAME, `${found}; ${waiting}`, CONFIRM);
  }
  return pending.length > 0
    ? problem(NAME, `none is confirmed, nobody is notified; ${waiting}`, CONFIRM)
    : problem(
        NAME,
        "there is none: nobody is notified",
        `Subscribe somebody (alarm_emails), or run aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint <address>`,
      );
}

const textOf = (subscriptions: readonly TopicSubscription[]): string =>
  cappedNames(subscriptions.map(({ protocol, endpoint }) => `${endpointText(protocol, endpoint)} (${protocol})`));
