import { classText, freeFilters } from "../../../cli/log-groups/log-group";
import type { SubscriptionFilter } from "../../../cli/sources/subscription-filters";

const filters = (count: number): SubscriptionFilter[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `filter-${index}`,
    destinationArn: "arn",
    roleArn: "role",
    filterPattern: "",
  }));

describe("the free subscription filters of a log group", () => {
  test.each([
    [0, 5],
    [4, 1],
    [5, 0],
    [6, 0],
  ])("are, with %i used, %i", (used, free) => {
    expect(freeFilters({ logClass: "STANDARD", filters: filters(used) })).toBe(free);
  });

  test("are not known where its filters are not", () => {
    expect(freeFilters({ logClass: "STANDARD", filters: undefined })).toBeUndefined();
  });

  test.each(["INFREQUENT_ACCESS", "DELIVERY"])("are none in the class %s, whatever its filters", (logClass) => {
    expect(freeFilters({ logClass, filters: [] })).toBe(0);
    expect(freeFilters({ logClass, filters: undefined })).toBe(0);
  });
});

test.each([
  ["STANDARD", "Standard"],
  ["INFREQUENT_ACCESS", "Infrequent Access"],
  ["DELIVERY", "Delivery"],
])("the class %s is %s for people", (logClass, text) => {
  expect(classText(logClass)).toBe(text);
});
