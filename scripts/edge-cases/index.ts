import { ACCEPTED_ALARMS, ALARM_EDGES, REJECTED_ALARMS } from "./alarm-inputs";
import { ACCEPTED_DELIVERY, REJECTED_DELIVERY } from "./delivery-combinations";
import { DELIVERY_EDGES } from "./delivery-inputs";
import type { AcceptedCombination, EdgeCases, RejectedCombination } from "./edge-case";
import { ACCEPTED_SOURCES, REJECTED_SOURCES, SOURCE_EDGES } from "./source-inputs";

/**
 * Both edges of every limit. The shipped tests of the module are generated from them, and every layer that checks an
 * input is tested with them: literals in TypeScript, variables and preconditions in Terraform.
 */
export const EDGES: readonly EdgeCases[] = [...DELIVERY_EDGES, ...SOURCE_EDGES, ...ALARM_EDGES];

/** Inputs that are rejected together. */
export const REJECTED_COMBINATIONS: readonly RejectedCombination[] = [
  ...REJECTED_DELIVERY,
  ...REJECTED_SOURCES,
  ...REJECTED_ALARMS,
];

/** Inputs that are accepted together. */
export const ACCEPTED_COMBINATIONS: readonly AcceptedCombination[] = [
  ...ACCEPTED_DELIVERY,
  ...ACCEPTED_SOURCES,
  ...ACCEPTED_ALARMS,
];
