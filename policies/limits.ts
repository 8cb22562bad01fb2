import { requirement, type Rule } from "../modules/rules";
import { asObject } from "../iam/json";
import { finding, unknownOutcome } from "./outcomes";
import { type PlannedResource, SENSITIVE, UNKNOWN } from "./plan";
import type { PolicyOutcome } from "./policy";

/**
 * The rules that the value of an attribute breaks; an attribute that is not set breaks none.
 *
 * @param reportsUnknown whether to report that the value is not known; false if another policy does
 */
export function brokenLimits(
  resource: PlannedResource,
  path: string,
  rules: readonly Rule[],
  reportsUnknown: boolean,
): PolicyOutcome[] {
  const value = resource.get(path);
  if (value === UNKNOWN) {
    return reportsUnknown ? [unknownOutcome(resource, path)] : [];
  }
  // The provider writes an attribute that is not set as an empty string.
  return value === undefined || value === "" ? [] : brokenRules(resource, path, rules, value);
}

/** The rules that a value, which is read from a path, breaks. */
export const brokenRules = (
  resource: PlannedResource,
  path: string,
  rules: readonly Rule[],
  value: unknown,
): PolicyOutcome[] =>
  rules
    .filter((rule) => !rule.allows(value))
    .map((rule) =>
      finding(
        resource,
        `${requirement(rule, path)}, got ${isPartlySensitive(resource.sensitivity(path)) ? SENSITIVE : rule.received(value)}`,
        "Correct it: AWS rejects it during the apply.",
      ),
    );

/** Whether a part of a value is sensitive. */
const isPartlySensitive = (sensitivity: unknown): boolean =>
  sensitivity === true || Object.values(asObject(sensitivity)).some(isPartlySensitive);
