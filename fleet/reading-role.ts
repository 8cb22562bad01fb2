import type { Rule } from "../modules/rules";
import { brokenRule, FLEET_LIMITS } from "./limits";
import { placeholderProblem, textAt } from "./placeholders";
import type { FleetTarget } from "./targets";

/** The role that reads a fleet; each text may have placeholders. */
export interface ReadingRole {
  readonly arn: string;
  /** Undefined: the role asks for none. */
  readonly externalId: string | undefined;
}

/** What the texts of a role are called where they come from. */
export type ReadingRoleLabels = Readonly<Record<keyof ReadingRole, string>>;

/**
 * A target that is read with another role than the one that deploys it, whose external id it does not have.
 *
 * @throws Error when the ARN is none of a role, the external id is invalid, or a text has other placeholders than
 *   `{account}` and `{region}`
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
