import { otherTrustedPrincipals } from "../../iam/other-trusted-principals";
import type { TrustedService } from "../../iam/trusted-services";
import type { RoleLocation } from "../verify/trust";
import type { AdoptableRole } from "./read-role";
import type { RoleUser } from "./read-stream-uses";

/** The AWS console creates roles under this path, with managed policies. */
const CONSOLE_PATH = "/service-role/";

/**
 * The reasons not to adopt a role. The module would replace its trust policy, and Terraform cannot delete a role with
 * managed policies.
 *
 * @param services that may assume the role by the module's trust policy
 */
export function roleObstacles(
  { arn, path, trust, attachedPolicies }: AdoptableRole,
  users: readonly RoleUser[],
  location: RoleLocation,
  services: readonly TrustedService[],
): string[] {
  const others = [
    ...new Set(
      otherTrustedPrincipals(trust, location, services)
        .filter(({ kind }) => kind !== "confusedDeputy")
        .map(({ principal }) => principal),
    ),
  ];
  const ofRole = users.filter(({ roleArn }) => roleArn === arn).map(({ user }) => user);
  return [
    ...(path === CONSOLE_PATH ? [`the AWS console created it (path ${path})`] : []),
    ...(attachedPolicies.length === 0 ? [] : [`it has managed policies: ${attachedPolicies.join(", ")}`]),
    ...(others.length === 0
      ? []
      : [`its trust policy names others, which the module's does not: ${others.join(", ")}`]),
    ...(ofRole.length === 0 ? [] : [`others in the region use it: ${ofRole.join(", ")}`]),
  ];
}
