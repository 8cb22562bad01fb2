import { InvalidPolicyDocument, parseStatements } from "../../iam/statement";

const parse = (document: unknown): unknown => parseStatements(JSON.stringify(document));
const statement = (more: object = {}): object => ({ Effect: "Allow", Action: "s3:*", Resource: "*", ...more });

test("a document's statements have every part as a list", () => {
  const Condition = { Bool: { "aws:SecureTransport": false }, NumericLessThan: { "s3:max-keys": [1, "2"] } };
  const more = { Sid: "Own", Principal: { AWS: "123456789012", Service: ["a", "b"] }, Condition };
  expect(parse({ Version: "2012-10-17", Id: "x", Statement: statement(more) })).toEqual([
    {
      sid: "Own",
      effect: "Allow",
      actions: { negated: false, values: ["s3:*"] },
      resources: { negated: false, values: ["*"] },
      principals: {
        negated: false,
        ids: [
          { type: "AWS", id: "123456789012" },
          { type: "Service", id: "a" },
          { type: "Service", id: "b" },
        ],
      },
      conditions: [
        { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
        { operator: "NumericLessThan", key: "s3:max-keys", values: ["1", "2"] },
      ],
    },
  ]);
});

test("negated elements, everybody, and a document without a version are read as such", () => {
  const negated = { Effect: "Deny", NotAction: ["a:b"], NotResource: "c", NotPrincipal: "*" };
  expect(parse({ Statement: [negated] })).toEqual([
    {
      sid: "",
      effect: "Deny",
      actions: { negated: true, values: ["a:b"] },
      resources: { negated: true, values: ["c"] },
      principals: { negated: true, ids: [{ type: "*", id: "*" }] },
      conditions: [],
      ignoresVariables: true,
    },
  ]);
});

test.each([
  [[], "The policy document must have a Statement. Add one."],
  ["text", "The policy document must be a JSON object. Write it with a Statement."],
  [{}, "The policy document must have a Statement. Add one."],
  [
    { statement: [] },
    "The policy document must contain only the elements Version, Id, Statement. Remove or correct the others: names are case-sensitive.",
  ],
  [{ Version: "2026", Statement: [] }, "Version must be one of 2012-10-17, 2008-10-17. Use 2012-10-17."],
  [{ Statement: ["x"] }, "Statement 1 must be a JSON object. Write it with Effect and Action."],
  [{ Statement: [null] }, "Statement 1 must be a JSON object. Write it with Effect and Action."],
  [
    { Statement: [statement(), statement({ Effect: "allow" })] },
    'The Effect of Statement 2 must be "Allow" or "Deny". Values are case-sensitive.',
  ],
  [
    { Statement: statement({ Effect: undefined }) },
    'The Effect of Statement 1 must be "Allow" or "Deny". Values are case-sensitive.',
  ],
  [
    { Statement: statement({ action: "s3:*" }) },
    "Statement 1 must contain only the elements Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition. Remove or correct the others: names are case-sensitive.",
  ],
  [{ Statement: statement({ Action: undefined }) }, "Statement 1 must have an Action or a NotAction. Add one."],
  [
    { Statement: statement({ NotAction: "s3:*" }) },
    "Action of Statement 1 conflicts with its NotAction. Remove one of them.",
  ],
  [{ Statement: statement({ Action: [1] }) }, "Action of Statement 1 must be a string or a list of strings."],
  [
    { Statement: statement({ Principal: "me" }) },
    'The Principal of Statement 1 must be "*" or an object of principals by type.',
  ],
  [
    { Statement: statement({ Principal: { AWS: 1 } }) },
    "Principal of Statement 1 must be a string or a list of strings.",
  ],
  [
    { Statement: statement({ Principal: { service: "s" } }) },
    "The types of principals in Statement 1 must be among AWS, Service, Federated, CanonicalUser. Types are case-sensitive.",
  ],
  [
    { Statement: statement({ Condition: { Bool: "x" } }) },
    "The Condition of Statement 1 must be an object of condition keys by operator.",
  ],
  [
    { Statement: statement({ Condition: { Bool: { k: "true" }, StringEquals: "x" } }) },
    "The Condition of Statement 1 must be an object of condition keys by operator.",
  ],
  [
    { Statement: statement({ Condition: { Bool: { k: [{}] } } }) },
    "The values in the Condition of Statement 1 must be strings, booleans or numbers.",
  ],
])("%j is no policy document", (document, message) => {
  expect(() => parse(document)).toThrow(new InvalidPolicyDocument(message));
});

test("what is no JSON is not quoted", () => {
  expect(() => parseStatements("{secret")).toThrow(
    new InvalidPolicyDocument("The policy document must be JSON. Correct its syntax."),
  );
});
