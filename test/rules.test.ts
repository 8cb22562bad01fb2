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
  type Rule,
  secretBytesBetween,
  eachValue,
  wholeNumber,
} from "../modules/rules";

const short = (): Rule => lengthAtMost(4);
const OF_SHORT = { maxLength: 4 };

/** What the rules say is tested with the edges of every input; their schemas are for editors, and need not say all. */
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
