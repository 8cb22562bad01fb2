import { DEFAULT_DISTRIBUTION } from "../sources/subscription-filters";
import { type AdoptionItem, change } from "./part";

/**
 * What Terraform changes in place of a subscription filter or an account policy that is imported.
 *
 * @param deliveryRoleArn the role that the module's subscriptions put records with
 */
export const subscriptionChanges = (
  subject: string,
  { roleArn, distribution }: { readonly roleArn: string; readonly distribution?: string },
  deliveryRoleArn: string | undefined,
): AdoptionItem[] => [
  ...(deliveryRoleArn === undefined || roleArn === deliveryRoleArn
    ? []
    : [change(subject, "subscription role", `${roleArn || "none"} becomes ${deliveryRoleArn}`)]),
  ...(distribution === undefined
    ? []
    : [
        change(
          subject,
          "subscription distribution",
          `${distribution} becomes ${DEFAULT_DISTRIBUTION}`,
          "No action needed: a delivery stream has no shards to distribute events to. Use --keep sources to keep it.",
        ),
      ]),
];
