import { GetRoleCommand } from "@aws-sdk/client-iam";
import { lastPart } from "../../iam/arn";
import { call } from "../aws/call";
import { listAttachedPolicies, listInlinePolicyNames, listRoleTags } from "../aws/roles";
import { type NamedStatement, rulesOf } from "../verify/rules";
import type { AdoptContext } from "./context";
import { type TagMap, tagMapOf } from "./read-tags";

/** The default of IAM (API, Role.MaxSessionDuration) and of Terraform. */
export const DEFAULT_SESSION_SECONDS = 3600;

/** A role as far as its adoption depends on it. */
export interface AdoptableRole {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly permissionsBoundaryArn: string | undefined;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly trust: readonly NamedStatement[];
  /** Names. */
  readonly inlinePolicies: readonly string[];
  /** ARNs. */
  readonly attachedPolicies: readonly string[];
  readonly tags: TagMap;
}

/**
 * Reads a role with its policies and tags; undefined where it does not exist.
 *
 * @throws UndeterminedError when AWS does not say
 */
export async function readAdoptableRole(
  { iam }: Pick<AdoptContext, "iam">,
  roleArn: string,
): Promise<AdoptableRole | undefined> {
  const RoleName = lastPart(roleArn);
  const role = (await call("iam:GetRole", iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  if (role === undefined) {
    return undefined;
  }
  const [inlinePolicies, attached, tags] = await Promise.all([
    listInlinePolicyNames(iam, RoleName),
    listAttachedPolicies(iam, RoleName),
    listRoleTags(iam, RoleName),
  ]);
  return {
    arn: role.Arn ?? roleArn,
    name: RoleName,
    path: role.Path ?? "/",
    permissionsBoundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn,
    description: role.Description ?? "",
    maxSessionSeconds: role.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
    trust: rulesOf("trust policy", role.AssumeRolePolicyDocument),
    inlinePolicies,
    attachedPolicies: attached.flatMap(({ PolicyArn }) => PolicyArn ?? []),
    tags: tagMapOf(tags),
  };
}
