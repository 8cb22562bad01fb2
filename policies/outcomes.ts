import { type Plan, type PlannedResource, redactedValue, UNKNOWN } from "./plan";
import type { PolicyOutcome } from "./policy";

export const AFTER_THE_APPLY = "Evaluate the plan again after the apply.";
export const IN_ITS_OWN_PLAN = "Evaluate the plan of the root module that manages it.";

/** The outcome that a resource breaks a policy. */
export function finding(resource: PlannedResource, found: string, remedy: string): PolicyOutcome {
  return { kind: "finding", address: resource.address, found, remedy };
}

/** The outcome that a plan does not show it: a value is not known, or another root module manages it. */
export function undeterminedOutcome(resource: PlannedResource, found: string, remedy: string): PolicyOutcome {
  return { kind: "unknown", address: resource.address, found, remedy };
}

/** The outcome that a value is known only after the apply. */
export const unknownOutcome = (resource: PlannedResource, what: string): PolicyOutcome =>
  undeterminedOutcome(resource, `${what} is not known before the apply`, AFTER_THE_APPLY);

/** Checks the value of an attribute; reports that it is not known. */
export function checkAttribute(
  resource: PlannedResource,
  path: string,
  holds: (value: unknown) => boolean,
  remedy: string,
): PolicyOutcome[] {
  const value = resource.get(path);
  if (value === UNKNOWN) {
    return [unknownOutcome(resource, path)];
  }
  return holds(value) ? [] : [finding(resource, `${path} is ${redactedValue(resource, path)}`, remedy)];
}

/** The same for an attribute that the provider fills in: if the configuration omits it, it is not set. */
export function checkConfiguredAttribute(
  plan: Plan,
  resource: PlannedResource,
  path: string,
  holds: (value: unknown) => boolean,
  remedy: string,
): PolicyOutcome[] {
  return plan.isOmitted(resource, path)
    ? [finding(resource, `${path} is not set`, remedy)]
    : checkAttribute(resource, path, holds, remedy);
}

/** The outcomes without duplicates. */
export function distinct(outcomes: readonly PolicyOutcome[]): PolicyOutcome[] {
  const byText = new Map(
    outcomes.map((outcome) => [`${outcome.kind}|${outcome.address}|${outcome.found}|${outcome.remedy}`, outcome]),
  );
  return [...byText.values()];
}
