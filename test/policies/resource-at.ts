import type { Plan, PlannedResource } from "../../policies/plan";

/** The resource or data source at an address, which the plan must have, deleted ones too. */
export function resourceAt(plan: Plan, address: string): PlannedResource {
  const resource = plan.at(address) ?? plan.deleted.find((deleted) => deleted.address === address);
  if (resource === undefined) {
    throw new Error(`${address} must be in the plan`);
  }
  return resource;
}
