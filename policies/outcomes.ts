import { type Plan, type PlannedResource, quoted, UNKNOWN } from "./plan";
import type { PolicyOutcome } from "./policy";

export const AFTER_THE_APPLY = "Evaluate the plan again after the apply.";
export const IN_ITS_OWN_PLAN = "Evaluate the plan of the root that manages it.";

/** What breaks a policy. */
export function finding(resource: PlannedResource, found: string, remedy: string): PolicyOutcome {
  return { kind: "finding", address: resource.address, found, remedy };
}

/** What a plan does not show: its values are not known, or another root manages them. */
export function undeterminedOutcome(resource: PlannedResource, found: string, remedy: string): PolicyOutcome {
  return { kind: "unknown", address: resource.address, found, remedy };
}

/** What is known only after the apply. */
export const unknownOutcome = (resource: PlannedResource, what: string): PolicyOutcome =>
  undeterminedOutcome(resource, `${what} is not known before the apply`, AFTER_THE_APPLY);

/** An attribute must hold; where it is not known, that is said. */
export function attribute(
  resource: PlannedResource,
  path: string,
  holds: (value: unknown) => boolean,
  remedy: string,
): PolicyOutcome[] {
  const value = resource.get(path);
  if (value === UNKNOWN) {
    return [unknownOutcome(resource, path)];
  }
  return holds(value) ? [] : [finding(resource, `${path} is ${quoted(resource, path)}`, remedy)];
}

/** The same of an attribute in a block that the provider fills in: one that the configuration leaves out is not set. */
export function setting(
  plan: Plan,
  resource: PlannedResource,
  path: string,
  holds: (value: unknown) => boolean,
  remedy: string,
): PolicyOutcome[] {
  return plan.isOmitted(resource, path)
    ? [finding(resource, `${path} is not set`, remedy)]
    : attribute(resource, path, holds, remedy);
}

/** Each outcome once. */
export function distinct(outcomes: readonly PolicyOutcome[]): PolicyOutcome[] {
  const byText = new Map(
    outcomes.map((outcome) => [`${outcome.kind}|${outcome.address}|${outcome.found}|${outcome.remedy}`, outcome]),
  );
  return [...byText.values()];
}
