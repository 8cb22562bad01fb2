import { distinctItems, each, hasListPerName, listSizesBetween, totalAtMost } from "../modules/collection-rules";
import {
  attributeItems,
  attributes,
  listEntries,
  mapListItems,
  mapNames,
  mapValues,
  setItems,
} from "../modules/collections";
import {
  entriesAtMost,
  type JsonSchema,
  lengthAtMost,
  matching,
  namesDifferByMoreThanCase,
  eachName,
  notMatching,
  withHiddenValue,
  hiddenUnlessArn,
  oneOf,
  requirement,
  type Rule,
  secretBytesBetween,
  eachValue,
  wholeNumber,
} from "../modules/rules";

const short = (): Rule => lengthAtMost(4);
const OF_SHORT = { maxLength: 4 };

describe("a rule", () => {
  test.each<[string, () => Rule, readonly unknown[], readonly unknown[]]>([
    ["from 1 to 64", () => wholeNumber(1, 64), [1, 64], [0, 65, 1.5, "2", NaN, null, undefined]],
    ["one of 1, 3", () => oneOf([1, 3]), [1, 3], [0, 2, 4, "1", null]],
    ["a pattern", () => matching("^a$", "be a"), ["a"], ["", "b", "aa", 1, null]],
    ["no pattern", () => notMatching("a", "have no a"), ["", "b"], ["a", "bab", 1, null]],
    ["at most 4 characters", short, ["", "1234", "日本語文", "👨‍👩‍👧"], ["12345", "日本語文字", "a👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 1, null]],
    ["1 to 4 bytes", () => secretBytesBetween(1, 4), ["1", "1234", "éé"], ["", "12345", "ééa", 1, null]],
    ["at most 2 entries", () => entriesAtMost(2), [{}, { a: "1", b: "2" }], [{ a: 1, b: 2, c: 3 }, [], "a", null]],
    ["names", () => eachName(short()), [{}, { abcd: "12345" }], [{ abcd: "", abcde: "" }, ["a"], "a", null]],
    ["values", () => eachValue(short()), [{}, { abcde: "1234" }], [{ a: "1234", b: "12345" }, ["a"], "a", null]],
    ["case", () => namesDifferByMoreThanCase, [{}, { a: "1", b: "1" }], [{ a: "1", A: "2" }, ["a"], "a", null]],
  ])("of %s accepts what it describes, and nothing else", (_name, ruleOf, accepted, rejected) => {
    const rule = ruleOf();
    expect(accepted.filter((value) => !rule.allows(value))).toEqual([]);
    expect(rejected.filter((value) => rule.allows(value))).toEqual([]);
  });

  test.each<[() => Rule, string]>([
    [() => wholeNumber(1, 64), "a must be a whole number from 1 to 64"],
    [() => oneOf([1, 3]), "a must be one of 1, 3"],
    [() => matching("^a$", "be a"), "a must be a"],
    [short, "a must have at most 4 characters"],
    [() => secretBytesBetween(1, 4), "a must have 1 to 4 bytes"],
    [() => entriesAtMost(2), "a must have at most 2 entries"],
    [() => eachName(short()), "every name in a must have at most 4 characters"],
    [() => eachValue(short()), "every value in a must have at most 4 characters"],
    [() => namesDifferByMoreThanCase, "a must have names that differ by more than their case"],
  ])("says what is required: %#", (rule, sentence) => {
    expect(requirement(rule(), "a")).toBe(sentence);
  });

  test.each<[string, () => Rule, unknown, string]>([
    ["a number", () => wholeNumber(1, 64), 65, "65"],
    ["one of a list", () => oneOf([1]), 2, "2"],
    ["a text in place of a number, in quotes", () => wholeNumber(1, 64), "8", '"8"'],
    ["a text in place of one of a list, in quotes", () => oneOf([1]), "1", '"1"'],
    ["a text, in quotes", () => matching("^a$", "be a"), "b", '"b"'],
    ["what is no text, as it is", () => notMatching("a", "have no a"), 1, "1"],
    ["how many characters", short, "12345", "5 characters"],
    ["what has no characters, as it is", short, 1, "1"],
    ["nothing of a secret", () => secretBytesBetween(1, 4), "12345", "a value that is not shown"],
    ["nothing of a text that may be one", () => withHiddenValue(short()), "12345", "a value that is not shown"],
    ["how many entries", () => entriesAtMost(1), { a: 1, b: 2 }, "2 entries"],
    ["what has no entries, as it is", () => entriesAtMost(1), 1, "1"],
    ["names, sorted", () => eachName(short()), { bbbbb: 1, a: 1, aaaaa: 1 }, '"aaaaa", "bbbbb"'],
    ["what has no names, as it is", () => eachName(short()), 1, "1"],
    ["names of values", () => eachValue(short()), { b: "12345", a: "54321" }, 'an invalid value of "a", "b"'],
    ["names that differ by case, sorted", () => namesDifferByMoreThanCase, { b: 1, B: 1 }, '"B", "b"'],
    ["what has no names by case, as it is", () => namesDifferByMoreThanCase, 1, "1"],
  ])("shows of a rejected value %s", (_what, rule, value, received) => {
    expect(rule().received(value)).toBe(received);
  });

  test.each<[string, () => Rule, string, string]>([
    ["a number", () => wholeNumber(1, 64), "var.a >= 1 && var.a <= 64 && floor(var.a) == var.a", "${var.a}"],
    ["one of a list", () => oneOf([1, 3]), "contains([1, 3], var.a)", "${var.a}"],
    ["a pattern", () => matching('^"a$', "be a"), 'can(regex("^\\"a$", var.a))', '"${var.a}"'],
    ["no pattern", () => notMatching("a", "have no a"), '!can(regex("a", var.a))', '"${var.a}"'],
    ["a length", short, "length(var.a) <= 4", "${length(var.a)} characters"],
    [
      "bytes of a secret",
      () => secretBytesBetween(1, 4),
      'floor(length(replace(base64encode(var.a), "=", "")) * 3 / 4) >= 1 && floor(length(replace(base64encode(var.a), "=", "")) * 3 / 4) <= 4',
      "a value that is not shown",
    ],
    ["a hidden value", () => withHiddenValue(short()), "length(var.a) <= 4", "a value that is not shown"],
    [
      "entries, without those that are null",
      () => entriesAtMost(2),
      "length(var.a) <= 2 ? true : length([for value in values(var.a) : value if value != null]) <= 2",
      "${length([for value in values(var.a) : value if value != null])} entries",
    ],
    [
      "names, without those whose value is null",
      () => eachName(short()),
      "alltrue([for name, value in var.a : length(name) <= 4 ? true : value == null])",
      '"${join("\\", \\"", [for name, value in var.a : name if !(length(name) <= 4 ? true : value == null)])}"',
    ],
    [
      "values, without those that are null",
      () => eachValue(short()),
      "alltrue([for name, value in var.a : value == null ? true : length(value) <= 4])",
      'an invalid value of "${join("\\", \\"", [for name, value in var.a : name if !(value == null ? true : length(value) <= 4)])}"',
    ],
    [
      "names that differ, without those whose value is null",
      () => namesDifferByMoreThanCase,
      "length(distinct([for name in keys(var.a) : lower(name)])) == length([for name in keys(var.a) : lower(name)]) ? true : length(distinct([for name, value in var.a : lower(name) if value != null])) == length([for name, value in var.a : lower(name) if value != null])",
      '"${join("\\", \\"", keys(var.a))}"',
    ],
  ])("is the same in Terraform: %s", (_what, ruleOf, condition, received) => {
    const rule = ruleOf();
    expect(rule.condition("var.a")).toBe(condition);
    expect(rule.receivedTemplate("var.a")).toBe(received);
  });
});

/** Schemas are for editors, and need not say all. */
describe("the JSON schema of a rule", () => {
  test.each<[string, () => Rule, JsonSchema]>([
    ["whole numbers", () => wholeNumber(1, 64), { multipleOf: 1, minimum: 1, maximum: 64 }],
    ["one of a list", () => oneOf([1, 3]), { enum: [1, 3] }],
    ["a pattern", () => matching("^a$", "be a"), { pattern: "^a$" }],
    ["no pattern", () => notMatching("a", "have no a"), { not: { pattern: "a" } }],
    ["a length", short, OF_SHORT],
    ["a secret", () => withHiddenValue(short()), OF_SHORT],
    ["the ARN of a secret", () => hiddenUnlessArn(short()), OF_SHORT],
    ["the bytes of a secret", () => secretBytesBetween(1, 2), {}],
    ["the number of entries", () => entriesAtMost(50), { maxProperties: 50 }],
    ["names", () => eachName(short()), { propertyNames: OF_SHORT }],
    ["values", () => eachValue(short()), { additionalProperties: OF_SHORT }],
    ["case", () => namesDifferByMoreThanCase, {}],
    ["the names of a map", () => each(mapNames("name"), short()), { propertyNames: OF_SHORT }],
    ["the values of a map", () => each(mapValues("value"), short()), { additionalProperties: OF_SHORT }],
    ["the lists of a map", () => each(mapListItems("item"), short()), { additionalProperties: { items: OF_SHORT } }],
    ["a set", () => each(setItems("item"), short()), { items: OF_SHORT }],
    ["a list", () => each(listEntries, short()), { items: OF_SHORT }],
    ["an attribute", () => each(attributes("name", "a"), short()), { items: { properties: { a: OF_SHORT } } }],
    [
      "an attribute that is a list",
      () => each(attributeItems("name", "a"), short()),
      { items: { properties: { a: { items: OF_SHORT } } } },
    ],
    ["a total", () => totalAtMost(4, "items", [listEntries]), {}],
    ["distinct items", () => distinctItems(listEntries), {}],
    ["a list for each name", () => hasListPerName("name"), {}],
    [
      "the size of lists",
      () => listSizesBetween(1, 20, { attribute: "a", noun: "items", names: ["name"] }),
      { items: { properties: { a: { minItems: 1, maxItems: 20 } } } },
    ],
  ])("of %s", (_name, rule, schema) => {
    expect(rule().schema).toEqual(schema);
  });
});

describe("the ARN of a secret", () => {
  const rule = (): Rule => hiddenUnlessArn(matching("^arn:aws:", "be an ARN"));

  test.each([
    ["", '""'],
    ["arn:", '"arn:"'],
    ["arn", "a value that is not shown"],
    ["TOPSECRET", "a value that is not shown"],
    ["TOPSECRET arn:", "a value that is not shown"],
    [4711, "a value that is not shown"],
  ])("%j is shown as %s", (value, shown) => {
    expect(rule().received(value)).toBe(shown);
  });

  test("is shown in Terraform under the same condition", () => {
    expect(rule().receivedTemplate("var.a")).toBe(
      '${can(regex("^(arn:|$)", var.a)) ? format("\\"%s\\"", var.a) : "a value that is not shown"}',
    );
  });
});
