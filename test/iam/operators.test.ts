import { matchesOne, type Operator, OPERATORS } from "../../iam/operators";
import { wildcards } from "../../iam/pattern";
import { charactersOf, SEGMENT, type Text, type Token } from "../../iam/text";
import { UNKNOWN } from "../../iam/unknown";
import { shown } from "./tables";

type Compared = boolean | "undetermined";

const IP = "203.0.113.5";
const NEW_YEAR = "2026-01-01T00:00:00Z";
const NEW_YEAR_SECONDS = "1767225600";
const ARN = "arn:aws:logs:eu-west-1:123456789012:log-group:app";

function operatorOf(name: string): Operator {
  const operator = OPERATORS[name];
  if (operator === undefined) {
    throw new Error(`${name} must be an operator`);
  }
  return operator;
}

const tokens = ({ hasWildcards }: Operator, value: string): readonly Token[] =>
  hasWildcards ? wildcards(value) : charactersOf(value);

/** What an operator says of a value of a policy and one of a request; not whether it asks for no match. */
function compared(name: string, wanted: string, found: Text): Compared {
  const operator = operatorOf(name);
  return shown(operator.compare(tokens(operator, wanted), found));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
test("the operators are those of IAM: which ones ask for no match, and which have wildcards or variables", () => {
  const flags = ({ isNegated, hasWildcards, hasVariables }: Operator): string =>
    [isNegated ? "negated" : [], hasWildcards ? "wildcards" : [], hasVariables ? "variables" : []].flat().join(", ");
  expect(Object.fromEntries(Object.entries(OPERATORS).map(([name, operator]) => [name, flags(operator)]))).toEqual({
    StringEquals: "variables",
    StringNotEquals: "negated, variables",
    StringEqualsIgnoreCase: "variables",
    StringNotEqualsIgnoreCase: "negated, variables",
    StringLike: "wildcards, variables",
    StringNotLike: "negated, wildcards, variables",
    ArnEquals: "wildcards, variables",
    ArnNotEquals: "negated, wildcards, variables",
    ArnLike: "wildcards, variables",
    ArnNotLike: "negated, wildcards, variables",
    NumericEquals: "",
    NumericNotEquals: "negated",
    NumericLessThan: "",
    NumericLessThanEquals: "",
    NumericGreaterThan: "",
    NumericGreaterThanEquals: "",
    DateEquals: "",
    DateNotEquals: "negated",
    DateLessThan: "",
    DateLessThanEquals: "",
    DateGreaterThan: "",
    DateGreaterThanEquals: "",
    Bool: "variables",
    BinaryEquals: "",
    IpAddress: "",
    NotIpAddress: "negated",
  });
});

describe("an operator that asks for no match", () => {
  test.each([
    ["StringNotEquals", "StringEquals", "a", ["a", "A", "b"]],
    ["StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase", "a", ["a", "A", "b"]],
    ["StringNotLike", "StringLike", "a*", ["ab", "Ab", "b"]],
    ["ArnNotEquals", "ArnEquals", "arn:aws:logs:*:123456789012:*", [ARN, "arn:aws:s3:::failed"]],
    ["ArnNotLike", "ArnLike", "arn:aws:logs:*:123456789012:*", [ARN, "arn:aws:s3:::failed"]],
    ["NumericNotEquals", "NumericEquals", "10", ["10", "11"]],
    ["DateNotEquals", "DateEquals", NEW_YEAR, [NEW_YEAR_SECONDS, "2027"]],
    ["NotIpAddress", "IpAddress", "203.0.113.0/24", [IP, "192.0.2.1"]],
  ])("%s compares as %s does: the condition negates the result", (negated, plain, wanted, found) => {
    expect(found.map((each) => compared(negated, wanted, each))).toEqual(
      found.map((each) => compared(plain, wanted, each)),
    );
    expect(compared(plain, wanted, found[0] ?? "")).toBe(true);
  });
});

describe("texts", () => {
  test.each<[name: string, wanted: string, found: Text, expected: Compared]>([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "A", "a", false],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", "a", UNKNOWN, "undetermined"],
    ["StringEqualsIgnoreCase", "ABC", "abc", true],
    ["StringEqualsIgnoreCase", "ABC", "abd", false],
    ["StringLike", "a*c?", "abbcd", true],
    ["StringLike", "A*", "abc", false],
    ["StringLike", "a*", ["b", UNKNOWN], false],
    ["StringLike", "a*", ["a", UNKNOWN], true],
    ["ArnEquals", ARN, ARN, true],
    ["ArnEquals", "arn:aws:logs:*:123456789012:*", ARN, true],
    ["ArnEquals", "arn:aws:LOGS:*:123456789012:*", ARN, false],
    ["ArnLike", "arn:aws:logs:*:210987654321:*", ARN, false],
    ["ArnLike", "arn:aws:logs:*", ARN, "undetermined"],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", true],
    ["BinaryEquals", "QmluYXJ5", "qmluYXJ5", false],
  ])("%s %s with %p: %s", (name, wanted, found, expected) => {
    expect(compared(name, wanted, found)).toBe(expected);
  });
});

