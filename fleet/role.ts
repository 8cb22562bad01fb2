import { asString } from "../iam/json";
import { partitionOfRegion } from "../iam/partitions";
import { INPUTS } from "../modules/inputs";
import type { FleetAccount } from "./fleet";
import { textAt } from "./placeholders";

/**
 * Number of regions whose inline policies fit in a role. Source: IAM and AWS STS quotas, 10,240 characters of inline
 * policies per role, of which one region needs up to a fifth: docs/module.md.
 */
export const MAX_REGIONS_PER_ROLE = 5;

/** Whether the regions of an account share one role, and add their policies to it. */
export function isRoleShared({ inputs, regions }: FleetAccount): boolean {
  const { create_role: creates, role_name: name, role_arn: arn, create_role_policies: attaches } = inputs;
  const identity = creates === false ? arn : name;
  const isByRegion = typeof identity === "string" && identity.includes("{region}");
  return regions.length > 1 && attaches !== false && !isByRegion;
}

/** ARN of the role that the first region of an account creates; undefined if no other region uses it. */
export function sharedRoleArn(account: FleetAccount): string | undefined {
  const { create_role: creates, role_path: path, role_name: name } = account.inputs;
  const [region] = account.regions;
  if (region === undefined || creates === false || !isRoleShared(account)) {
    return undefined;
  }
  const suffix = `${asString(path) ?? INPUTS.rolePath.default}${asString(name) ?? INPUTS.roleName.default}`;
  return `arn:${partitionOfRegion(region)}:iam::${account.id}:role${textAt(suffix, { account: account.id, region })}`;
}
