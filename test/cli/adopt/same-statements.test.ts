import { hasSameStatements } from "../../../cli/adopt/same-statements";
import { rulesOf } from "../../../cli/verify/rules";
import { deliveryTrustStatements, tlsOnlyStatements } from "../../../modules/policy-statements";
import { DELIVERY_TRUST, statementsOf, TLS_ONLY } from "../../helpers/adoption";

const policy = () => tlsOnlyStatements("arn:aws:s3:::failures");
const trust = () =>
  deliveryTrustStatements({
    accountId: "123456789012",
    partition: "aws",
    logsServicePrincipal: "logs.amazonaws.com",
  });

describe("statements that exist", () => {
  test("are the module's in any order", () => {
    expect(hasSameStatements(statementsOf(TLS_ONLY), policy())).toBe(true);
    expect(hasSameStatements(statementsOf(...[...DELIVERY_TRUST].reverse()), trust())).toBe(true);
  });

  test.each([
    { Sid: "Tls" },
    { Effect: "Allow" },
    { Action: "s3:GetObject" },
    { Action: undefined, NotAction: "s3:*" },
    { Resource: "arn:aws:s3:::failures" },
    { Principal: { AWS: "arn:aws:iam::123456789012:root" } },
    { Principal: undefined, NotPrincipal: "*" },
    { Resource: undefined, NotResource: TLS_ONLY.Resource },
    { Condition: undefined },
    { Condition: { Bool: { "aws:SecureTransport": "true" } } },
    { Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } },
    { Condition: { Bool: { "aws:ViaAWSService": "false" } } },
  ])("are others with %j", (fields) => {
    expect(hasSameStatements(statementsOf({ ...TLS_ONLY, ...fields }), policy())).toBe(false);
  });

  test("are others where there is one more or one less", () => {
    expect(hasSameStatements(statementsOf(TLS_ONLY, TLS_ONLY), policy())).toBe(false);
    expect(hasSameStatements([], policy())).toBe(false);
  });

  test("are others in a document of another version", () => {
    expect(hasSameStatements(rulesOf("policy", JSON.stringify({ Statement: [TLS_ONLY] })), policy())).toBe(false);
  });
});
