import {
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
} from "@aws-sdk/client-iam";
import { call } from "../aws/call";
import { type NamedStatement, rulesOf } from "../verify/rules";
import type { AdoptContext } from "./context";
import { type TagMap, tagMapOf } from "./read-tags";

/** A role as far as its adoption depends on it. */
export interface AdoptableRole {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly permissionsBoundaryArn: string | undefined;
  readonly trust: readonly NamedStatement[];
  /** Names. */
  readonly inlinePolicies: readonly string[];
  /** ARNs. */
  readonly attachedPolicies: readonly string[];
  readonly tags: TagMap;
}

type RoleReadingContext = Pick<AdoptContext, "iam">;

/**
 * Reads a role with its policies and tags; undefined where it does not exist.
 *
 * @throws UndeterminedError when AWS does not say
 */
export async function readAdoptableRole(
  context: RoleReadingContext,
  roleArn: string,
): Promise<AdoptableRole | undefined> {
  const RoleName = roleArn.split("/").at(-1) ?? "";
  const role = (await call("iam:GetRole", context.iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  if (role === undefined) {
    return undefined;
  }
  const [inlinePolicies, attachedPolicies, tags] = await Promise.all([
    inlinePolicyNames(context, RoleName),
    attachedPolicyArns(context, RoleName),
    roleTags(context, RoleName),
  ]);
  return {
    arn: role.Arn ?? roleArn,
    name: RoleName,
    path: role.Path ?? "/",
    permissionsBoundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn,
    trust: rulesOf("trust policy", role.AssumeRolePolicyDocument),
    inlinePolicies,
    attachedPolicies,
    tags,
  };
}

async function inlinePolicyNames({ iam }: RoleReadingContext, RoleName: string): Promise<string[]> {
  return await allPages(async (Marker) => {
    const command = new ListRolePoliciesCommand({ RoleName, Marker });
    const page = await call("iam:ListRolePolicies", iam.send(command));
    return { items: page?.PolicyNames ?? [], next: page?.Marker };
  });
}

async function attachedPolicyArns({ iam }: RoleReadingContext, RoleName: string): Promise<string[]> {
  return await allPages(async (Marker) => {
    const command = new ListAttachedRolePoliciesCommand({ RoleName, Marker });
    const page = await call("iam:ListAttachedRolePolicies", iam.send(command));
    return { items: (page?.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []), next: page?.Marker };
  });
}

async function roleTags({ iam }: RoleReadingContext, RoleName: string): Promise<TagMap> {
  return tagMapOf(
    await allPages(async (Marker) => {
      const command = new ListRoleTagsCommand({ RoleName, Marker });
      const page = await call("iam:ListRoleTags", iam.send(command));
      return { items: page?.Tags ?? [], next: page?.Marker };
    }),
  );
}

/** The items of every page, to which a marker leads. */
async function allPages<Item>(
  read: (marker: string | undefined) => Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }>,
): Promise<Item[]> {
  const all = new Array<Item>();
  let marker: string | undefined;
  do {
    const { items, next } = await read(marker);
    all.push(...items);
    marker = next;
  } while (marker !== undefined);
  return all;
}
