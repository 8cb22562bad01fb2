export { type Planned, UNKNOWN } from "../../iam/unknown";
export type { PlanLimitation } from "./completeness";
export type { Link, LinkedList, Referring } from "./links";
export { Plan } from "./plan";
export { type Action, PlannedResource, type ResourceChange } from "./planned-resource";
export type { PolicyDocument } from "./policy-document";
export { quoted, quotedText, redactUrls, SENSITIVE } from "./quoted";
export { readPlan } from "./read-plan";
export { UnusablePlan } from "./unusable-plan";
