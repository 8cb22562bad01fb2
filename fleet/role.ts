import { partitionOfRegion } from "../iam/partitions";
import { INPUTS } from "../modules/inputs";
import type { FleetAccount } from "./fleet";
import { textAt } from "./placeholders";

/**
 * How many regions a role has room for. Source: IAM and AWS STS quotas, 10,240 characters of inline policies a role, of
 * which the policies of a region take up to a fifth: docs/module.md.
 */
export const MAX_REGIONS_PER_ROLE = 5;

/** Whether the regions of an account deliver with one role, and add their policies to it. */
export function isRoleShared({ inputs, regions }: FleetAccount): boolean {
  const { create_role: creates, role_name: name, role_arn: arn, create_role_policies: attaches } = inputs;
  const identity = creates === false ? arn : name;
  const isByRegion = typeof identity === "string" && identity.includes("{region}");
  return regions.length > 1 && attaches !== false && !isByRegion;
}

/** ARN of the role that the first region of an account creates; undefined where no other region uses it. */
export function sharedRoleArn(account: FleetAccount): string | undefined {
  const { create_role: creates, role_path: path, role_name: name } = account.inputs;
  const [region] = account.regions;
  if (region === undefined || creates === false || !isRoleShared(account)) {
    return undefined;
  }
  const suffix = `${textOr(path, INPUTS.rolePath.default)}${textOr(name, INPUTS.roleName.default)}`;
  return `arn:${partitionOfRegion(region)}:iam::${account.id}:role${textAt(suffix, { account: account.id, region })}`;
}

const textOr = (value: unknown, fallback: string): string => (typeof value === "string" ? value : fallback);
