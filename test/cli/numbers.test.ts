import { plural, readableNumber } from "../../cli/numbers";

test.each([
  [0, "0 records"],
  [1, "1 record"],
  [2, "2 records"],
  [1234567, "1,234,567 records"],
])("%d: %s", (count, text) => {
  expect(plural(count, "record")).toBe(text);
});

test("a noun may have a plural of its own", () => {
  expect([plural(1, "policy", "policies"), plural(2, "policy", "policies")]).toEqual(["1 policy", "2 policies"]);
});

test("numbers are whole, with separators", () => {
  expect(readableNumber(12345.6)).toBe("12,346");
  expect(readableNumber(1234.5)).toBe("1,235");
});
