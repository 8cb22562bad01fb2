import type { Construct } from "constructs";
import { FleetStack, type FleetStackProps } from "./fleet-stack";

/** One stack of a fleet, by its id. */
export interface FleetStackEntry extends FleetStackProps {
  readonly stackId: string;
}

/**
 * The stacks of a fleet. One that uses the role of another is deployed after it, and destroyed before it.
 *
 * @param entries in an order in which a stack that creates a role comes before those that use it
 */
export function addFleetStacks(scope: Construct, entries: readonly FleetStackEntry[]): readonly FleetStack[] {
  const stacks = new Map<string, FleetStack>();
  for (const { stackId, ...props } of entries) {
    const stack = new FleetStack(scope, stackId, props);
    const creator = props.sharedRole === undefined ? undefined : stacks.get(props.sharedRole.stackId);
    if (creator !== undefined) {
      stack.addDependency(creator);
    }
    stacks.set(stackId, stack);
  }
  return [...stacks.values()];
}
