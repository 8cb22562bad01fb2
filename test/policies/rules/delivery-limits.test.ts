import { deliveryLimits } from "../../../policies/rules/delivery-limits";
import type { JsonObject } from "../../../iam/json";
import { AFTER, KEY_ARN, SECRET_ARN } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";
import { BACKUP, checkGood, goodStream, HTTP, type StreamBlocks, STREAM } from "../../helpers/rule-plan";

const CORRECT = "Correct it: AWS rejects it during the apply.";
const REQUEST = `${HTTP}.request_configuration`;
const ATTRIBUTES = `${REQUEST}.0.common_attributes`;

const checked = (settings: StreamBlocks = {}, more: Partial<PlannedChange> = {}): string[] =>
  checkGood(deliveryLimits, { stream: goodStream(settings, more) });
const must = (path: string, text: string, got: string): string =>
  `finding ${STREAM}: ${path} must ${text}, got ${got} | ${CORRECT}`;
const notKnown = (path: string): string => `unknown ${STREAM}: ${path} is not known before the apply | ${AFTER}`;
const attributes = (list: readonly JsonObject[]): StreamBlocks => ({
  http: { request_configuration: [{ content_encoding: "GZIP", common_attributes: list }] },
});
const many = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ name: `attribute-${index}`, value: "x" }));

describe("KFF-DEL-007, of single values", () => {
  test.each<[string, StreamBlocks, string]>([
    [
      "a space in the stream's name",
      { values: { name: "kloudfuse logs" } },
      must("name", "be 1 to 64 of the characters a-z A-Z 0-9 _ . -", '"kloudfuse logs"'),
    ],
    ["a blank endpoint name", { http: { name: " " } }, must(`${HTTP}.name`, "not be blank", '" "')],
    [
      "an endpoint name of 257 characters",
      { http: { name: "k".repeat(257) } },
      must(`${HTTP}.name`, "have at most 256 characters", "257 characters"),
    ],
    [
      "an S3 buffer of 129 MB",
      { backup: { buffering_size: 129 } },
      must(`${BACKUP}.buffering_size`, "be a whole number from 1 to 128", "129"),
    ],
    [
      "an S3 buffer of 0 MB",
      { backup: { buffering_size: 0 } },
      must(`${BACKUP}.buffering_size`, "be a whole number from 1 to 128", "0"),
    ],
    [
      "an S3 interval of 901 s",
      { backup: { buffering_interval: 901 } },
      must(`${BACKUP}.buffering_interval`, "be a whole number from 0 to 900", "901"),
    ],
    [
      "a URL of 1001 characters",
      { http: { url: `https://kfuse.example.com/ingester/kinesis/logs?${"x".repeat(953)}` } },
      must(`${HTTP}.url`, "have at most 1000 characters", "1001 characters"),
    ],
    [
      "a user as the role of the HTTP delivery",
      { http: { role_arn: `arn:aws:iam::${ACCOUNT}:user/x` } },
      must(`${HTTP}.role_arn`, "be the ARN of an IAM role", `"arn:aws:iam::${ACCOUNT}:user/x"`),
    ],
    [
      "a role's name as the role of the S3 backup",
      { backup: { role_arn: "firehose" } },
      must(`${BACKUP}.role_arn`, "be the ARN of an IAM role", '"firehose"'),
    ],
    [
      "a user as the role of the secret",
      {
        http: {
          secrets_manager_configuration: [
            { enabled: true, secret_arn: SECRET_ARN, role_arn: `arn:aws:iam::${ACCOUNT}:user/x` },
          ],
        },
      },
      must(
        `${HTTP}.secrets_manager_configuration.0.role_arn`,
        "be the ARN of an IAM role",
        `"arn:aws:iam::${ACCOUNT}:user/x"`,
      ),
    ],
    [
      "white space in the access key",
      { http: { access_key: "s3cr3t key" } },
      must(`${HTTP}.access_key`, "have no white space", "a value that is not shown"),
    ],
    [
      "an access key of 4097 bytes",
      { http: { access_key: "k".repeat(4097) } },
      must(`${HTTP}.access_key`, "have 1 to 4096 bytes", "a value that is not shown"),
    ],
  ])("finds %s", (_, settings, outcome) => {
    expect(checked(settings)).toEqual([outcome]);
  });

  test.each<[string, StreamBlocks]>([
    ["the maxima", { backup: { buffering_size: 128, buffering_interval: 900 }, http: { name: "k".repeat(256) } }],
    ["the minima", { backup: { buffering_size: 1, buffering_interval: 0 } }],
    ["what is not set", { http: { name: undefined, access_key: "" } }],
    ["an access key", { http: { access_key: "s3cr3t" } }],
  ])("accepts %s", (_, settings) => {
    expect(checked(settings)).toEqual([]);
  });

  test.each(["name", `${HTTP}.name`, `${BACKUP}.buffering_size`, `${BACKUP}.buffering_interval`])(
    "says that %s is not known",
    (path) => {
      expect(checked({}, unknownAt(path))).toEqual([notKnown(path)]);
    },
  );

  test("leaves it to other policies that URL, roles and access key are not known", () => {
    const unknown = [`${HTTP}.url`, `${HTTP}.role_arn`, `${BACKUP}.role_arn`, `${HTTP}.access_key`];
    expect(checked({}, { unknown })).toEqual([]);
  });

  test("quotes no sensitive value", () => {
    expect(checked({ http: { name: " " } }, { sensitive: [`${HTTP}.name`] })).toEqual([
      must(`${HTTP}.name`, "not be blank", "(sensitive value)"),
    ]);
  });
});

