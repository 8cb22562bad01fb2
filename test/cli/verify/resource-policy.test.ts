import { UndeterminedError } from "../../../cli/exit-codes";
import type { Outcome } from "../../../cli/checks/check";
import { bucketPolicyOutcome, everybodyOutcome } from "../../../cli/verify/resource-policy";
import { resourceRulesOf, type NamedStatement } from "../../../cli/verify/rules";
import { LOCATION, SECRET_ARN } from "../../helpers/account";
import { outcomeLine } from "../../helpers/outcomes";
import { document } from "../../helpers/statements";

const OTHER = "210987654321";
const BUCKET = "arn:aws:s3:::backup";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";

const policy = (...statements: readonly object[]): NamedStatement[] =>
  resourceRulesOf("the policy", document(...statements));
const allow = (Principal: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Principal,
  Action: "s3:PutObject",
  Resource: `${BUCKET}/*`,
  ...more,
});

describe("the statements of a resource's policy", () => {
  test("are named by their Sid, else by their number", () => {
    expect(policy(allow("*", { Sid: "Public" }), allow("*")).map(({ statement }) => statement)).toEqual([
      "statement Public",
      "statement 2",
    ]);
  });

  test("are none without a policy", () => {
    expect(resourceRulesOf("the policy", undefined)).toEqual([]);
  });

  test("never appear in the message about a document that is not understood", () => {
    expect(() => resourceRulesOf("the bucket's policy", '{"Statement": [{"Secret": "s3cr3t"}]}')).toThrow(
      new UndeterminedError(
        "The document of the bucket's policy cannot be parsed: Statement 1 must contain only the elements Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition. Remove or correct the others: names are case-sensitive.",
      ),
    );
  });
});

describe("the policy of a bucket", () => {
  const outcome = (...statements: readonly object[]): Outcome =>
    bucketPolicyOutcome(policy(...statements), BUCKET, LOCATION);

  test("may be none, and may let in the account itself and a service on its behalf", () => {
    const service = allow(
      { Service: "logging.s3.amazonaws.com" },
      { Condition: { StringEquals: { "aws:SourceAccount": LOCATION.accountId } } },
    );
    expect(outcomeLine(outcome())).toBe("ok bucket policy: none");
    expect(outcomeLine(outcome(allow({ AWS: LOCATION.accountId }), service))).toBe(
      "ok bucket policy: allows nobody outside of the account",
    );
  });

  test("lets everybody in", () => {
    expect(outcome(allow("*", { Sid: "Public", Action: "s3:*" }))).toEqual({
      name: "bucket policy",
      verdict: "problem",
      found: "statement Public allows everybody s3:GetObject",
      remedy: "Name only principals of the bucket's own account.",
    });
  });

  test("lets another account in", () => {
    expect(outcomeLine(outcome(allow({ AWS: `arn:aws:iam::${OTHER}:root` })))).toBe(
      `problem bucket policy: statement 1 allows AWS:arn:aws:iam::${OTHER}:root s3:PutObject`,
    );
  });

  test("lets nobody in where a Deny outweighs it", () => {
    const deny = allow("*", { Effect: "Deny", Action: "*", Resource: [BUCKET, `${BUCKET}/*`] });
    expect(outcomeLine(outcome(allow("*"), deny))).toBe("ok bucket policy: allows nobody outside of the account");
  });

  test("lets a service in on behalf of any account", () => {
    expect(outcome(allow({ Service: "cloudtrail.amazonaws.com" }))).toEqual({
      name: "bucket policy",
      verdict: "problem",
      found: "it allows cloudtrail.amazonaws.com on behalf of any account",
      remedy: "Add a condition on aws:SourceAccount.",
    });
  });

  test("may let others in under a condition that cannot be evaluated", () => {
    const inOrganization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
    expect(outcome(allow("*", inOrganization))).toEqual({
      name: "bucket policy",
      verdict: "unknown",
      found: "statement 1 may allow everybody s3:PutObject, depending on its conditions",
      remedy: "Make sure that only principals of the bucket's own account meet them, or name only those.",
    });
  });
});

describe("the policy of a key or a secret", () => {
  const use = (Principal: unknown, Action: string): object => allow(Principal, { Action, Resource: "*" });

  test("is a problem where it allows everybody", () => {
    expect(everybodyOutcome("key", policy(use("*", "kms:*")), KEY, LOCATION)).toEqual({
      name: "key policy",
      verdict: "problem",
      found: "statement 1 allows everybody kms:Decrypt",
      remedy: "Name the principals, or the account.",
    });
    expect(
      outcomeLine(everybodyOutcome("secret", policy(use("*", "secretsmanager:GetSecretValue")), SECRET_ARN, LOCATION)),
    ).toBe("problem secret policy: statement 1 allows everybody secretsmanager:GetSecretValue");
  });

  test("may allow another account, and everybody through a service of this account", () => {
    const managed = allow("*", {
      Action: "kms:*",
      Resource: "*",
      Condition: { StringEquals: { "kms:CallerAccount": LOCATION.accountId } },
    });
    expect(outcomeLine(everybodyOutcome("key", policy(use({ AWS: OTHER }, "kms:*"), managed), KEY, LOCATION))).toBe(
      "ok key policy: does not allow everybody",
    );
  });

  test("may be none", () => {
    expect(outcomeLine(everybodyOutcome("secret", [], SECRET_ARN, LOCATION))).toBe("ok secret policy: none");
  });
});
