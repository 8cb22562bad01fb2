import { otherTrusted } from "../../iam/others";
import type { TrustedService } from "../../iam/trusted-services";
import type { RoleLocation } from "../verify/trust";
import type { AdoptableRole } from "./read-role";
import type { RoleUser } from "./read-stream-uses";

/** The AWS console makes its roles here, with managed policies beside them. */
const CONSOLE_PATH = "/service-role/";

/**
 * Why a role is to stay as it is. The module would replace its trust policy, and Terraform cannot delete a role that has
 * managed policies.
 *
 * @param services those that the module lets assume the role
 */
export function roleObstacles(
  { arn, path, trust, attachedPolicies }: AdoptableRole,
  users: readonly RoleUser[],
  location: RoleLocation,
  services: readonly TrustedService[],
): string[] {
  const others = [
    ...new Set(
      otherTrusted(trust, location, services)
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
