import type { JsonSchema } from "./rules";

/** The items of a collection that a rule checks one by one, in the two languages that rules are checked in. */
export interface Items {
  /** What one of them is called, such as `namespace`. */
  readonly name: string;
  readonly of: (value: unknown) => readonly unknown[];
  /** The same as a Terraform expression of a list. */
  readonly expression: (reference: string) => string;
  /** The JSON schema of a collection, from the schema of its items. */
  readonly schema: (ofItem: JsonSchema) => JsonSchema;
}

/** The entries of a map in the order in which Terraform lists them. */
export const sortedEntries = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
    : [];

/** The elements of a list; none if the value is not a list. */
export const elementsOf = (value: unknown): readonly unknown[] => (isList(value) ? value : []);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** A property of an object; undefined if the value is not an object. */
export const propertyOf = (value: unknown, name: string): unknown => new Map(sortedEntries(value)).get(name);

/** The names of a map, in the order of Terraform's `keys`. */
export const mapNames = (name: string): Items => ({
  name,
  of: (value) => sortedEntries(value).map(([key]) => key),
  expression: (reference) => `keys(${reference})`,
  schema: (ofItem) => ({ propertyNames: ofItem }),
});

/** The values of a map, in the order of Terraform's `values`: that of the names. */
export const mapValues = (name: string): Items => ({
  name,
  of: (value) => sortedEntries(value).map(([, entry]) => entry),
  expression: (reference) => `values(${reference})`,
  schema: (ofItem) => ({ additionalProperties: ofItem }),
});

/** The elements of the lists that are the values of a map. */
export const mapListItems = (name: string): Items => ({
  name,
  of: (value) => sortedEntries(value).flatMap(([, list]) => elementsOf(list)),
  expression: (reference) => `flatten([for list in values(${reference}) : list if list != null])`,
  schema: (ofItem) => ({ additionalProperties: { items: ofItem } }),
});

/** The elements of a set, sorted as Terraform sorts them. */
export const setItems = (name: string): Items => ({
  name,
  of: (value) => [...new Set(elementsOf(value))].sort(),
  expression: (reference) => `tolist(${reference})`,
  schema: (ofItem) => ({ items: ofItem }),
});

/** The elements of a list. */
export const listEntries: Items = {
  name: "entry",
  of: elementsOf,
  expression: (reference) => reference,
  schema: (ofItem) => ({ items: ofItem }),
};

/** An attribute of the objects in a list. */
export const attributes = (name: string, attribute: string): Items => ({
  name,
  // Tokens are not checked as literals: the attribute is missing here.
  of: (value) =>
    elementsOf(value)
      .map((entry) => propertyOf(entry, attribute))
      .filter((item) => item !== undefined),
  expression: (reference) => `[for entry in ${reference} : entry.${attribute}]`,
  schema: (ofItem) => ({ items: { properties: { [attribute]: ofItem } } }),
});

/** The elements of an attribute that is a list, of the objects in a list. */
export const attributeItems = (name: string, attribute: string): Items => ({
  name,
  of: (value) => elementsOf(value).flatMap((entry) => [...elementsOf(propertyOf(entry, attribute))].sort()),
  expression: (reference) =>
    `flatten([for entry in ${reference} : tolist(entry.${attribute}) if entry.${attribute} != null])`,
  schema: (ofItem) => ({ items: { properties: { [attribute]: { items: ofItem } } } }),
});

/** A list as messages show it: each element in quotation marks. */
export const quotedList = (texts: readonly unknown[]): string => `"${texts.map(String).join('", "')}"`;

/** The same as a Terraform string template: the elements of a list expression that a condition on `item` selects. */
export const quotedListTemplate = (list: string, condition: string): string =>
  `"\${join("\\", \\"", [for item in ${list} : item == null ? "null" : item if ${condition}])}"`;
