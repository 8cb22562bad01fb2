import { covers, type Statement, statementsOf, texts } from "../../policies/iam";
import { asObject, isObject } from "../../policies/json";

/** A statement of a policy of the role, with what it leaves out. */
export interface Rule extends Statement {
  readonly policy: string;
  readonly notActions: readonly string[];
  readonly notResources: readonly string[];
}

/** The rules of a policy document; IAM answers with URL encoding. */
export function rulesOf(policy: string, document: string): Rule[] {
  const text = document.startsWith("%") ? decodeURIComponent(document) : document;
  const parsed: unknown = JSON.parse(text);
  const list: unknown = asObject(parsed)["Statement"] ?? [];
  const raw = (Array.isArray(list) ? list : [list]).filter(isObject);
  return statementsOf(text).map((statement, index) => ({
    ...statement,
    policy,
    notActions: texts(raw[index]?.["NotAction"]),
    notResources: texts(raw[index]?.["NotResource"]),
  }));
}

/** Whether Firehose meets a condition, such as `StringEquals kms:ViaService`; undefined when that cannot be told. */
export type Meets = (condition: string, values: readonly string[]) => boolean | undefined;

/** Whether an action on a resource is allowed, and by or in spite of which rules. */
export interface Decision {
  /** `perhaps`: only under conditions of which it cannot be told whether Firehose meets them. */
  readonly allowed: "yes" | "perhaps" | "no";
  /** The rules that decide: those that allow or those that deny. */
  readonly rules: readonly Rule[];
  readonly isDenied: boolean;
}

/** IAM's evaluation: an Allow is needed, and any Deny outweighs it. */
export function decide(rules: readonly Rule[], action: string, resource: string, meets: Meets): Decision {
  const applicable = rules
    .filter((rule) => concerns(rule, action, resource))
    .map((rule) => ({ rule, applies: applies(rule, meets) }))
    .filter(({ applies }) => applies !== false);
  const of = (effect: string, applies: boolean | undefined): Rule[] =>
    applicable.filter((each) => each.rule.effect === effect && each.applies === applies).map(({ rule }) => rule);
  const denying = of("Deny", true);
  if (denying.length > 0) {
    return { allowed: "no", rules: denying, isDenied: true };
  }
  const allowing = of("Allow", true);
  const perhapsDenying = of("Deny", undefined);
  const perhapsAllowing = of("Allow", undefined);
  if (allowing.length + perhapsAllowing.length === 0) {
    return { allowed: "no", rules: [], isDenied: false };
  }
  if (perhapsDenying.length > 0) {
    return { allowed: "perhaps", rules: perhapsDenying, isDenied: false };
  }
  return allowing.length > 0
    ? { allowed: "yes", rules: allowing, isDenied: false }
    : { allowed: "perhaps", rules: perhapsAllowing, isDenied: false };
}

function concerns(rule: Rule, action: string, resource: string): boolean {
  const among = (patterns: readonly string[], value: string): boolean =>
    patterns.some((pattern) => covers(pattern, value));
  const has = (part: string): boolean => rule.negations.includes(part);
  return (
    (has("NotAction") ? !among(rule.notActions, action) : among(rule.actions, action)) &&
    (has("NotResource") ? !among(rule.notResources, resource) : among(rule.resources, resource))
  );
}

/** Every condition must be met; undefined when that cannot be told of one, and no other rules it out. */
function applies({ conditions }: Rule, meets: Meets): boolean | undefined {
  const met = [...conditions].map(([condition, values]) => meets(condition, values));
  return met.includes(false) ? false : met.includes(undefined) ? undefined : true;
}
