import { deliveryBuffering } from "../../../policies/rules/delivery-buffering";
import { deliveryDirectPut } from "../../../policies/rules/delivery-direct-put";
import { deliveryErrorLogging } from "../../../policies/rules/delivery-error-logging";
import { deliveryFailedDataOnly } from "../../../policies/rules/delivery-failed-data-only";
import { deliveryGzip } from "../../../policies/rules/delivery-gzip";
import { encryptionAccessKey } from "../../../policies/rules/encryption-access-key";
import { encryptionStream } from "../../../policies/rules/encryption-stream";
import { BACKUP, type Edit, HTTP, outcomesOf, STREAM } from "../../helpers/rule-plan";
import type { Policy } from "../../../policies/policy";

const AGAIN = "Evaluate the plan again after the apply.";

const withStream = (policy: Policy, edit: Edit): string[] => outcomesOf(policy, { edits: { [STREAM]: edit } });
const set = (policy: Policy, path: string, value: unknown): string[] => withStream(policy, { set: { [path]: value } });
const finding = (found: string, remedy: string): string => `finding ${STREAM}.logs: ${found} → ${remedy}`;
const unknown = (what: string): string => `unknown ${STREAM}.logs: ${what} is not known before the apply → ${AGAIN}`;

describe.each([
  [deliveryGzip, `${HTTP}.request_configuration.0.content_encoding`, "NONE", "Set it to GZIP."],
  [deliveryGzip, `${BACKUP}.compression_format`, "UNCOMPRESSED", "Set it to GZIP."],
  [deliveryErrorLogging, `${HTTP}.cloudwatch_logging_options.0.enabled`, false, "Enable it."],
  [deliveryErrorLogging, `${BACKUP}.cloudwatch_logging_options.0.enabled`, false, "Enable it."],
  [encryptionStream, "server_side_encryption.0.enabled", false, "Enable it."],
  [deliveryFailedDataOnly, `${HTTP}.s3_backup_mode`, "AllData", "Set it to FailedDataOnly."],
])("$id, at %s", (policy, path, wrong, remedy) => {
  test("passes the module's stream", () => {
    expect(outcomesOf(policy)).toEqual([]);
  });

  test(`finds ${path} ${String(wrong)}, or not set`, () => {
    expect(set(policy, path, wrong)).toEqual([finding(`${path} is ${JSON.stringify(wrong)}`, remedy)]);
    expect(set(policy, path, undefined)).toEqual([finding(`${path} is not set`, remedy)]);
  });

  test(`says that ${path} is unknown where it comes from elsewhere`, () => {
    const references = { [path]: ["var.value"] };
    expect(withStream(policy, { unknown: [path], references })).toEqual([unknown(path)]);
  });

  test(`never quotes a sensitive ${path}`, () => {
    expect(withStream(policy, { set: { [path]: wrong }, sensitive: [path] })).toEqual([
      finding(`${path} is (sensitive value)`, remedy),
    ]);
  });
});

describe("a block that the configuration leaves out", () => {
  test.each([
    [deliveryGzip, `${HTTP}.request_configuration`, "content_encoding", "Set it to GZIP."],
    [encryptionStream, "server_side_encryption", "enabled", "Enable it."],
  ])("is a finding although the provider shows it as unknown: %#", (policy, block, attribute, remedy) => {
    expect(withStream(policy, { set: { [block]: undefined }, unknown: [block] })).toEqual([
      finding(`${block}.0.${attribute} is not set`, remedy),
    ]);
  });
});

describe("buffering and retry", () => {
  test.each([
    ["buffering_size", [1, 64], [0, 65, 1.5], "be a whole number from 1 to 64"],
    ["buffering_interval", [15, 900], [14, 901], "be a whole number from 15 to 900"],
    ["retry_duration", [0, 7200], [-1, 7201], "be a whole number from 0 to 7200"],
  ])("keep to the limits of %s", (name, right, wrong, text) => {
    for (const value of right) {
      expect(set(deliveryBuffering, `${HTTP}.${name}`, value)).toEqual([]);
    }
    for (const value of wrong) {
      expect(set(deliveryBuffering, `${HTTP}.${name}`, value)).toEqual([
        finding(`${HTTP}.${name} is ${value}`, `${name} must ${text}.`),
      ]);
    }
  });
});

describe("the source", () => {
  test("is Direct PUT", () => {
    expect(outcomesOf(deliveryDirectPut)).toEqual([]);
    expect(set(deliveryDirectPut, "kinesis_source_configuration", [])).toEqual([]);
  });

  test.each([
    ["kinesis_source_configuration", "a Kinesis data stream"],
    ["msk_source_configuration", "a topic of MSK"],
  ])("must not be %s", (block, source) => {
    expect(set(deliveryDirectPut, block, [{ role_arn: "x" }])).toEqual([
      finding(`its source is ${source}`, `Remove ${block}.`),
    ]);
  });
});

describe("the access key", () => {
  const path = `${HTTP}.access_key`;

  test.each([[undefined], [""]])("may be %j", (value) => {
    expect(set(encryptionAccessKey, path, value)).toEqual([]);
  });

  test("is in Secrets Manager instead of the stream, and never quoted", () => {
    expect(set(encryptionAccessKey, path, "s3cr3t")).toEqual([
      finding("access_key is set", "Use access_key_secret_arn instead."),
    ]);
  });

  test("may be unknown", () => {
    expect(withStream(encryptionAccessKey, { unknown: [path] })).toEqual([unknown("access_key")]);
  });
});
