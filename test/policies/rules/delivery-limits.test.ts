import { deliveryLimits } from "../../../policies/rules/delivery-limits";
import { BACKUP, HTTP, outcomesOf, STREAM } from "../../helpers/rule-plan";

const set = (path: string, value: unknown, ...sensitive: readonly string[]): string[] =>
  outcomesOf(deliveryLimits, { edits: { [STREAM]: { set: { [path]: value }, sensitive } } });
const finding = (found: string, remedy: string): string => `finding ${STREAM}.logs: ${found} → ${remedy}`;
const ATTRIBUTES = `${HTTP}.request_configuration.0.common_attributes`;
const attributes = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ name: `n${index}`, value: "v" }));

describe("the limits of AWS", () => {
  test("are kept by the module", () => {
    expect(outcomesOf(deliveryLimits)).toEqual([]);
  });

  test.each([
    [`${BACKUP}.buffering_size`, 1, 128, 0, 129, "be a whole number from 1 to 128"],
    [`${BACKUP}.buffering_interval`, 0, 900, -5, 901, "be a whole number from 0 to 900"],
  ])("hold for %s", (path, least, most, below, above, text) => {
    expect([set(path, least), set(path, most)]).toEqual([[], []]);
    for (const value of [below, above]) {
      expect(set(path, value)).toEqual([finding(`${path} is ${value}`, `${path} must ${text}.`)]);
    }
  });

  test.each([
    ["name", "kloudfuse logs", "be 1 to 64 of the characters a-z A-Z 0-9 _ . -"],
    [`${HTTP}.name`, " ", "not be blank"],
    [`${HTTP}.name`, "", "not be blank"],
    [`${HTTP}.name`, "k".repeat(257), "have at most 256 characters"],
    [`${HTTP}.role_arn`, "arn:aws:iam::123456789012:user/telemetry", "be the ARN of an IAM role"],
    [`${BACKUP}.role_arn`, "arn:aws:iam::123456789012:user/telemetry", "be the ARN of an IAM role"],
    [`${HTTP}.secrets_manager_configuration.0.role_arn`, "role", "be the ARN of an IAM role"],
    [`${BACKUP}.bucket_arn`, "arn:aws:s3:::b/c", "be the ARN of an S3 bucket, without an object's key"],
  ])("hold for %s: %s", (path, value, text) => {
    expect(set(path, value)).toEqual([finding(`${path} is ${JSON.stringify(value)}`, `${path} must ${text}.`)]);
    expect(set(path, value, path)).toEqual([finding(`${path} is (sensitive value)`, `${path} must ${text}.`)]);
  });

  test("say nothing of what is unknown, or left to AWS", () => {
    const unknown = ["name", `${HTTP}.name`, `${BACKUP}.buffering_size`, ATTRIBUTES];
    expect(outcomesOf(deliveryLimits, { edits: { [STREAM]: { unknown } } })).toEqual([]);
    expect(set(`${BACKUP}.role_arn`, "")).toEqual([]);
  });

  test("hold for the number of common attributes", () => {
    expect(set(ATTRIBUTES, attributes(50))).toEqual([]);
    const remedy = "common_attributes must have at most 50 entries.";
    expect(set(ATTRIBUTES, attributes(51))).toEqual([finding(`${ATTRIBUTES} has 51 entries`, remedy)]);
    expect(set(ATTRIBUTES, [...attributes(50), ...attributes(1)])).toEqual([
      finding(`${ATTRIBUTES} has 51 entries`, remedy),
    ]);
  });

  test.each([
    [{ name: " ", value: "v" }, '" "', "in every name not be blank"],
    [{ name: "n".repeat(257), value: "v" }, `"${"n".repeat(257)}"`, "in every name have at most 256 characters"],
    [{ name: "long", value: "v".repeat(1025) }, '"long"', "in every value have at most 1024 characters"],
  ])("hold for a common attribute: %#", (attribute, shown, text) => {
    expect(set(ATTRIBUTES, [attribute])).toEqual([
      finding(`${ATTRIBUTES} has ${shown}`, `common_attributes must ${text}.`),
    ]);
    expect(set(ATTRIBUTES, [attribute], ATTRIBUTES)).toEqual([
      finding(`${ATTRIBUTES} has values that break a limit`, `common_attributes must ${text}.`),
    ]);
  });

  test.each([
    ["CUSTOMER_MANAGED_CMK", undefined, 1],
    ["CUSTOMER_MANAGED_CMK", "", 1],
    ["CUSTOMER_MANAGED_CMK", "arn:aws:kms:eu-west-1:123456789012:key/1", 0],
    ["AWS_OWNED_CMK", undefined, 0],
  ])("ask for a key with %s and %s: %i", (keyType, keyArn, count) => {
    const set = { "server_side_encryption.0.key_type": keyType, "server_side_encryption.0.key_arn": keyArn };
    expect(outcomesOf(deliveryLimits, { edits: { [STREAM]: { set } } })).toEqual(
      [
        finding(
          "server_side_encryption has the key_type CUSTOMER_MANAGED_CMK without a key_arn",
          "Add the key_arn, or use AWS_OWNED_CMK.",
        ),
      ].slice(0, count),
    );
  });

  test.each([
    [true, "s3cr3t", 1],
    [true, "", 0],
    [true, undefined, 0],
    [false, "s3cr3t", 0],
  ])("refuse a key beside a secret: enabled %s, key %s: %i", (enabled, key, count) => {
    const set = {
      [`${HTTP}.secrets_manager_configuration`]: [{ enabled, secret_arn: "arn" }],
      [`${HTTP}.access_key`]: key,
    };
    expect(outcomesOf(deliveryLimits, { edits: { [STREAM]: { set } } })).toEqual(
      [finding("access_key is set beside secrets_manager_configuration", "Remove access_key.")].slice(0, count),
    );
  });
});
