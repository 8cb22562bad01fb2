import { errorLogGroupName, selectionCriteria } from "../../modules/log-criteria";
import { IMPORT_ADDRESSES } from "../../modules/import-addresses";
import { UndeterminedError } from "../exit-codes";
import { singleQuoted } from "../terminal/completion/words";
import type { AccountPolicy } from "../sources/account-policies";
import type { AdoptionInventory } from "./inventory";
import { deliveryRoleArn } from "./role";
import { subscriptionChanges } from "./subscription-changes";
import { type AdoptionItem, type AdoptionPart, importOrCreate, leave, mergedParts, unknownItem } from "./part";

const SUBJECT = "account policy";

/** The account-level subscription that feeds the logs stream: a region has one. */
export function accountPolicyPart({ streams, streamNames, sources }: AdoptionInventory): Partial<AdoptionPart> {
  const logs = streams.find(({ signal }) => signal === "logs");
  if (sources === undefined || logs === undefined) {
    return {};
  }
  if (sources.accountPolicies instanceof UndeterminedError) {
    return { items: [unknownItem(SUBJECT, "account policy", sources.accountPolicies)] };
  }
  const policy = sources.accountPolicies.find(({ destinationArn }) => destinationArn === logs.arn);
  if (policy === undefined) {
    return {};
  }
  const { name, filterPattern, excluded } = policy;
  const errorLog = errorLogGroupName(streamNames.metrics, streamNames.logs);
  const criteria = selectionCriteria([...(excluded ?? []), errorLog]);
  if (excluded === undefined || policy.criteria !== criteria) {
    return { items: [unmanagedPolicy(policy, excluded === undefined ? undefined : criteria)] };
  }
  return mergedParts([
    importOrCreate(`${SUBJECT} ${name}`, IMPORT_ADDRESSES.accountPolicy, `${name}:SUBSCRIPTION_FILTER_POLICY`, true),
    {
      items: subscriptionChanges(`${SUBJECT} ${name}`, policy, deliveryRoleArn({ streams })),
      inputs: {
        subscribeAccount: true,
        accountPolicyName: name === streamNames.logs ? null : name,
        accountExcludedLogGroups: excluded.filter((group) => group !== errorLog).sort(),
        logFilterPattern: filterPattern,
      },
    },
  ]);
}

/** Terraform would replace a policy with other criteria than the module's: for a moment no log group is subscribed. */
function unmanagedPolicy(policy: AccountPolicy, criteria: string | undefined): AdoptionItem {
  const { name, destinationArn, roleArn, filterPattern } = policy;
  const document = JSON.stringify({ DestinationArn: destinationArn, FilterPattern: filterPattern, RoleArn: roleArn });
  return leave(
    `${SUBJECT} ${name}`,
    "subscribe_account",
    `false: it stays outside of Terraform. The module would replace it, because its selection criteria differ: ${policy.criteria || "none"}`,
    criteria === undefined
      ? "To adopt it, first update it with criteria of the form LogGroupName NOT IN [...]."
      : `To adopt it, first update it in place with the module's criteria, and run the command again: ` +
          `aws logs put-account-policy --policy-name ${singleQuoted(name)} --policy-type SUBSCRIPTION_FILTER_POLICY --scope ALL --policy-document ${singleQuoted(document)} --selection-criteria ${singleQuoted(criteria)}`,
  );
}
