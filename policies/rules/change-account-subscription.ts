import { IF_INTENTIONAL } from "../deletions";
import { finding } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { Policy } from "../policy";
import { ACCOUNT_POLICY, CRITERIA } from "../sources/account-policy";
import { deletedSources } from "../sources/deleted-sources";

export const changeAccountSubscription: Policy = {
  id: "KFF-CHG-005",
  severity: "warning",
  title: "The account's log subscription is not replaced or destroyed",
  why: "A change of selection_criteria deletes the subscription of every log group and creates it again: events logged in between are not sent.",
  source: "AWS provider, aws_cloudwatch_log_account_policy; CloudWatch Logs API, DeleteAccountPolicy",
  check: (kloudfuse) =>
    deletedSources(kloudfuse, ACCOUNT_POLICY).map((policy) =>
      policy.isReplaced
        ? finding(policy, `it is replaced${becauseOf(policy)}: until then no log group is subscribed`, IF_INTENTIONAL)
        : finding(policy, "it is destroyed: no log group of the account stays subscribed", IF_INTENTIONAL),
    ),
};

const becauseOf = (policy: PlannedResource): string =>
  policy.get(CRITERIA) === policy.getBefore(CRITERIA) ? "" : `, since ${CRITERIA} changes`;
