import type { ContextValue } from "../../iam/context";
import { meetsCondition } from "../../iam/condition";
import { UNKNOWN } from "../../iam/unknown";
import { PAGE, type Page, shown } from "./tables";

type Met = boolean | "undetermined";
type ConditionRow = readonly [
  operator: string,
  values: readonly string[],
  found: ContextValue | undefined,
  expected: Met,
  page: Page,
];

const IP = "203.0.113.5";
const ARN = "arn:aws:logs:eu-west-1:123456789012:log-group:app";

const ROWS: readonly ConditionRow[] = [
  ["StringEquals", ["a"], ["a"], true, "operators"],
  ["StringEquals", ["A"], ["a"], false, "operators"],
  ["StringEquals", ["b", "a"], ["a"], true, "operators"],
  ["StringEquals", ["a*"], ["ab"], false, "operators"],
  ["StringEquals", ["*"], ["*"], true, "operators"],
  ["StringEquals", ["a"], "absent", false, "operators"],
  ["StringEquals", ["a"], undefined, "undetermined", "operators"],
  ["StringEquals", [], ["a"], false, "operators"],
  ["StringNotEquals", ["a"], ["a"], false, "operators"],
  ["StringNotEquals", ["a", "b"], ["b"], false, "operators"],
  ["StringNotEquals", ["a"], ["b"], true, "operators"],
  ["StringNotEquals", ["a"], "absent", true, "operators"],
  ["StringNotEquals", ["${aws:none}"], ["a"], true, "variables"],
  ["StringNotEqualsIgnoreCase", ["ABC"], ["abc"], false, "operators"],
  ["StringLike", ["a*c?"], ["abbcd"], true, "operators"],
  ["StringLike", ["A*"], ["abc"], false, "operators"],
  ["StringLike", ["*"], [""], true, "operators"],
  ["StringLike", ["*"], "absent", false, "operators"],
  ["StringLike", ["a${*}"], ["ab"], false, "variables"],
  ["StringNotLike", ["a*"], ["abc"], false, "operators"],
  ["StringNotLike", ["a*"], "absent", true, "operators"],
  ["StringEqualsIfExists", ["a"], "absent", true, "operators"],
  ["StringEqualsIfExists", ["a"], ["b"], false, "operators"],
  ["StringEqualsIfExists", ["a"], undefined, "undetermined", "operators"],
  ["StringLikeIfExists", ["*"], undefined, true, "operators"],
  ["StringNotEqualsIfExists", ["a"], "absent", true, "operators"],
  ["StringNotEqualsIfExists", ["a"], ["a"], false, "operators"],
  ["NumericLessThan", ["10"], ["9"], true, "operators"],
  ["NumericNotEquals", ["10"], ["10"], false, "operators"],
  ["NumericNotEquals", ["10"], "absent", true, "operators"],
  ["NumericLessThanIfExists", ["10"], "absent", true, "operators"],
  ["DateLessThan", ["2030-01-01T00:00:00Z"], ["2026-01-01T00:00:00Z"], true, "operators"],
  ["DateNotEquals", ["2026-01-01"], ["2026-01-01T00:00:00Z"], false, "operators"],
  ["Bool", ["true"], ["true"], true, "operators"],
  ["Bool", ["false"], ["true"], false, "operators"],
  ["Bool", ["false"], "absent", false, "operators"],
  ["BoolIfExists", ["false"], "absent", true, "operators"],
  ["BoolIfExists", ["false"], ["true"], false, "operators"],
  ["IpAddress", ["203.0.113.0/24"], [IP], true, "operators"],
  ["IpAddress", ["203.0.113.0/24"], "absent", false, "operators"],
  ["NotIpAddress", ["203.0.113.0/24"], [IP], false, "operators"],
  ["NotIpAddress", ["203.0.113.0/24"], "absent", true, "operators"],
  ["ArnEquals", [ARN], [ARN], true, "operators"],
  ["ArnEquals", ["arn:aws:logs:*:123456789012:*"], [ARN], true, "operators"],
  ["ArnLike", ["arn:aws:logs:*:123456789012:*"], [ARN], true, "operators"],
  ["ArnLike", ["arn:aws:logs:*:210987654321:*"], [ARN], false, "operators"],
  ["ArnLike", ["*"], [ARN], true, "operators"],
  ["ArnLike", ["arn:aws:logs:*"], [ARN], "undetermined", "operators"],
  ["ArnLike", ["arn:aws:LOGS:*:123456789012:*"], [ARN], false, "operators"],
  ["ArnLike", ["arn:aws:logs:*:*app"], [ARN], "undetermined", "operators"],
  ["ArnNotLike", ["arn:aws:logs:*:123456789012:*"], [ARN], false, "operators"],
  ["ArnNotEquals", ["arn:aws:logs:*:210987654321:*"], "absent", true, "operators"],
  ["Null", ["true"], "absent", true, "operators"],
  ["Null", ["true"], ["a"], false, "operators"],
  ["Null", ["false"], ["a"], true, "operators"],
  ["Null", ["false"], "absent", false, "operators"],
  ["Null", ["false"], undefined, "undetermined", "operators"],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true, "multivalued"],
  ["ForAllValues:StringEquals", ["a"], ["a", "b"], false, "multivalued"],
  ["ForAllValues:StringEquals", ["a"], "absent", true, "multivalued"],
  ["ForAllValues:StringEquals", ["a"], [], true, "multivalued"],
  ["ForAllValues:StringNotEquals", ["a"], ["b", "c"], true, "multivalued"],
  ["ForAllValues:StringNotEquals", ["a"], ["a", "c"], false, "multivalued"],
  ["ForAllValues:StringLike", ["*"], undefined, true, "multivalued"],
  ["ForAnyValue:StringEquals", ["a"], ["a", "b"], true, "multivalued"],
  ["ForAnyValue:StringEquals", ["c"], ["a", "b"], false, "multivalued"],
  ["ForAnyValue:StringEquals", ["a"], "absent", false, "multivalued"],
  ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true, "multivalued"],
  ["ForAnyValue:StringNotEquals", ["a"], "absent", false, "multivalued"],
  ["ForAnyValue:StringEqualsIfExists", ["a"], "absent", true, "multivalued"],
  ["stringequals", ["a"], ["a"], "undetermined", "operators"],
  ["XForAllValues:StringEquals", ["a"], ["a"], "undetermined", "operators"],
  ["StringEqualsIfExists", ["a"], [], true, "operators"],
  ["StringNotEqualsIfExists", ["a"], undefined, "undetermined", "operators"],
  ["StringLike", ["*"], undefined, "undetermined", "operators"],
  ["StringLikeIfExists", ["a*"], undefined, "undetermined", "operators"],
  ["StringLikeIfExists", ["a*", "*"], undefined, true, "operators"],
  ["StringNotLikeIfExists", ["*"], undefined, "undetermined", "operators"],
  ["StringEqualsIfExists", ["*"], undefined, "undetermined", "operators"],
  ["StringNotLike", ["*"], undefined, "undetermined", "operators"],
  ["ForAnyValue:StringLike", ["*"], undefined, "undetermined", "multivalued"],
  ["ForAllValues:StringNotLike", ["*"], undefined, "undetermined", "multivalued"],
  ["ForAllValues:StringEquals", ["*"], undefined, "undetermined", "multivalued"],
  ["StringLike", ["a*b"], ["ab"], true, "operators"],
  ["StringLike", ["a*b*c"], ["abxbc"], true, "operators"],
  ["StringLike", ["a*b"], ["abx"], false, "operators"],
  ["NumericEquals", ["${aws:Key}"], ["10"], "undetermined", "variables"],
  ["Bool", ["${aws:Key}"], ["true"], true, "variables"],
  ["IpAddress", ["0.0.0.0/0"], [UNKNOWN], true, "operators"],
  ["IpAddress", ["${aws:Key}"], [IP], "undetermined", "variables"],
  ["ArnLike", ["arn:aws:logs:*"], ["arn:aws:s3:::failed"], false, "operators"],
  ["ArnLike", ["*:other"], [ARN], false, "operators"],
  ["ArnLike", ["a"], [ARN], false, "operators"],
  ["ArnLike", ["arn:aws:logs:*:123456789012:*"], ["app"], false, "operators"],
  ["ArnLike", ["arn:aws:logs:*:123456789012:*"], [UNKNOWN], "undetermined", "operators"],
  ["ArnLike", ["arn:aws:logs:*:${aws:Unknown}:*"], [ARN], "undetermined", "variables"],
  ["ArnLike", ["arn:aws:s3:*:${aws:Unknown}:*"], [ARN], false, "variables"],
  ["ArnLike", ["arn:aws:logs:*:*:log-group:app:*"], [`${ARN}:*`], true, "operators"],
  ["Null", ["True"], "absent", true, "operators"],
  ["Null", ["FALSE"], ["a"], true, "operators"],
  ["Null", ["maybe"], ["a"], "undetermined", "operators"],
  ["NullIfExists", ["true"], "absent", "undetermined", "operators"],
  ["StringEquals", ["${aws:Key}"], ["a"], true, "variables"],
  ["StringEquals", ["x-${aws:Key}-${aws:Key}"], ["x-a-a"], false, "variables"],
  ["StringEquals", ["${aws:None, 'a'}"], ["a"], true, "variables"],
  ["StringLike", ["${aws:None, '*'}"], ["a"], false, "variables"],
  ["StringEquals", ["${}"], ["a"], "undetermined", "variables"],
  ["ForAnyValue:StringEquals", ["${aws:Key}"], ["a", "b"], false, "variables"],
  ["StringMatches", ["a"], ["a"], "undetermined", "operators"],
];

