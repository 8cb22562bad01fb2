import { parseArn } from "../../iam/arn";
import type { Answer } from "../aws/attempt";
import { type Outcome, problem, unknown } from "../checks/check";
import { undetermined } from "../checks/undetermined";
import { UndeterminedError } from "../exit-codes";
import type { Topic } from "./read-topic";
import { subscriptionsOutcome } from "./subscriptions";
import { topicKeyOutcomes } from "./topic-key";
import { topicPolicyOutcomes } from "./topic-policy";
import type { RoleLocation } from "./trust";

/** Checks that a topic exists, notifies somebody, is not open to everybody, and that CloudWatch may publish to it. */
export function topicOutcomes(topic: Topic, alarmNames: readonly string[], location: RoleLocation): Outcome[] {
  const { arn, attributes, subscriptions } = topic;
  if (attributes === undefined || subscriptions === undefined) {
    return [
      problem(
        "topic",
        `${arn} does not exist: nobody is notified`,
        "Create it again, or set another one for the alarms.",
      ),
    ];
  }
  const owner = parseArn(arn)?.account ?? "";
  const otherAccount = owner === location.accountId ? undefined : owner;
  const publishers = alarmNames.map((alarmName) => ({ location, alarmName }));
  return [
    outcomesOf("topic", attributes, otherAccount, ({ policy }) => [
      ...outcomesOf("topic policy", policy, otherAccount, (rules) =>
        topicPolicyOutcomes(rules, arn, publishers, { ...location, accountId: owner }),
      ),
      ...topicKeyOutcomes(topic.key, publishers, { ...location, accountId: owner }),
    ]),
    outcomesOf("subscriptions", subscriptions, otherAccount, (each) => [subscriptionsOutcome(arn, each)]),
  ].flat();
}

/** The outcomes for an answer of AWS, which may describe a topic to the topic's own account only. */
function outcomesOf<T>(
  name: string,
  answer: Answer<T>,
  otherAccount: string | undefined,
  evaluate: (answer: T) => readonly Outcome[],
): readonly Outcome[] {
  if (!(answer instanceof UndeterminedError)) {
    return evaluate(answer);
  }
  const outcome = undetermined(name, answer);
  return [
    otherAccount === undefined
      ? outcome
      : unknown(
          name,
          `the topic belongs to account ${otherAccount}: ${outcome.found}`,
          "Look at it with credentials of that account.",
        ),
  ];
}
