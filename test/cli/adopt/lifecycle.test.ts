import type { LifecycleRule } from "@aws-sdk/client-s3";
import { lifecycleFacts } from "../../../cli/adopt/lifecycle";

const OWN = ["kloudfuse-logs-failures/"];
const rule = (fields: Partial<LifecycleRule> & { readonly Prefix?: string } = {}): LifecycleRule => ({
  ID: "one",
  Status: "Enabled",
  Filter: { Prefix: "" },
  Expiration: { Days: 90 },
  ...fields,
});

describe("the lifecycle of a bucket", () => {
  test("may be none", () => {
    expect(lifecycleFacts(undefined, OWN)).toEqual({ otherRules: [], retentionDays: undefined });
  });

  test.each([
    rule(),
    rule({ Filter: { Prefix: "kloudfuse-logs-failures/http-endpoint-failed/" } }),
    rule({ Filter: undefined, Prefix: "kloudfuse-logs-failures/" }),
    rule({ Filter: undefined }),
  ])("may expire all objects, or failed records: %p", (one) => {
    expect(lifecycleFacts([one], OWN)).toEqual({ otherRules: [], retentionDays: 90 });
  });

  test.each([
    rule({ Filter: { Prefix: "invoices/" } }),
    rule({ Filter: undefined, Prefix: "invoices/" }),
    rule({ Filter: { Tag: { Key: "a", Value: "b" } } }),
    rule({ Filter: { And: { Prefix: "" } } }),
    rule({ Filter: { ObjectSizeGreaterThan: 1 } }),
    rule({ Filter: { ObjectSizeLessThan: 1 } }),
    rule({ Transitions: [{ Days: 1, StorageClass: "GLACIER" }] }),
    rule({ NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: "GLACIER" }] }),
    rule({ Expiration: { Date: new Date(0) } }),
  ])("has another rule, which the module's would replace: %p", (one) => {
    expect(lifecycleFacts([one], OWN).otherRules).toEqual(["one"]);
  });

  test("keeps failed records as long as the rule that keeps them longer; one that is off does not count", () => {
    const rules = [
      rule({ Expiration: { Days: 30 } }),
      rule({ Expiration: { Days: 60 } }),
      rule({ Status: "Disabled", Filter: { Prefix: "invoices/" }, Expiration: { Days: 365 } }),
    ];
    expect(lifecycleFacts(rules, OWN)).toEqual({ otherRules: [], retentionDays: 60 });
  });

  test("names a rule without an id by its number", () => {
    expect(lifecycleFacts([rule({ ID: undefined, Transitions: [{}] })], OWN).otherRules).toEqual(["rule 1"]);
  });
});