test.each(ROWS)("%s %j with %j", (operator, values, found, expected, page) => {
  const context = new Map<string, ContextValue>([
    ["aws:none", "absent"],
    ...(found === undefined ? [] : [["aws:key", found] as const]),
  ]);
  expect({ met: shown(meetsCondition({ operator, key: "aws:Key", values }, context)), page: PAGE[page] }).toEqual({
    met: expected,
    page: PAGE[page],
  });
});

test("a policy without variables compares ${…} as it is", () => {
  const context = new Map<string, ContextValue>([
    ["aws:key", ["${aws:none}"]],
    ["aws:none", "absent"],
  ]);
  const condition = { operator: "StringEquals", key: "aws:Key", values: ["${aws:none}"] };
  expect(meetsCondition(condition, context, { ignoresVariables: true })).toBe(true);
  expect(meetsCondition(condition, context, { ignoresVariables: false })).toBe(false);
  expect(meetsCondition(condition, context)).toBe(false);
});

test("values that are not known leave Null, a range of addresses and a number undetermined", () => {
  const context = new Map<string, ContextValue>([["aws:key", ["10"]]]);
  for (const operator of ["Null", "IpAddress", "NumericEquals", "Bool", "ArnLike"]) {
    expect(meetsCondition({ operator, key: "aws:Key", values: [UNKNOWN] }, context)).toBe(UNKNOWN);
  }
});

test("a key or a value that is not known leaves a condition undetermined, unless another value is met", () => {
  const context = new Map<string, ContextValue>([["aws:key", ["a"]]]);
  const operator = "StringEquals";
  expect(meetsCondition({ operator, key: UNKNOWN, values: ["a"] }, context)).toBe(UNKNOWN);
  expect(meetsCondition({ operator, key: "aws:key", values: [UNKNOWN] }, context)).toBe(UNKNOWN);
  expect(meetsCondition({ operator, key: "aws:key", values: [UNKNOWN, "a"] }, context)).toBe(true);
  expect(
    meetsCondition({ operator, key: "aws:key", values: [UNKNOWN] }, new Map([["aws:key", "absent" as const]])),
  ).toBe(false);
});
