export type { Fleet, FleetAccount, FleetState, InputValues } from "./fleet";
export { readFleet } from "./read";
export { readWithRole } from "./reading-role";
export { type FleetTarget, targetsOf } from "./targets";
