import { each, distinctItems, hasListPerName, listSizesBetween, totalAtMost } from "../modules/collection-rules";
import {
  attributeItems,
  attributes,
  listEntries,
  mapListItems,
  mapNames,
  mapValues,
  setItems,
  sortedEntries,
} from "../modules/collections";
import { MAX_CRITERIA_BYTES, selectionCriteria } from "../modules/log-criteria";
import { matching, requirement, type Rule } from "../modules/rules";

const MAP = { b: ["2", "1"], a: ["3"] };
const LIST = [{ name: "x", list: ["2", "1"] }, { name: "y" }];

describe("the items of a collection", () => {
  test.each([
    ["names", () => mapNames("n"), MAP, ["a", "b"], "keys(var.x)"],
    ["values", () => mapValues("v"), { b: "2", a: "1" }, ["1", "2"], "values(var.x)"],
    [
      "list items",
      () => mapListItems("i"),
      MAP,
      ["3", "2", "1"],
      "flatten([for list in values(var.x) : list if list != null])",
    ],
    ["set items", () => setItems("i"), ["b", "a", "b"], ["a", "b"], "tolist(var.x)"],
    ["entries", () => listEntries, LIST, LIST, "var.x"],
    ["attributes", () => attributes("a", "name"), LIST, ["x", "y"], "[for entry in var.x : entry.name]"],
    [
      "attributes that are not missing",
      () => attributes("a", "only"),
      [{ only: "x" }, {}, { only: "y" }],
      ["x", "y"],
      "[for entry in var.x : entry.only]",
    ],
    [
      "items of attributes",
      () => attributeItems("a", "list"),
      LIST,
      ["1", "2"],
      "flatten([for entry in var.x : tolist(entry.list) if entry.list != null])",
    ],
  ])("are its %s, in the order of Terraform", (_name, itemsOf, value, expected, expression) => {
    const items = itemsOf();
    expect(items.of(value)).toEqual(expected);
    expect(items.expression("var.x")).toBe(expression);
    expect(items.of(undefined)).toEqual([]);
  });
});

describe("the entries of a map", () => {
  test("are in the order of their names, wherever they stood", () => {
    const names = (map: object): string[] => sortedEntries(map).map(([name]) => name);
    expect(names({ b: 1, a: 2, c: 3 })).toEqual(["a", "b", "c"]);
    expect(names({ c: 1, b: 2, a: 3 })).toEqual(["a", "b", "c"]);
    expect(names({ a: 1, b: 2, B: 3, "": 4 })).toEqual(["", "B", "a", "b"]);
  });

  test.each([[null], [undefined], ["text"], [7], [["a"]]])("are none of %j", (value) => {
    expect(sortedEntries(value)).toEqual([]);
  });
});

describe("a rule of a collection", () => {
  test.each([
    [
      () => each(mapNames("name"), matching("^a$", "be a")),
      { a: 1 },
      { a: 1, c: 1, b: 1 },
      "every name in x must be a",
      '"b", "c"',
    ],
    [
      () => totalAtMost(2, "things", [mapNames("n"), mapListItems("i")]),
      { a: ["1"] },
      MAP,
      "x must have at most 2 things",
      "5 things",
    ],
    [
      () => distinctItems(mapValues("value")),
      { a: 1, b: 2 },
      { a: 1, b: 2, c: 1, d: 1 },
      "x must not contain a value more than once",
      '"1"',
    ],
    [
      () => hasListPerName("name"),
      { a: [] },
      { a: [], c: null, b: null },
      "x must have a list for every name",
      '"b", "c"',
    ],
    [
      () => listSizesBetween(1, 1, { attribute: "list", noun: "things", names: ["name"] }),
      [{ name: "x", list: ["1", "1"] }, { name: "token" }],
      LIST,
      "x must have 1 to 1 things in every entry",
      '"x"',
    ],
  ])("says what it is about and what was received: %#", (ruleOf, allowed, rejected, text, received) => {
    const rule = ruleOf();
    expect(rule.allows(allowed)).toBe(true);
    expect(rule.allows(rejected)).toBe(false);
    expect(requirement(rule, "x")).toBe(text);
    expect(rule.received(rejected)).toBe(received);
  });
});

describe("a rule of a collection, as Terraform evaluates it", () => {
  const SIZE = "length(entry.list == null ? [] : tolist(entry.list))";
  const TOTAL = "length(keys(var.x)) + length(flatten([for list in values(var.x) : list if list != null]))";

  test.each<[string, () => Rule, string, string]>([
    [
      "each item",
      () => each(setItems("item"), matching("^a$", "be a")),
      'alltrue([for item in tolist(var.x) : can(regex("^a$", item))])',
      '[for item in tolist(var.x) : item == null ? "null" : item if !(can(regex("^a$", item)))]',
    ],
    [
      "distinct items",
      () => distinctItems(setItems("item")),
      "length(distinct(tolist(var.x))) == length(tolist(var.x))",
      '[for item in distinct(tolist(var.x)) : item == null ? "null" : item if length([for other in tolist(var.x) : other if other == item]) > 1]',
    ],
    [
      "a list for each name",
      () => hasListPerName("name"),
      "alltrue([for list in values(var.x) : list != null])",
      "[for key, list in var.x : key if list == null]",
    ],
    [
      "sizes of lists",
      () => listSizesBetween(1, 2, { attribute: "list", noun: "items", names: ["namespace", "name"] }),
      `alltrue([for entry in var.x : ${SIZE} >= 1 && ${SIZE} <= 2])`,
      `[for entry in var.x : "\${entry.namespace == null ? "null" : entry.namespace} \${entry.name == null ? "null" : entry.name}" if !(${SIZE} >= 1 && ${SIZE} <= 2)]`,
    ],
  ])("requires %s, and shows the others in quotes", (_name, ruleOf, condition, rejected) => {
    const rule = ruleOf();
    expect(rule.condition("var.x")).toBe(condition);
    expect(rule.receivedTemplate("var.x")).toBe(`"\${join("\\", \\"", ${rejected})}"`);
  });

  test("counts the items of all kinds", () => {
    const rule = totalAtMost(2, "things", [mapNames("n"), mapListItems("i")]);
    expect(rule.condition("var.x")).toBe(`${TOTAL} <= 2`);
    expect(rule.receivedTemplate("var.x")).toBe(`\${${TOTAL}} things`);
  });
});

test("selection criteria are sorted, without duplicates, and within 25 KB", () => {
  expect(selectionCriteria(["b", "a", "b"])).toBe('LogGroupName NOT IN ["a","b"]');
  expect(MAX_CRITERIA_BYTES).toBeLessThanOrEqual(25 * 1024);
});
