import { matches, matchesArn, matchesResource, wildcards } from "../../iam/pattern";
import { SEGMENT, type Text, type Token } from "../../iam/text";
import { type Planned, UNKNOWN } from "../../iam/unknown";

type Matched = boolean | "undetermined";
const matched = (value: Planned<boolean>): Matched => (value === UNKNOWN ? "undetermined" : value);

/** `*` and `?` are wildcards; a part that is not known stands as it is. */
const patternOf = (...parts: readonly (string | typeof UNKNOWN | typeof SEGMENT)[]): readonly Token[] =>
  parts.flatMap((part): readonly Token[] => (typeof part === "string" ? wildcards(part) : [part]));

test.each<[name: string, pattern: readonly Token[], value: Text, expected: Matched]>([
  ["* covers a value that is not known", patternOf("*"), UNKNOWN, true],
  ["a* covers a value of which the start is known", patternOf("a*"), ["a", UNKNOWN], true],
  ["a pattern covers one of the texts that a value may be", patternOf("ab"), ["a", UNKNOWN], "undetermined"],
  ["a pattern covers none of the texts that a value may be", patternOf("b*"), ["a", UNKNOWN], false],
  ["a part that is not known may be empty", patternOf("ab"), ["ab", UNKNOWN], "undetermined"],
  ["a part that is not known may be in the middle", patternOf("abc"), ["a", UNKNOWN, "c"], "undetermined"],
  ["the known end of a value decides", patternOf("abd"), ["a", UNKNOWN, "c"], false],
  ["? covers one character beside a part that is not known", patternOf("a?c"), ["ab", UNKNOWN], "undetermined"],
  ["? needs a character", patternOf("ab?"), ["ab", UNKNOWN], "undetermined"],
  ["? covers no certain character of a part that is not known", patternOf("a?"), ["a", SEGMENT], "undetermined"],
  ["a part without a colon may be any name", patternOf("a:b"), ["a:", SEGMENT], "undetermined"],
  ["a part without a colon is no part with one", patternOf("a:b"), ["a", SEGMENT, "b"], false],
  ["a part that is not known may have a colon", patternOf("a:b"), ["a", UNKNOWN, "b"], "undetermined"],
  ["a pattern with a part that is not known", patternOf("a", UNKNOWN), "abc", "undetermined"],
  ["a pattern with another start than the value", patternOf("b", UNKNOWN), "abc", false],
  ["a pattern with another end than the value", patternOf(UNKNOWN, "b"), "abc", false],
  ["a pattern that is not known, of an empty value", patternOf(UNKNOWN), "", "undetermined"],
  ["a pattern with a part without a colon, of a name", patternOf("a", SEGMENT), "abc", "undetermined"],
  ["a pattern with a part without a colon, of an ARN", patternOf(SEGMENT), "a:b", false],
  ["pattern and value of which nothing is known", patternOf(UNKNOWN), UNKNOWN, "undetermined"],
  ["pattern and value that end in a part that is not known", patternOf("a", UNKNOWN), ["a", UNKNOWN], "undetermined"],
  ["pattern and value with different starts", patternOf("a", UNKNOWN), ["b", UNKNOWN], false],
  ["pattern and value with different ends", patternOf(UNKNOWN, "a"), [UNKNOWN, "b"], false],
  ["a pattern longer than the value", patternOf("abc", UNKNOWN), "ab", false],
  ["a value longer than the pattern", patternOf("ab"), ["abc", UNKNOWN], false],
  ["a wildcard before a known end", patternOf("*c"), ["a", SEGMENT, "d"], false],
  ["a wildcard before a known end that fits", patternOf("*d"), ["a", SEGMENT, "d"], true],
])("%s", (_, pattern, value, expected) => {
  expect(matched(matches(pattern, value, { ignoresCase: false }))).toBe(expected);
});

test("letters in another case match where the case is ignored", () => {
  expect(matches(patternOf("S3:put*"), "s3:PutObject", { ignoresCase: true })).toBe(true);
  expect(matches(patternOf("S3:put*"), "s3:PutObject", { ignoresCase: false })).toBe(false);
  expect(matches(patternOf("s3:PutObject", UNKNOWN), ["S3:putobject", UNKNOWN], { ignoresCase: true })).toBe(UNKNOWN);
});

const STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a";

test.each<[name: string, pattern: readonly Token[], arn: Matched, resource: Matched]>([
  ["everything", patternOf("*"), true, true],
  ["the ARN itself", patternOf(STREAM), true, true],
  ["wildcards in each component", patternOf("arn:*:fire*:*:*:*/?"), true, true],
  [
    "a wildcard for region and account",
    patternOf("arn:aws:firehose:*:deliverystream/a"),
    "undetermined",
    "undetermined",
  ],
  ["a wildcard across colons, with six components", patternOf("arn:*:a:b:c:d"), false, false],
  ["an ARN that ends early", patternOf("arn:aws:firehose"), false, true],
  ["an ARN of another service that ends early", patternOf("arn:aws:s3"), false, false],
  ["an ARN that ends early with a wildcard", patternOf("arn:aws:firehose:*"), "undetermined", true],
  ["another account", patternOf("arn:aws:firehose:*:210987654321:*"), false, false],
  ["an account that is not known", patternOf("arn:aws:firehose:*:", SEGMENT, ":*"), "undetermined", "undetermined"],
  [
    "a part that is not known",
    patternOf("arn:aws:firehose:", UNKNOWN, ":deliverystream/a"),
    "undetermined",
    "undetermined",
  ],
  ["a part that is not known, of another stream", patternOf("arn:", UNKNOWN, ":deliverystream/b"), false, false],
  [
    "a part that is not known in the name",
    patternOf("arn:*:*:*:*:deliverystream/", UNKNOWN),
    "undetermined",
    "undetermined",
  ],
  ["one letter", patternOf("a"), false, false],
  ["everything that ends otherwise", patternOf("*b"), false, false],
])("the ARN of a stream like %s, in a condition and as a resource", (_, pattern, arn, resource) => {
  expect([matched(matchesArn(pattern, STREAM)), matched(matchesResource(pattern, STREAM))]).toEqual([arn, resource]);
});

test("a text that is no ARN is compared as a whole as a resource, and not determined as an ARN", () => {
  expect(matchesResource(patternOf("a*"), "abc")).toBe(true);
  expect(matchesResource(patternOf("a:b"), "abc")).toBe(false);
  expect(matchesArn(patternOf("a*"), "abc")).toBe(UNKNOWN);
  expect(matchesArn(patternOf("arn:*:*:*:*:*"), UNKNOWN)).toBe(UNKNOWN);
  expect(matchesArn(patternOf("b*"), "abc")).toBe(false);
});
