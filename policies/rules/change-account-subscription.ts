import { IF_INTENTIONAL } from "../deletions";
import { type Kloudfuse, STREAM } from "../kloudfuse";
import { finding } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { Policy } from "../policy";
import { ACCOUNT_POLICY, CRITERIA, documentTextBefore } from "../sources/account-policy";

export const changeAccountSubscription: Policy = {
  id: "KFF-CHG-005",
  severity: "warning",
  title: "The account's log subscription is not replaced or destroyed",
  why: "A change of selection_criteria deletes the subscription of every log group and creates it again: events logged in between are not sent.",
  source: "AWS provider, aws_cloudwatch_log_account_policy; CloudWatch Logs API, DeleteAccountPolicy",
  check: (kloudfuse) =>
    kloudfuse
      .deletedOfType(ACCOUNT_POLICY)
      .filter((policy) => isToKloudfuse(kloudfuse, policy))
      .map((policy) =>
        policy.isReplaced
          ? finding(policy, `it is replaced${becauseOf(policy)}: until then no log group is subscribed`, IF_INTENTIONAL)
          : finding(policy, "it is destroyed: no log group of the account stays subscribed", IF_INTENTIONAL),
      ),
};

const becauseOf = (policy: PlannedResource): string =>
  policy.get(CRITERIA) === policy.getBefore(CRITERIA) ? "" : `, since ${CRITERIA} changes`;

/** Whether an account policy, before the plan, feeds a stream to Kloudfuse. */
function isToKloudfuse({ plan, streams, deleted }: Kloudfuse, policy: PlannedResource): boolean {
  const arn = documentTextBefore(policy, "DestinationArn");
  const ours = new Set([...streams.map(({ resource }) => resource), ...deleted]);
  return arn !== undefined && plan.namedBefore(STREAM, arn).some((stream) => ours.has(stream));
}
