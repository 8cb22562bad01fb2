import {
  charactersOf,
  componentsOf,
  MANY,
  ONE,
  SEGMENT,
  type Text,
  textOf,
  type Token,
  tokensOf,
} from "../../iam/text";
import { UNKNOWN } from "../../iam/unknown";

test.each<[name: string, text: Text, tokens: readonly Token[]]>([
  ["a known text has its characters, wildcards included", "a*?", ["a", "*", "?"]],
  ["an empty text has none", "", []],
  ["an unknown text has one unknown token", UNKNOWN, [UNKNOWN]],
  ["a text known in parts keeps its unknown parts", ["ab", SEGMENT, "c", UNKNOWN], ["a", "b", SEGMENT, "c", UNKNOWN]],
])("%s", (_, text, tokens) => {
  expect(tokensOf(text)).toEqual(tokens);
});

test("the characters of a text outside of the basic plane are whole", () => {
  expect(charactersOf("a😀b")).toEqual(["a", "😀", "b"]);
});

test.each<[name: string, tokens: readonly Token[], text: string | undefined]>([
  ["characters", ["a", ":", "b"], "a:b"],
  ["no characters", [], ""],
  ["a wildcard", ["a", MANY], undefined],
  ["a wildcard for one character", [ONE, "a"], undefined],
  ["an unknown part", ["a", UNKNOWN], undefined],
  ["an unknown part without a colon", [SEGMENT], undefined],
])("the text of %s", (_, tokens, text) => {
  expect(textOf(tokens)).toBe(text);
});

const components = (text: Text): readonly string[] | undefined =>
  componentsOf(tokensOf(text))?.map((component) =>
    component.map((token) => (typeof token === "string" ? token : `<${token.description ?? ""}>`)).join(""),
  );

test.each<[name: string, text: Text, expected: readonly string[] | undefined]>([
  ["a whole ARN", "arn:aws:sns:eu-west-1:1:topic", ["arn", "aws", "sns", "eu-west-1", "1", "topic"]],
  ["an ARN without region and account", "arn:aws:s3:::bucket", ["arn", "aws", "s3", "", "", "bucket"]],
  ["a resource with colons", "arn:aws:logs:r:1:log-group:a:*", ["arn", "aws", "logs", "r", "1", "log-group:a:*"]],
  ["an incomplete ARN", "arn:aws:s3", ["arn", "aws", "s3"]],
  ["an empty text", "", [""]],
  [
    "a part without a colon that is not known",
    ["arn:aws:logs:", SEGMENT, ":1:a"],
    ["arn", "aws", "logs", "<not known, without a colon>", "1", "a"],
  ],
  [
    "a resource of which a part is not known",
    ["arn:aws:s3:::bucket/", UNKNOWN],
    ["arn", "aws", "s3", "", "", "bucket/<not known>"],
  ],
  ["an account that is not known and may hold a colon", ["arn:aws:logs:r:", UNKNOWN, ":a"], undefined],
  ["a text that is not known", UNKNOWN, undefined],
])("the components of %s", (_, text, expected) => {
  expect(components(text)).toEqual(expected);
});
