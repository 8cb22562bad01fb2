import { encryptionUsableKey } from "../../../policies/rules/encryption-usable-key";
import { ACCOUNT, type PlannedChange } from "../../helpers/plan";
import { BACKUP, outcomesOf, STREAM } from "../../helpers/rule-plan";

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/KloudfuseFirehoseRole`;
const STREAM_KEY = "server_side_encryption.0.key_arn";
const BACKUP_KEY = `${BACKUP}.kms_key_arn`;
const LOGS = `module.kloudfuse.${STREAM}.logs`;
const parts = { providers: { aws: { region: "eu-west-1" } } };

const key = (values: PlannedChange["values"], more: Partial<PlannedChange> = {}): PlannedChange => ({
  address: "aws_kms_key.k",
  values: { arn: KEY, ...values },
  ...more,
});
const withKey = (...more: readonly PlannedChange[]): string[] =>
  outcomesOf(encryptionUsableKey, { options: { keyArn: KEY }, parts, more });
const named = (value: string): string[] =>
  outcomesOf(encryptionUsableKey, {
    options: { keyArn: KEY },
    parts,
    edits: { [STREAM]: { set: { [STREAM_KEY]: value, [BACKUP_KEY]: value } } },
  });
const both = (found: (path: string) => string): string[] =>
  [STREAM_KEY, BACKUP_KEY].map((path) => `finding ${STREAM}.logs: ${found(path)}`);
const policy = (...statements: readonly object[]): { policy: string } => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});
const allow = (more: object): object => ({
  Effect: "Allow",
  Principal: { AWS: ROLE },
  Action: "kms:*",
  Resource: "*",
  ...more,
});

describe("the key", () => {
  test("may be none, or one that the plan does not have", () => {
    expect(outcomesOf(encryptionUsableKey, { parts })).toEqual([]);
    expect(withKey()).toEqual([]);
  });

  test.each([
    ["alias/telemetry", ", an alias", "Use the key's ARN: an alias can be moved to another key."],
    [
      `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/a`,
      ", an alias",
      "Use the key's ARN: an alias can be moved to another key.",
    ],
    ["1234-5678", ", not an ARN", "Use the key's ARN."],
    [`arn:aws:kms:us-east-1:${ACCOUNT}:key/1`, ", the stream is in eu-west-1", "Use a key of the stream's region."],
  ])("must not be %s", (value, found, remedy) => {
    expect(named(value)).toEqual(both((path) => `${path} is "${value}"${found} → ${remedy}`));
  });

  test("of the stream does not count where the stream is not encrypted", () => {
    const edits = { [STREAM]: { set: { "server_side_encryption.0.enabled": false, [STREAM_KEY]: "alias/a" } } };
    expect(outcomesOf(encryptionUsableKey, { edits, parts })).toEqual([]);
  });

  test.each([[{}], [policy(allow({}))], [policy(allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }))]])(
    "may have a policy that lets the role use it, or none: %#",
    (values) => {
      expect(withKey(key(values))).toEqual([]);
    },
  );

  test("must be enabled", () => {
    const disabled = "finding aws_kms_key.k: is_enabled is false → Enable the key.";
    expect(withKey(key({ is_enabled: false }))).toEqual([disabled, disabled]);
    expect(withKey(key({ is_enabled: true }))).toEqual([]);
  });

  test("must not be scheduled for deletion", () => {
    const deleted =
      "finding aws_kms_key.k: the plan schedules the key for deletion → Keep the key as long as something is encrypted with it.";
    expect(withKey(key({}, { actions: ["delete"] }))).toEqual([deleted, deleted]);
    expect(withKey(key({ arn: `${KEY}2` }, { actions: ["delete"] }))).toEqual([]);
  });

  const REMEDY = "Allow it in the key's policy, or let the account's IAM policies decide.";
  const closed = (actions: string): string[] =>
    ["firehose", "s3"].map(
      (service) =>
        `finding aws_kms_key.k: the key's policy does not allow the role of ${LOGS} ${actions} through ${service} → ${REMEDY}`,
    );

  test.each([
    ["of another role", allow({ Principal: { AWS: `${ROLE}2` } }), "kms:Decrypt, kms:GenerateDataKey"],
    ["of one action", allow({ Action: "kms:Decrypt" }), "kms:GenerateDataKey"],
    [
      "through another service",
      allow({ Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } } }),
      "kms:Decrypt, kms:GenerateDataKey",
    ],
  ])("must not have a policy %s alone", (_, statement, actions) => {
    expect(withKey(key(policy(statement)))).toEqual(closed(actions));
  });

  test("may have a policy that is not known", () => {
    expect(withKey(key({}, { unknown: ["policy"], references: { policy: ["var.policy"] } }))).toEqual(
      ["firehose", "s3"].map(
        (service) =>
          `unknown aws_kms_key.k: whether the key's policy allows the role of ${LOGS} kms:Decrypt, kms:GenerateDataKey through ${service} could not be determined → Evaluate the plan again after the apply.`,
      ),
    );
  });
});
