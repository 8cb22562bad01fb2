import {
  type AttachedPolicy,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  paginateListRoleTags,
  type Tag,
} from "@aws-sdk/client-iam";
import { call } from "./call";
import { collected } from "./pages";

/** Names of the inline policies of a role. @throws UndeterminedError when AWS does not list them */
export async function listInlinePolicyNames(client: IAMClient, RoleName: string): Promise<readonly string[]> {
  const pages = paginateListRolePolicies({ client }, { RoleName });
  const names = collected(pages, ({ PolicyNames }) => PolicyNames);
  return (await call("iam:ListRolePolicies", names)) ?? [];
}

/** The managed policies of a role. @throws UndeterminedError when AWS does not list them */
export async function listAttachedPolicies(client: IAMClient, RoleName: string): Promise<readonly AttachedPolicy[]> {
  const pages = paginateListAttachedRolePolicies({ client }, { RoleName });
  const policies = collected(pages, ({ AttachedPolicies }) => AttachedPolicies);
  return (await call("iam:ListAttachedRolePolicies", policies)) ?? [];
}

/** The tags of a role. @throws UndeterminedError when AWS does not list them */
export async function listRoleTags(client: IAMClient, RoleName: string): Promise<readonly Tag[]> {
  const pages = paginateListRoleTags({ client }, { RoleName });
  const tags = collected(pages, ({ Tags }) => Tags);
  return (await call("iam:ListRoleTags", tags)) ?? [];
}
