export type { Fleet, FleetAccount, FleetHcpState, FleetS3State, FleetState, InputValues } from "./fleet";
export { readFleet } from "./read";
export { type FleetTarget, targetsOf } from "./targets";
