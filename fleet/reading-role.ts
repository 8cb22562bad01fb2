import type { Rule } from "../modules/rules";
import { brokenRule, FLEET_LIMITS } from "./limits";
import { placeholderProblem, textAt } from "./placeholders";
import type { FleetTarget } from "./targets";

/** The role to read a fleet with; its strings may contain placeholders. */
export interface ReadingRole {
  readonly arn: string;
  /** Undefined: the role requires none. */
  readonly externalId: string | undefined;
}

/** The names of the role's settings in error messages, such as the options of a command. */
export type ReadingRoleLabels = Readonly<Record<keyof ReadingRole, string>>;

/**
 * Replaces the role of a target, which deploys it, by a role that reads it. The external id is replaced too, or removed.
 *
 * @throws Error when the ARN is not the ARN of a role, the external id is invalid, or a placeholder is unknown
 */
export function readWithRole(target: FleetTarget, role: ReadingRole, labels: ReadingRoleLabels): FleetTarget {
  const { externalId: _, ...rest } = target;
  const assumeRole = validText(role.arn, target, labels.arn, FLEET_LIMITS.assumeRole);
  if (role.externalId === undefined) {
    return { ...rest, assumeRole };
  }
  const externalId = validText(role.externalId, target, labels.externalId, FLEET_LIMITS.externalId);
  return { ...rest, assumeRole, externalId };
}

function validText(pattern: string, place: FleetTarget, label: string, rules: readonly Rule[]): string {
  const text = textAt(pattern, place);
  const problem = placeholderProblem(label, pattern) ?? brokenRule(label, text, rules)?.problem;
  if (problem !== undefined) {
    throw new Error(problem);
  }
  return text;
}
