import { hasSameStatements } from "../../../cli/adopt/same-statements";
import { rulesOf } from "../../../cli/verify/rules";
import { deliveryTrustStatements, tlsOnlyStatements } from "../../../modules/policy-statements";
import { DELIVERY_TRUST, statementsOf, TLS_ONLY } from "../../helpers/adoption";

const POLICY = tlsOnlyStatements("arn:aws:s3:::failures");
const TRUST = deliveryTrustStatements({
  accountId: "123456789012",
  partition: "aws",
  logsServicePrincipal: "logs.amazonaws.com",
});

describe("statements that exist", () => {
  test("are the module's in any order", () => {
    expect(hasSameStatements(statementsOf(TLS_ONLY), POLICY)).toBe(true);
    expect(hasSameStatements(statementsOf(...[...DELIVERY_TRUST].reverse()), TRUST)).toBe(true);
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
    expect(hasSameStatements(statementsOf({ ...TLS_ONLY, ...fields }), POLICY)).toBe(false);
  });

  test("are others where there is one more or one less", () => {
    expect(hasSameStatements(statementsOf(TLS_ONLY, TLS_ONLY), POLICY)).toBe(false);
    expect(hasSameStatements([], POLICY)).toBe(false);
  });

  test("are others in a document of another version", () => {
    expect(hasSameStatements(rulesOf("policy", JSON.stringify({ Statement: [TLS_ONLY] })), POLICY)).toBe(false);
  });
});
