import { UndeterminedError } from "../../../cli/exit-codes";
import { conditionTexts, namesOf, resourceRulesOf, rulesOf } from "../../../cli/verify/rules";
import { document } from "../../helpers/statements";

const statement = (fields: object = {}): object => ({ Effect: "Allow", Action: "s3:*", Resource: "*", ...fields });

describe("the rules of a policy", () => {
  test("have its name, in the order of its statements", () => {
    const rules = rulesOf("Policy", document(statement(), statement({ Effect: "Deny" })));
    expect(rules.map(({ policy, effect }) => [policy, effect])).toEqual([
      ["Policy", "Allow"],
      ["Policy", "Deny"],
    ]);
  });

  test("are the same in URL encoding, as IAM returns it", () => {
    const text = document(statement({ Resource: "arn:aws:s3:::a b/100%" }));
    expect(rulesOf("Policy", encodeURIComponent(text))).toEqual(rulesOf("Policy", text));
  });

  test("are none without a document", () => {
    expect(rulesOf("None", undefined)).toEqual([]);
  });

  test.each([
    ["{", "The policy document must be JSON. Correct its syntax."],
    ["%E0%A4%A", "URI malformed"],
  ])("are undetermined of a document that is not understood: %j", (text, reason) => {
    const read = (): unknown => rulesOf("Broken", text);
    expect(read).toThrow(UndeterminedError);
    expect(read).toThrow(`The document of Broken cannot be parsed: ${reason}`);
  });
});

describe("the rules of a resource's policy", () => {
  test("name their statement by its Sid, else by its number", () => {
    const rules = resourceRulesOf("the bucket's policy", document(statement({ Sid: "TlsOnly" }), statement()));
    expect(rules.map((rule) => rule.statement)).toEqual(["statement TlsOnly", "statement 2"]);
  });

  test("shorten a long Sid", () => {
    const [rule] = resourceRulesOf("policy", document(statement({ Sid: "x".repeat(101) })));
    expect(rule?.statement).toBe(`statement ${"x".repeat(99)}…`);
  });
});

test("rules are named by their policy, each once, of a resource's policy with the statement", () => {
  const rules = [
    ...rulesOf("One", document(statement(), statement())),
    ...resourceRulesOf("the key's policy", document(statement(), statement({ Sid: "B" }))),
  ];
  expect(namesOf(rules)).toBe("One, statement 1 of the key's policy, statement B of the key's policy");
});

test("conditions are named as the policy has them, each once", () => {
  const Condition = { StringEquals: { "aws:SourceAccount": ["1", "2"] }, Bool: { "aws:SecureTransport": "true" } };
  const rules = rulesOf("One", document(statement({ Condition }), statement({ Condition })));
  expect(conditionTexts(rules.flatMap(({ conditions }) => conditions))).toBe(
    "StringEquals aws:SourceAccount 1, 2; Bool aws:SecureTransport true",
  );
});
