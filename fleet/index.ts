export type { Fleet, FleetAccount, FleetState, VariableValues } from "./fleet";
export { readFleet } from "./read";
export { readWithRole } from "./reading-role";
export { type FleetTarget, targetsOf } from "./targets";
