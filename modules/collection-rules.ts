import { elementsOf, type Items, propertyOf, quotedList, quotedListTemplate, sortedEntries } from "./collections";
import type { MaximumRule, RangeRule, Rule } from "./rules";

/** A collection whose items all follow a rule. The error shows the items that do not. */
export function each(items: Items, rule: Rule): Rule {
  const rejected = (value: unknown): unknown[] => items.of(value).filter((item) => !rule.allows(item));
  return {
    item: items.name,
    text: rule.text,
    schema: items.schema(rule.schema),
    allows: (value) => rejected(value).length === 0,
    condition: (reference) => `alltrue([for item in ${items.expression(reference)} : ${rule.condition("item")}])`,
    received: (value) => quotedList(rejected(value)),
    receivedTemplate: (reference) => quotedListTemplate(items.expression(reference), `!(${rule.condition("item")})`),
  };
}

/** A collection with a bounded total of items of one or more kinds; `noun` names them, in the plural. */
export function totalAtMost(maximum: number, noun: string, kinds: readonly Items[]): MaximumRule {
  const total = (value: unknown): number => kinds.reduce((sum, { of }) => sum + of(value).length, 0);
  const expression = (reference: string): string =>
    kinds.map((kind) => `length(${kind.expression(reference)})`).join(" + ");
  return {
    maximum,
    text: `have at most ${maximum} ${noun}`,
    schema: {},
    allows: (value) => total(value) <= maximum,
    condition: (reference) => `${expression(reference)} <= ${maximum}`,
    received: (value) => `${total(value)} ${noun}`,
    receivedTemplate: (reference) => `\${${expression(reference)}} ${noun}`,
  };
}

/** A collection without duplicates. The error shows the items that occur more than once. */
export function distinctItems(items: Items): Rule {
  const repeated = (value: unknown): unknown[] => {
    const all = items.of(value);
    return [...new Set(all.filter((item, index) => all.indexOf(item) !== index))];
  };
  return {
    text: `not contain a ${items.name} more than once`,
    schema: {},
    allows: (value) => repeated(value).length === 0,
    condition: (reference) =>
      `length(distinct(${items.expression(reference)})) == length(${items.expression(reference)})`,
    received: (value) => quotedList(repeated(value)),
    receivedTemplate: (reference) =>
      quotedListTemplate(
        `distinct(${items.expression(reference)})`,
        `length([for other in ${items.expression(reference)} : other if other == item]) > 1`,
      ),
  };
}

/** A map whose values are all lists, possibly empty. The error shows the names of other values. */
export const hasListPerName = (name: string): Rule => {
  const rejected = (value: unknown): string[] =>
    sortedEntries(value)
      .filter(([, list]) => !Array.isArray(list))
      .map(([key]) => key);
  return {
    text: `have a list for every ${name}`,
    schema: {},
    allows: (value) => rejected(value).length === 0,
    condition: (reference) => `alltrue([for list in values(${reference}) : list != null])`,
    received: (value) => quotedList(rejected(value)),
    receivedTemplate: (reference) => `"\${join("\\", \\"", [for key, list in ${reference} : key if list == null])}"`,
  };
};

/** A list of objects that each have a bounded list. The error shows the attributes that identify the other objects. */
export function listSizesBetween(
  minimum: number,
  maximum: number,
  { attribute, noun, names }: { readonly attribute: string; readonly noun: string; readonly names: readonly string[] },
): RangeRule {
  const rejected = (value: unknown): string[] =>
    elementsOf(value)
      .filter((entry) => {
        const list = propertyOf(entry, attribute);
        const { size } = new Set(elementsOf(list));
        return list !== undefined && (size < minimum || size > maximum);
      })
      .map((entry) => names.map((name) => String(propertyOf(entry, name))).join(" "));
  const size = `length(entry.${attribute} == null ? [] : tolist(entry.${attribute}))`;
  const holds = `${size} >= ${minimum} && ${size} <= ${maximum}`;
  const label = names.map((name) => `\${entry.${name} == null ? "null" : entry.${name}}`).join(" ");
  return {
    minimum,
    maximum,
    text: `have ${minimum} to ${maximum} ${noun} in every entry`,
    schema: { items: { properties: { [attribute]: { minItems: minimum, maxItems: maximum } } } },
    allows: (value) => rejected(value).length === 0,
    condition: (reference) => `alltrue([for entry in ${reference} : ${holds}])`,
    received: (value) => quotedList(rejected(value)),
    receivedTemplate: (reference) => `"\${join("\\", \\"", [for entry in ${reference} : "${label}" if !(${holds})])}"`,
  };
}