describe("KFF-DEL-007, of common attributes", () => {
  test("accepts 50 with values of 1024 characters", () => {
    expect(checked(attributes(many(49).concat({ name: "k".repeat(256), value: "v".repeat(1024) })))).toEqual([]);
  });

  test.each<[string, readonly JsonObject[], string, string, string]>([
    ["51", many(51), ATTRIBUTES, "have at most 50 entries", "51 entries"],
    ["a blank name", [{ name: " ", value: "x" }], `every name in ${ATTRIBUTES}`, "not be blank", '" "'],
    [
      "a name of 257 characters",
      [{ name: "k".repeat(257), value: "x" }],
      `every name in ${ATTRIBUTES}`,
      "have at most 256 characters",
      `"${"k".repeat(257)}"`,
    ],
    [
      "a value of 1025 characters",
      [{ name: "team", value: "v".repeat(1025) }],
      `every value in ${ATTRIBUTES}`,
      "have at most 1024 characters",
      'an invalid value of "team"',
    ],
  ])("finds %s", (_, list, subject, text, got) => {
    expect(checked(attributes(list))).toEqual([must(subject, text, got)]);
  });

  test.each([`${ATTRIBUTES}.0.name`, `${ATTRIBUTES}.0`, ATTRIBUTES, REQUEST])(
    "quotes nothing where %s is sensitive",
    (path) => {
      expect(checked(attributes([{ name: " ", value: "x" }]), { sensitive: [path] })).toEqual([
        must(`every name in ${ATTRIBUTES}`, "not be blank", "(sensitive value)"),
      ]);
    },
  );

  test("shows the name of a value that is sensitive", () => {
    const list = attributes([{ name: " ", value: "x" }]);
    expect(checked(list, { sensitive: [`${ATTRIBUTES}.0.value`] })).toEqual([
      must(`every name in ${ATTRIBUTES}`, "not be blank", '" "'),
    ]);
  });

  test.each([`${ATTRIBUTES}.0.value`, `${ATTRIBUTES}.0.name`])("says that %s is not known", (path) => {
    expect(checked(attributes([{ name: "a", value: "x" }]), { unknown: [path] })).toEqual([notKnown(ATTRIBUTES)]);
  });

  test("counts a name that is not known", () => {
    expect(checked(attributes(many(51)), { unknown: [`${ATTRIBUTES}.7.name`] })).toEqual([
      must(ATTRIBUTES, "have at most 50 entries", "51 entries"),
      notKnown(ATTRIBUTES),
    ]);
  });

  test("says that their number is not known, but not of a block that is left out", () => {
    expect(checked(attributes([]), { unknown: [ATTRIBUTES] })).toEqual([notKnown(ATTRIBUTES)]);
    expect(checked({ http: { request_configuration: undefined } }, { unknown: [REQUEST] })).toEqual([]);
  });
});

describe("KFF-DEL-007, of settings that belong together", () => {
  test("finds a customer-managed key without a key", () => {
    const found = [
      `finding ${STREAM}: key_type is CUSTOMER_MANAGED_CMK, and key_arn is not set | Set key_arn, or use AWS_OWNED_CMK.`,
    ];
    expect(checked({ encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK" } })).toEqual(found);
    expect(checked({ encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: "" } })).toEqual(found);
  });

  test("accepts a key that is known, one that is not, and none with AWS's own", () => {
    const encryption = { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN };
    const path = "server_side_encryption.0.key_arn";
    expect(checked({ encryption })).toEqual([]);
    expect(checked({ encryption }, unknownAt(path, "aws_kms_key.x.arn"))).toEqual([]);
    expect(checked({ encryption: { enabled: true, key_type: "AWS_OWNED_CMK" } })).toEqual([]);
  });

  const secrets = (access_key: unknown, enabled: boolean): StreamBlocks => ({
    http: { access_key, secrets_manager_configuration: [{ enabled, secret_arn: SECRET_ARN }] },
  });

  test("finds an access key beside a secret", () => {
    expect(checked(secrets("s3cr3t", true))).toEqual([
      `finding ${STREAM}: access_key and secrets_manager_configuration are both set | Remove access_key.`,
    ]);
  });

  test.each([
    ["", true],
    [undefined, true],
    ["s3cr3t", false],
  ])("accepts the access key %j with a secret enabled: %s", (key, enabled) => {
    expect(checked(secrets(key, enabled))).toEqual([]);
  });
});
