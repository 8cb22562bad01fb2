import { and, not, or } from "../../iam/logic";
import { type Planned, UNKNOWN } from "../../iam/unknown";

type Truth = Planned<boolean>;

test.each<[parts: readonly Truth[], ofAnd: Truth, ofOr: Truth]>([
  [[], true, false],
  [[true], true, true],
  [[false], false, false],
  [[UNKNOWN], UNKNOWN, UNKNOWN],
  [[true, true], true, true],
  [[true, false], false, true],
  [[false, true], false, true],
  [[false, false], false, false],
  [[true, UNKNOWN], UNKNOWN, true],
  [[UNKNOWN, true], UNKNOWN, true],
  [[false, UNKNOWN], false, UNKNOWN],
  [[UNKNOWN, false], false, UNKNOWN],
  [[UNKNOWN, UNKNOWN], UNKNOWN, UNKNOWN],
  [[true, UNKNOWN, false], false, true],
])("of %p, and() is %p, or() is %p", (parts, ofAnd, ofOr) => {
  expect(and(...parts)).toBe(ofAnd);
  expect(or(...parts)).toBe(ofOr);
});

test.each<[part: Truth, expected: Truth]>([
  [true, false],
  [false, true],
  [UNKNOWN, UNKNOWN],
])("not() of %p is %p", (part, expected) => {
  expect(not(part)).toBe(expected);
});
