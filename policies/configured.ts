import { finding, unknown } from "./outcomes";
import { type Plan, type PlannedResource, quoted, UNKNOWN } from "./plan";
import type { Outcome } from "./policy";

/**
 * An attribute must be set and hold. What the configuration leaves out is a finding, although the provider shows it as
 * known after the apply; what it takes from elsewhere is unknown.
 */
export function configured(
  plan: Plan,
  resource: PlannedResource,
  path: string,
  holds: (value: unknown) => boolean,
  remedy: string,
): Outcome[] {
  const value = resource.get(path);
  if (value === UNKNOWN) {
    return plan.isOmitted(resource, path)
      ? [finding(resource, `${path} is not set`, remedy)]
      : [unknown(resource, path)];
  }
  return holds(value) ? [] : [finding(resource, `${path} is ${quoted(resource, path)}`, remedy)];
}