describe("numbers and dates", () => {
  test.each<[name: string, ofLess: boolean, ofEqual: boolean, ofGreater: boolean]>([
    ["Equals", false, true, false],
    ["LessThan", true, false, false],
    ["LessThanEquals", true, true, false],
    ["GreaterThan", false, false, true],
    ["GreaterThanEquals", false, true, true],
  ])("Numeric%s and Date%s of a value that is less, equal or greater", (name, ...expected) => {
    expect(["9", "10", "11"].map((found) => compared(`Numeric${name}`, "10", found))).toEqual(expected);
    expect(["2025-12-31", "2026-01-01", "2026-01-02"].map((found) => compared(`Date${name}`, NEW_YEAR, found))).toEqual(
      expected,
    );
  });

  test.each<[wanted: string, found: Text, expected: Compared]>([
    ["10", "10.0", true],
    ["1.2", "1.20", true],
    ["1.2", "1.02", false],
    ["10", " 10 ", true],
    [" 10", "10", true],
    ["-1", "-1", true],
    ["-1", "1", false],
    ["+1", "1", true],
    ["ten", "10", "undetermined"],
    ["10", "x10", "undetermined"],
    ["10", "10x", "undetermined"],
    ["10", "1.2.3", "undetermined"],
    ["10", "10.", "undetermined"],
    ["10", ".1", "undetermined"],
    ["10", "--10", "undetermined"],
    ["10", "", "undetermined"],
    ["10", UNKNOWN, "undetermined"],
    ["10", ["1", SEGMENT], "undetermined"],
  ])("the number %s equals %p: %s", (wanted, found, expected) => {
    expect(compared("NumericEquals", wanted, found)).toBe(expected);
  });

  test.each<[wanted: string, found: Text, expected: Compared]>([
    [NEW_YEAR_SECONDS, NEW_YEAR, true],
    [NEW_YEAR, NEW_YEAR_SECONDS, true],
    ["2026", NEW_YEAR, true],
    ["2026-01-01", NEW_YEAR, true],
    ["2026-01-01T01:00:00+01:00", NEW_YEAR, true],
    ["2026-01-01T00:00:01Z", NEW_YEAR, false],
    ["2026-01-01T00:00Z", NEW_YEAR, true],
    ["2026-01-01T00:00:00.000Z", NEW_YEAR, true],
    ["2026-13-01", NEW_YEAR, "undetermined"],
    // Without a time zone the machine's own would decide.
    ["2026-01-01T00:00:00", NEW_YEAR, "undetermined"],
    ["2026-01-01 00:00:00Z", NEW_YEAR, "undetermined"],
    ["2026-01-01T00Z", NEW_YEAR, "undetermined"],
    ["2026-", NEW_YEAR, "undetermined"],
    // With fewer than five digits it is a year, with more it is seconds.
    ["10000", "1970-01-01T02:46:40Z", true],
    ["9999", "1970-01-01T02:46:39Z", false],
    ["tomorrow", NEW_YEAR, "undetermined"],
    ["Jan 1 2026", NEW_YEAR, "undetermined"],
    ["Jan 2026-01-01", NEW_YEAR, "undetermined"],
    [`x${NEW_YEAR_SECONDS}`, NEW_YEAR, "undetermined"],
    [`${NEW_YEAR_SECONDS}x`, NEW_YEAR, "undetermined"],
    [NEW_YEAR, UNKNOWN, "undetermined"],
  ])("the date %s equals %p: %s", (wanted, found, expected) => {
    expect(compared("DateEquals", wanted, found)).toBe(expected);
  });
});

