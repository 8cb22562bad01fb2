export type { Fleet, FleetAccount, FleetState, InputValues } from "./fleet";
export { readFleet } from "./read";
export { type FleetTarget, targetsOf } from "./targets";
