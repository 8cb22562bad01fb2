import type { TrustedService } from "../../iam/trusted-services";
import { causeOf } from "../causes/diagnose";
import { type Outcome, ok, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { type Answer } from "../aws/attempt";
import { undetermined } from "../checks/undetermined";
import type { Need } from "./needs";
import { permissionOutcomes } from "./permissions";
import type { ResourcePolicy } from "./resource-policy";
import type { NamedStatement } from "./rules";
import { type RoleLocation, trustOutcomes } from "./trust";

/** A role as IAM describes it. */
export interface Role {
  readonly arn: string;
  /** Who may assume it; undefined when there is no such role. */
  readonly trust: Answer<readonly NamedStatement[] | undefined>;
  /** The statements of every policy of the role, inline or attached. */
  readonly rules: Answer<readonly NamedStatement[]>;
  /** Undefined when the role has no permissions boundary. */
  readonly boundary: Answer<readonly NamedStatement[] | undefined>;
}

/**
 * Checks that the role trusts the services that use it, and has the permissions that they need.
 *
 * @param uses the services that use the role
 * @param policies of buckets, keys and secrets that could be read, by ARN
 */
export function roleOutcomes(
  { arn, trust, rules, boundary }: Role,
  needs: readonly Need[],
  location: RoleLocation,
  uses: readonly TrustedService[],
  policies: ReadonlyMap<string, ResourcePolicy>,
): Outcome[] {
  if (trust === undefined) {
    return [problem("role", `${arn} does not exist`, causeOf("role-not-assumable").fix)];
  }
  return [
    ...(trust instanceof UndeterminedError
      ? [undetermined("trust", trust)]
      : [ok("role", arn), ...trustOutcomes(trust, location, uses)]),
    ...(boundary instanceof UndeterminedError ? [undetermined("permissions boundary", boundary)] : []),
    ...(rules instanceof UndeterminedError
      ? [undetermined("permissions", rules)]
      : permissionOutcomes(
          { arn, rules, boundary: boundary instanceof UndeterminedError ? undefined : boundary },
          needs,
          location,
          policies,
        )),
  ];
}
