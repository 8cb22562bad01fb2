import { matches, matchesArn, matchesResource, wildcards } from "../../iam/pattern";
import { SEGMENT, type Text, type Token } from "../../iam/text";
import { UNKNOWN } from "../../iam/unknown";
import { shown } from "./tables";

type Matched = boolean | "undetermined";
type PatternParts = readonly (string | typeof UNKNOWN | typeof SEGMENT)[];

/** `*` and `?` are wildcards; a part that is not known stands as it is. */
const patternOf = (...parts: PatternParts): readonly Token[] =>
  parts.flatMap((part): readonly Token[] => (typeof part === "string" ? wildcards(part) : [part]));

test.each<[name: string, parts: PatternParts, value: Text, expected: Matched]>([
  ["* covers a value that is not known", ["*"], UNKNOWN, true],
  ["a* covers a value of which the start is known", ["a*"], ["a", UNKNOWN], true],
  ["a pattern covers one of the texts that a value may be", ["ab"], ["a", UNKNOWN], "undetermined"],
  ["a pattern covers none of the texts that a value may be", ["b*"], ["a", UNKNOWN], false],
  ["a part that is not known may be empty", ["ab"], ["ab", UNKNOWN], "undetermined"],
  ["a part that is not known may be in the middle", ["abc"], ["a", UNKNOWN, "c"], "undetermined"],
  ["the known end of a value decides", ["abd"], ["a", UNKNOWN, "c"], false],
  ["? covers one character beside a part that is not known", ["a?c"], ["ab", UNKNOWN], "undetermined"],
  ["? needs a character", ["ab?"], ["ab", UNKNOWN], "undetermined"],
  ["? covers no certain character of a part that is not known", ["a?"], ["a", SEGMENT], "undetermined"],
  ["a part without a colon may be any name", ["a:b"], ["a:", SEGMENT], "undetermined"],
  ["a part without a colon is no part with one", ["a:b"], ["a", SEGMENT, "b"], false],
  ["a part that is not known may have a colon", ["a:b"], ["a", UNKNOWN, "b"], "undetermined"],
  ["a pattern with a part that is not known", ["a", UNKNOWN], "abc", "undetermined"],
  ["a pattern with another start than the value", ["b", UNKNOWN], "abc", false],
  ["a pattern with another end than the value", [UNKNOWN, "b"], "abc", false],
  ["a pattern that is not known, of an empty value", [UNKNOWN], "", "undetermined"],
  ["a pattern with a part without a colon, of a name", ["a", SEGMENT], "abc", "undetermined"],
  ["a pattern with a part without a colon, of an ARN", [SEGMENT], "a:b", false],
  ["pattern and value of which nothing is known", [UNKNOWN], UNKNOWN, "undetermined"],
  ["pattern and value that end in a part that is not known", ["a", UNKNOWN], ["a", UNKNOWN], "undetermined"],
  ["pattern and value with different starts", ["a", UNKNOWN], ["b", UNKNOWN], false],
  ["pattern and value with different ends", [UNKNOWN, "a"], [UNKNOWN, "b"], false],
  ["a pattern longer than the value", ["abc", UNKNOWN], "ab", false],
  ["a value longer than the pattern", ["ab"], ["abc", UNKNOWN], false],
  ["a wildcard before a known end", ["*c"], ["a", SEGMENT, "d"], false],
  ["a wildcard before a known end that fits", ["*d"], ["a", SEGMENT, "d"], true],
])("%s", (_, parts, value, expected) => {
  expect(shown(matches(patternOf(...parts), value, { ignoresCase: false }))).toBe(expected);
});

test("letters in another case match where the case is ignored", () => {
  expect(matches(patternOf("S3:put*"), "s3:PutObject", { ignoresCase: true })).toBe(true);
  expect(matches(patternOf("S3:put*"), "s3:PutObject", { ignoresCase: false })).toBe(false);
  expect(matches(patternOf("s3:PutObject", UNKNOWN), ["S3:putobject", UNKNOWN], { ignoresCase: true })).toBe(UNKNOWN);
});

const STREAM = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a";

test.each<[name: string, parts: PatternParts, arn: Matched, resource: Matched]>([
  ["everything", ["*"], true, true],
  ["the ARN itself", [STREAM], true, true],
  ["wildcards in each component", ["arn:*:fire*:*:*:*/?"], true, true],
  ["a wildcard for region and account", ["arn:aws:firehose:*:deliverystream/a"], "undetermined", "undetermined"],
  ["a wildcard across colons, with six components", ["arn:*:a:b:c:d"], false, false],
  ["an ARN that ends early", ["arn:aws:firehose"], false, true],
  ["an ARN of another service that ends early", ["arn:aws:s3"], false, false],
  ["an ARN that ends early with a wildcard", ["arn:aws:firehose:*"], "undetermined", true],
  ["another account", ["arn:aws:firehose:*:210987654321:*"], false, false],
  ["an account that is not known", ["arn:aws:firehose:*:", SEGMENT, ":*"], "undetermined", "undetermined"],
  ["a part that is not known", ["arn:aws:firehose:", UNKNOWN, ":deliverystream/a"], "undetermined", "undetermined"],
  ["a part that is not known, of another stream", ["arn:", UNKNOWN, ":deliverystream/b"], false, false],
  ["a part that is not known in the name", ["arn:*:*:*:*:deliverystream/", UNKNOWN], "undetermined", "undetermined"],
  ["one letter", ["a"], false, false],
  ["everything that ends otherwise", ["*b"], false, false],
])("the ARN of a stream like %s, in a condition and as a resource", (_, parts, arn, resource) => {
  const pattern = patternOf(...parts);
  expect([shown(matchesArn(pattern, STREAM)), shown(matchesResource(pattern, STREAM))]).toEqual([arn, resource]);
});

test("a text that is no ARN is compared as a whole as a resource, and not determined as an ARN", () => {
  expect(matchesResource(patternOf("a*"), "abc")).toBe(true);
  expect(matchesResource(patternOf("a:b"), "abc")).toBe(false);
  expect(matchesArn(patternOf("a*"), "abc")).toBe(UNKNOWN);
  expect(matchesArn(patternOf("arn:*:*:*:*:*"), UNKNOWN)).toBe(UNKNOWN);
  expect(matchesArn(patternOf("b*"), "abc")).toBe(false);
});
