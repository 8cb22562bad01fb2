import type { ContextValue } from "../../iam/context";
import type { Token } from "../../iam/text";
import { UNKNOWN } from "../../iam/unknown";
import { replaceVariables } from "../../iam/variables";

/** What a value stands for: `*` and `?` as `<*>` and `<?>` where they are wildcards, and what is not known as `<not known>`. */
function replaced(value: string, options: { hasWildcards?: boolean; hasVariables?: boolean } = {}): string | undefined {
  const context = new Map<string, ContextValue>([
    ["aws:key", ["a*"]],
    ["aws:partial", [["a", UNKNOWN]]],
    ["aws:none", "absent"],
    ["aws:empty", []],
    ["aws:several", ["a", "b"]],
    ["saml:sub", ["s"]],
  ]);
  const tokens = replaceVariables(value, { context, hasWildcards: false, hasVariables: true, ...options });
  return tokens?.map((token: Token) => (typeof token === "string" ? token : `<${token.description ?? ""}>`)).join("");
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
describe("a variable", () => {
  test.each<[value: string, expected: string | undefined]>([
    ["${aws:Key}", "a*"],
    ["${AWS:KEY}", "a*"],
    ["${ aws:Key }", "a*"],
    ["${saml:sub}", "s"],
    ["x-${aws:Key}-${saml:sub}-y", "x-a*-s-y"],
    ["${aws:Key}${aws:Key}", "a*a*"],
    ["${aws:Partial}-b", "a<not known>-b"],
    ["${aws:Unlisted}", "<not known>"],
    ["x${aws:Unlisted}y", "x<not known>y"],
  ])("%s stands for the value in the request: %s", (value, expected) => {
    expect(replaced(value)).toBe(expected);
  });

  test.each<[value: string, expected: string | undefined]>([
    ["${aws:None, 'd'}", "d"],
    ["${aws:None,'d'}", "d"],
    ["${aws:None , 'd' }", "d"],
    ["${aws:None, ''}", ""],
    ["${aws:None, 'd*'}-x", "d*-x"],
    ["${aws:Empty, 'd'}", "d"],
    ["${aws:Key, 'd'}", "a*"],
    ["${aws:Unlisted, 'd'}", "<not known>"],
  ])("%s has a default for a request without the key: %s", (value, expected) => {
    expect(replaced(value)).toBe(expected);
  });

  test.each(["${aws:None}", "x${aws:None}", "${aws:Key}${aws:None}", "${aws:Empty}", "${aws:Several}"])(
    "%s has no value: nothing equals the whole",
    (value) => {
      expect(replaced(value)).toBeUndefined();
    },
  );

  test("with several values has none, whatever its default is", () => {
    expect(replaced("${aws:Several, 'd'}")).toBeUndefined();
  });

  test.each(["${aws:None, d}", "${x aws:None}", "${aws:None, 'd' x}", "${aws:None 'd'}", "${aws:None,}", "${}"])(
    "%s, which IAM does not document, is not known",
    (value) => {
      expect(replaced(value)).toBe("<not known>");
    },
  );
});

describe("a character that a variable escapes", () => {
  test.each([
    ["${*}", "*"],
    ["${?}", "?"],
    ["${$}", "$"],
    ["${$}{aws:Key}", "${aws:Key}"],
  ])("%s is %s, and no wildcard", (value, expected) => {
    expect(replaced(value)).toBe(expected);
    expect(replaced(value, { hasWildcards: true })).toBe(expected);
  });
});

describe("a value", () => {
  test.each(["", "a", "$", "$aws:Key", "{aws:Key}", "${aws:Key", "a}"])("%j without variables is as it is", (value) => {
    expect(replaced(value)).toBe(value);
  });

  test.each([
    ["a*b?", "a<*>b<?>"],
    ["*${aws:Key}?", "<*>a*<?>"],
    ["*${aws:None, '*'}", "<*>*"],
  ])("%s has wildcards where the operator has them, and none from its variables", (value, expected) => {
    expect(replaced(value, { hasWildcards: true })).toBe(expected);
  });

  test("has no wildcards where the operator has none", () => {
    expect(replaced("a*${aws:Key}?")).toBe("a*a*?");
  });

  test("of a policy without variables is as it is, with its wildcards", () => {
    expect(replaced("${aws:None}-*", { hasVariables: false })).toBe("${aws:None}-*");
    expect(replaced("${aws:None}-*", { hasVariables: false, hasWildcards: true })).toBe("${aws:None}-<*>");
  });
});
