import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type Role as IamRole,
} from "@aws-sdk/client-iam";
import { lastPart } from "../../iam/arn";
import { call } from "../aws/call";
import { listAttachedPolicies, listInlinePolicyNames } from "../aws/roles";
import { UndeterminedError } from "../exit-codes";
import { attempt } from "../aws/attempt";
import type { VerifyContext } from "./context";
import type { Role } from "./role";
import { type NamedStatement, rulesOf } from "./rules";

type RoleContext = Pick<VerifyContext, "iam">;

/** Reads a role and all of its policies, in parallel as far as possible. */
export async function readRole(context: RoleContext, arn: string): Promise<Role> {
  const reading = new RoleReader(context);
  const name = lastPart(arn);
  const role = reading.role(name);
  const [trust, rules, boundary] = await Promise.all([
    attempt(trustOf(role)),
    attempt(reading.rules(name)),
    attempt(reading.boundary(role)),
  ]);
  return { arn, trust, rules, boundary };
}

async function trustOf(role: Promise<IamRole | undefined>): Promise<NamedStatement[] | undefined> {
  const read = await role;
  return read && rulesOf("trust policy", read.AssumeRolePolicyDocument);
}

class RoleReader {
  public constructor(private readonly context: RoleContext) {}

  public async role(RoleName: string): Promise<IamRole | undefined> {
    const { iam } = this.context;
    return (await call("iam:GetRole", iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  }

  public async rules(roleName: string): Promise<NamedStatement[]> {
    const [inline, attached] = await Promise.all([this.inlineRules(roleName), this.attachedRules(roleName)]);
    return [...inline, ...attached];
  }

  /** The permissions boundary, undefined if there is none. */
  public async boundary(role: Promise<IamRole | undefined>): Promise<NamedStatement[] | undefined> {
    const arn = (await role)?.PermissionsBoundary?.PermissionsBoundaryArn;
    return arn === undefined ? undefined : await this.managedRules(arn);
  }

  private async inlineRules(RoleName: string): Promise<NamedStatement[]> {
    const { iam } = this.context;
    const names = await listInlinePolicyNames(iam, RoleName);
    const rules = names.map(async (PolicyName) => {
      const command = new GetRolePolicyCommand({ RoleName, PolicyName });
      const policy = await call("iam:GetRolePolicy", iam.send(command));
      return rulesOf(PolicyName, policy?.PolicyDocument);
    });
    return (await Promise.all(rules)).flat();
  }

  private async attachedRules(RoleName: string): Promise<NamedStatement[]> {
    const policies = await listAttachedPolicies(this.context.iam, RoleName);
    return (await Promise.all(policies.map(({ PolicyArn }) => this.managedRules(PolicyArn ?? "")))).flat();
  }

  private async managedRules(PolicyArn: string): Promise<NamedStatement[]> {
    const { iam } = this.context;
    const policy = await call("iam:GetPolicy", iam.send(new GetPolicyCommand({ PolicyArn })));
    const command = new GetPolicyVersionCommand({ PolicyArn, VersionId: policy?.Policy?.DefaultVersionId });
    const version = policy && (await call("iam:GetPolicyVersion", iam.send(command)));
    if (version === undefined) {
      throw new UndeterminedError(`The policy ${PolicyArn} no longer exists. Run the command again.`);
    }
    return rulesOf(PolicyArn.split("/").at(-1) ?? PolicyArn, version.PolicyVersion?.Document);
  }
}
