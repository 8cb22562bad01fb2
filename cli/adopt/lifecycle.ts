import type { LifecycleRule } from "@aws-sdk/client-s3";

/** What the lifecycle configuration of a bucket means for its adoption. */
export interface LifecycleFacts {
  /** Ids of the rules that do more than expire failed records. */
  readonly otherRules: readonly string[];
  /** Days after which failed records expire; undefined: never. */
  readonly retentionDays: number | undefined;
}

/**
 * Evaluates the lifecycle rules of a bucket. The module's configuration replaces all of them, and cannot contain rules
 * for other objects or with other actions.
 *
 * @param ownPrefixes prefixes of the failed records
 */
export function lifecycleFacts(
  rules: readonly LifecycleRule[] | undefined,
  ownPrefixes: readonly string[],
): LifecycleFacts {
  const enabled = (rules ?? []).filter(({ Status }) => Status === "Enabled");
  const others = enabled.filter((rule) => !isExpiryOf(rule, ownPrefixes));
  const days = enabled.flatMap(({ Expiration }) => Expiration?.Days ?? []);
  return {
    otherRules: others.map(({ ID = "" }, index) => ID || `rule ${index + 1}`),
    retentionDays: days.length === 0 ? undefined : Math.max(...days),
  };
}

function isExpiryOf(rule: LifecycleRule, ownPrefixes: readonly string[]): boolean {
  const { Filter, Transitions = [], NoncurrentVersionTransitions = [], Expiration } = rule;
  const { Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan } = Filter ?? {};
  const prefix = prefixOf(rule);
  const isFiltered = [Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan].some((each) => each !== undefined);
  const isOfAllOrOwn = prefix === "" || ownPrefixes.some((own) => prefix.startsWith(own));
  return (
    isOfAllOrOwn &&
    !isFiltered &&
    Transitions.length === 0 &&
    NoncurrentVersionTransitions.length === 0 &&
    Expiration?.Date === undefined
  );
}

/** The prefix of the objects that a rule is for; empty for all. */
export const prefixOf = (rule: LifecycleRule): string => rule.Filter?.Prefix ?? legacyPrefixOf(rule) ?? "";

/** The prefix of rules in the first version of the API. */
const legacyPrefixOf = (rule: object): string | undefined =>
  "Prefix" in rule && typeof rule.Prefix === "string" ? rule.Prefix : undefined;