describe("booleans", () => {
  test.each<[wanted: string, found: Text, expected: Compared]>([
    ["true", "true", true],
    ["True", "true", true],
    ["FALSE", "false", true],
    ["false", "true", false],
    ["true", "false", false],
    ["yes", "true", "undetermined"],
    ["true", "yes", "undetermined"],
    ["yes", "yes", "undetermined"],
    ["true", UNKNOWN, "undetermined"],
  ])("Bool %s with %p: %s", (wanted, found, expected) => {
    expect(compared("Bool", wanted, found)).toBe(expected);
  });
});

describe("addresses", () => {
  test.each<[wanted: string, found: Text, expected: Compared]>([
    ["203.0.113.0/24", IP, true],
    ["203.0.114.0/24", IP, false],
    ["203.0.113.0/0", "198.51.100.1", true],
    [IP, IP, true],
    [`${IP}/32`, IP, true],
    ["203.0.113.4", IP, false],
    ["203.0.113.4/32", IP, false],
    ["203.0.113.4/31", IP, true],
    ["2001:DB8:1234:5678::/64", "2001:db8:1234:5678::1", true],
    ["2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", false],
    ["2001:db8::1", "2001:db8::1", true],
    ["2001:db8::1", "2001:db8::2", false],
    ["2001:db8::1/128", "2001:db8::1", true],
    ["0.0.0.0/0", IP, true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["::/0", "2001:db8::1", true],
    ["203.0.113.0/-1", IP, "undetermined"],
    ["203.0.113.0/33", IP, "undetermined"],
    ["203.0.113.0/1.5", IP, "undetermined"],
    ["203.0.113.0/x", IP, "undetermined"],
    ["2001:db8::1/129", "2001:db8::1", "undetermined"],
    ["everywhere", IP, "undetermined"],
    ["203.0.113.0/24", UNKNOWN, "undetermined"],
    ["203.0.113.0/24", ["203.0.113.", SEGMENT], "undetermined"],
    // Every endpoint of AWS has an IPv4 address; not every one has an IPv6 address.
    ["0.0.0.0/0", UNKNOWN, true],
    ["::/0", UNKNOWN, "undetermined"],
  ])("IpAddress %s with %p: %s", (wanted, found, expected) => {
    expect(compared("IpAddress", wanted, found)).toBe(expected);
  });
});

test("values of a policy that are not known leave numbers, dates, booleans and addresses undetermined", () => {
  for (const name of ["NumericEquals", "DateEquals", "Bool", "IpAddress"]) {
    expect([name, shown(operatorOf(name).compare([UNKNOWN], "10"))]).toEqual([name, "undetermined"]);
  }
});

describe("a value of a request", () => {
  const matched = (wanted: readonly (readonly Token[] | undefined)[]): Compared =>
    shown(matchesOne(operatorOf("StringEquals"), wanted, "a"));

  test.each<[name: string, wanted: readonly (readonly Token[] | undefined)[], expected: Compared]>([
    ["none of no values", [], false],
    ["one of several values", [["b"], ["a"]], true],
    ["none of several values", [["b"], ["c"]], false],
    ["one value that is known, beside one that is not", [[UNKNOWN], ["a"]], true],
    ["perhaps one that is not known", [["b"], [UNKNOWN]], "undetermined"],
    ["no value of which a variable has none", [undefined], false],
    ["another value beside one of which a variable has none", [undefined, ["a"]], true],
  ])("matches %s", (_, wanted, expected) => {
    expect(matched(wanted)).toBe(expected);
  });
});
