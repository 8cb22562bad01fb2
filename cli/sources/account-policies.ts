import { type CloudWatchLogsClient, DescribeAccountPoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { asObject, asString, parsedJson } from "../../iam/json";
import { excludedLogGroups } from "../../policies/sources/criteria";
import { call } from "../aws/call";
import { otherDistribution } from "./subscription-filters";

/** An account-level subscription: it subscribes every log group of the region but those that it leaves out. */
export interface AccountPolicy {
  readonly name: string;
  readonly destinationArn: string;
  readonly roleArn: string;
  readonly filterPattern: string;
  /** AWS's value, if it is not `ByLogStream`, the default. */
  readonly distribution?: string;
  readonly criteria: string;
  /** The log groups that its criteria exclude; undefined if the criteria do not have the documented form. */
  readonly excluded: readonly string[] | undefined;
}

/**
 * The account-level subscriptions of a region.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function listAccountPolicies(logs: CloudWatchLogsClient): Promise<AccountPolicy[]> {
  const policies = new Array<AccountPolicy>();
  let nextToken: string | undefined;
  do {
    const command = new DescribeAccountPoliciesCommand({ policyType: "SUBSCRIPTION_FILTER_POLICY", nextToken });
    const page = await call("logs:DescribeAccountPolicies", logs.send(command));
    for (const { policyName = "", policyDocument = "", selectionCriteria = "" } of page?.accountPolicies ?? []) {
      const { DestinationArn, RoleArn, FilterPattern, Distribution } = asObject(parsedJson(policyDocument));
      policies.push({
        name: policyName,
        destinationArn: asString(DestinationArn) ?? "",
        roleArn: asString(RoleArn) ?? "",
        filterPattern: asString(FilterPattern) ?? "",
        ...otherDistribution(asString(Distribution)),
        criteria: selectionCriteria,
        excluded: excludedLogGroups(selectionCriteria),
      });
    }
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return policies;
}
