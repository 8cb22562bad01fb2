import { encryptionUsableKey } from "../../../policies/rules/encryption-usable-key";
import {
  AFTER,
  allow,
  change,
  document,
  ELSEWHERE,
  type Json,
  KEY_ARN,
  REGION,
  ROLE_ARN,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange } from "../../helpers/plan";
import { BACKUP, bucketChange, checkGood, goodStream, guard, STREAM } from "../../helpers/rule-plan";

const STREAM_KEY = "server_side_encryption.0.key_arn";
const BACKUP_KEY = `${BACKUP}.kms_key_arn`;
const SSE = "aws_s3_bucket_server_side_encryption_configuration";
const KEY = "aws_kms_key.telemetry";
const ALIAS = `arn:aws:kms:${REGION}:${ACCOUNT}:alias/telemetry`;
const BOTH = "kms:Decrypt, kms:GenerateDataKey";
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

const key = (values: Json = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(KEY, { arn: KEY_ARN, key_id: "1", is_enabled: true, region: REGION, ...values }, more);

const encrypted = (key_arn: string = KEY_ARN, more: Partial<PlannedChange> = {}): PlannedChange =>
  goodStream({ encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn } }, more);

const bucketKey = (kms_master_key_id: unknown, more: Partial<PlannedChange> = {}): object => ({
  guards: {
    [SSE]: guard(
      SSE,
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id }] }] },
      more,
    ),
  },
});

const checked = (...more: readonly PlannedChange[]): string[] =>
  checkGood(encryptionUsableKey, { stream: encrypted() }, more);
const withPolicy = (...statements: readonly Json[]): string[] => checked(key({ policy: document(...statements) }));

const allowKms = (Principal: unknown, more: Json = {}): Json => allow("kms:*", "*", { Principal, ...more });
const denies = (actions: string, service = "firehose", owner = KEY): string =>
  `finding ${owner}: the key's policy does not grant the role of ${STREAM} ${actions} through ${service} | Allow the role, or the account's IAM policies, to use the key.`;
const open = (reason: string, owner = KEY): string =>
  `unknown ${owner}: whether the key's policy grants the role of ${STREAM} ${BOTH} through firehose ${reason} | Make sure that the role can use the key.`;
const elsewhere = (address: string, arn = KEY_ARN): string =>
  `unknown ${address}: the plan does not have the key ${arn}: whether it can be used is undetermined | ${ELSEWHERE}`;

describe("KFF-ENC-004, of what names the key", () => {
  test("accepts a key of the plan for stream, backup and bucket", () => {
    expect(checked(key())).toEqual([]);
    const stream = goodStream({ backup: { kms_key_arn: KEY_ARN } });
    expect(checkGood(encryptionUsableKey, { stream }, [key()])).toEqual([]);
    expect(checkGood(encryptionUsableKey, bucketKey(KEY_ARN), [key()])).toEqual([]);
  });

  test.each([ALIAS, "alias/telemetry"])("finds the alias %s", (alias) => {
    const found = (path: string): string =>
      `finding ${STREAM}: ${path} is the alias ${alias} | Use the ARN of the key: Firehose accepts no alias.`;
    expect(checkGood(encryptionUsableKey, { stream: encrypted(alias) })).toEqual([found(STREAM_KEY)]);
    const stream = goodStream({ backup: { kms_key_arn: alias } });
    expect(checkGood(encryptionUsableKey, { stream })).toEqual([found(BACKUP_KEY)]);
  });

  test("does not take a key with alias in its id for one", () => {
    const arn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/myalias/1`;
    expect(checkGood(encryptionUsableKey, { stream: encrypted(arn) })).toEqual([elsewhere(STREAM, arn)]);
  });

  test("follows the alias of a bucket's key", () => {
    const alias = change("aws_kms_alias.telemetry", {
      name: "alias/telemetry",
      arn: ALIAS,
      region: REGION,
      target_key_id: "1",
    });
    const disabled = key({ is_enabled: false });
    expect(checkGood(encryptionUsableKey, bucketKey(ALIAS), [alias, key()])).toEqual([]);
    expect(checkGood(encryptionUsableKey, bucketKey(ALIAS), [alias, disabled])).toEqual([
      `finding ${KEY}: is_enabled is false | Enable the key.`,
    ]);
    expect(checkGood(encryptionUsableKey, bucketKey(ALIAS), [key()])).toEqual([elsewhere(`${SSE}.backup`, ALIAS)]);
  });

  test("finds a key of another region", () => {
    const arn = KEY_ARN.replace(REGION, "us-east-1");
    expect(checkGood(encryptionUsableKey, { stream: encrypted(arn) })).toEqual([
      `finding ${STREAM}: ${STREAM_KEY} is a key of us-east-1, and ${STREAM} is in ${REGION} | Use a key of the same region.`,
      elsewhere(STREAM, arn),
    ]);
    const sensitive = encrypted(arn, { sensitive: [STREAM_KEY] });
    expect(checkGood(encryptionUsableKey, { stream: sensitive })).toEqual([
      `finding ${STREAM}: ${STREAM_KEY} is a key of (sensitive value), and ${STREAM} is in ${REGION} | Use a key of the same region.`,
      elsewhere(STREAM, "(sensitive value)"),
    ]);
  });

  test("compares no region that is not known", () => {
    const stream = goodStream({
      encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN },
      values: { region: undefined },
    });
    expect(checkGood(encryptionUsableKey, { stream })).toEqual([elsewhere(STREAM)]);
  });

  test("says that a key of another root is undetermined", () => {
    expect(checked()).toEqual([elsewhere(STREAM)]);
    expect(checkGood(encryptionUsableKey, bucketKey(KEY_ARN))).toEqual([elsewhere(`${SSE}.backup`)]);
  });

  test("says that a key is not known", () => {
    const stream = encrypted(KEY_ARN, { unknown: [STREAM_KEY], references: { [STREAM_KEY]: ["var.key"] } });
    expect(checkGood(encryptionUsableKey, { stream })).toEqual([
      `unknown ${STREAM}: ${STREAM_KEY} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("follows a reference to a key that the plan creates", () => {
    const stream = encrypted(KEY_ARN, { unknown: [STREAM_KEY], references: { [STREAM_KEY]: [`${KEY}.arn`] } });
    const created = (values: Json): PlannedChange => key(values, { unknown: ["arn", "key_id", "policy"] });
    expect(checkGood(encryptionUsableKey, { stream }, [created({})])).toEqual([]);
    expect(checkGood(encryptionUsableKey, { stream }, [created({ is_enabled: false })])).toEqual([
      `finding ${KEY}: is_enabled is false | Enable the key.`,
    ]);
  });

  test("asks nothing of the secret's key, and of a stream with AWS's own key", () => {
    expect(checkGood(encryptionUsableKey)).toEqual([]);
  });
});

describe("KFF-ENC-004, of the key's state", () => {
  test("finds a key that is disabled, and says that it is not known", () => {
    expect(checked(key({ is_enabled: false }))).toEqual([`finding ${KEY}: is_enabled is false | Enable the key.`]);
    expect(checked(key({}, { unknown: ["is_enabled"], references: { is_enabled: ["var.x"] } }))).toEqual([
      `unknown ${KEY}: is_enabled is not known before the apply | ${AFTER}`,
    ]);
  });

  test("takes a key for enabled where nothing says otherwise", () => {
    expect(checked(key({ is_enabled: undefined }))).toEqual([]);
    expect(checked(key({ is_enabled: undefined }, { unknown: ["is_enabled"] }))).toEqual([]);
  });

  test("finds a key that is not symmetric", () => {
    expect(checked(key({ customer_master_key_spec: "RSA_2048" }))).toEqual([
      `finding ${KEY}: customer_master_key_spec is RSA_2048 | Use a symmetric key.`,
    ]);
    expect(checked(key({ customer_master_key_spec: "RSA_2048" }, { sensitive: ["customer_master_key_spec"] }))).toEqual(
      [`finding ${KEY}: customer_master_key_spec is (sensitive value) | Use a symmetric key.`],
    );
    expect(checked(key({ customer_master_key_spec: "SYMMETRIC_DEFAULT" }))).toEqual([]);
  });

  test.each([
    ["deletes", ["delete"]],
    ["replaces", ["delete", "create"]],
  ])("finds a key that the plan %s", (_, actions) => {
    const before = { arn: KEY_ARN, key_id: "1" };
    expect(checked(key({}, { actions, before, unknown: ["arn", "key_id"] }))).toEqual([
      `finding ${STREAM}: ${STREAM_KEY} is the key ${KEY}, which the plan deletes | Keep the key until nothing is encrypted with it.`,
    ]);
  });

  test("does not take a key that keeps its ARN for a deleted one", () => {
    const stale = key({}, { actions: ["update"], before: { arn: KEY_ARN }, unknown: ["arn", "key_id"] });
    expect(checked(stale)).toEqual([elsewhere(STREAM)]);
  });
});

describe("KFF-ENC-004, of the secret's key", () => {
  const ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:kloudfuse-AbCdEf`;
  const stream = goodStream({
    http: { secrets_manager_configuration: [{ enabled: true, secret_arn: ARN, role_arn: ROLE_ARN }] },
  });
  const secret = (kms_key_id: unknown): PlannedChange =>
    change("aws_secretsmanager_secret.s", { arn: ARN, name: "kloudfuse", region: REGION, kms_key_id });

  test("finds one that is disabled, or closed to the role", () => {
    expect(checkGood(encryptionUsableKey, { stream }, [secret(KEY_ARN), key({ is_enabled: false })])).toEqual([
      `finding ${KEY}: is_enabled is false | Enable the key.`,
    ]);
    const closed = key({ policy: document(allowKms({ AWS: `${ROLE_ARN}-other` })) });
    expect(checkGood(encryptionUsableKey, { stream }, [secret(KEY_ARN), closed])).toEqual([
      denies("kms:Decrypt", "secretsmanager"),
    ]);
  });

  test("accepts AWS's own, and a secret that is managed elsewhere", () => {
    expect(checkGood(encryptionUsableKey, { stream }, [secret(undefined)])).toEqual([]);
    expect(checkGood(encryptionUsableKey, { stream }, [secret("alias/aws/secretsmanager")])).toEqual([]);
    expect(checkGood(encryptionUsableKey, { stream })).toEqual([]);
  });
});

describe("KFF-ENC-004, of the key's policy", () => {
  test.each<[string, readonly Json[]]>([
    ["lets the account's IAM policies decide", [allowKms(ROOT)]],
    ["names the role", [allow(BOTH.split(", "), "*", { Principal: { AWS: ROLE_ARN } })]],
    [
      "lets Firehose use it for the role",
      [
        allowKms(
          { AWS: ROLE_ARN },
          { Condition: { StringEquals: { "kms:ViaService": `firehose.${REGION}.amazonaws.com` } } },
        ),
      ],
    ],
  ])("accepts one that %s", (_, statements) => {
    expect(withPolicy(...statements)).toEqual([]);
  });

  describe("with a grant of KMS", () => {
    const kmsGrant = (values: Json = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
      change(
        "aws_kms_grant.firehose",
        { key_id: "1", grantee_principal: ROLE_ARN, operations: ["Decrypt", "GenerateDataKey"], ...values },
        more,
      );
    const closed = key({ policy: document(allowKms({ AWS: `${ROLE_ARN}-other` })) });

    test("accepts that the key's policy does not name the role", () => {
      expect(checked(closed, kmsGrant())).toEqual([]);
    });

    test("finds what the grant does not cover", () => {
      expect(checked(closed, kmsGrant({ operations: ["Decrypt"] }))).toEqual([denies("kms:GenerateDataKey")]);
      expect(checked(closed, kmsGrant({ grantee_principal: `${ROLE_ARN}-other` }))).toEqual([denies(BOTH)]);
      expect(checked(closed, kmsGrant({ key_id: "2" }))).toEqual([denies(BOTH)]);
    });
  });

  test("finds one that lets everybody use it", () => {
    const everybody = (action: string): string =>
      `finding ${KEY}: the key's policy grants everybody ${action} | Name the principals, or the account.`;
    expect(withPolicy(allowKms("*"))).toEqual([everybody("kms:Decrypt")]);
    expect(withPolicy(allowKms({ AWS: "*" }))).toEqual([everybody("kms:Decrypt")]);
    expect(withPolicy(allowKms(ROOT), allow("kms:GenerateDataKey", "*", { Principal: "*" }))).toEqual([
      everybody("kms:GenerateDataKey"),
    ]);
  });

  test.each<[string, Json]>([
    ["of the account", { StringEquals: { "kms:CallerAccount": ACCOUNT } }],
    ["of the organization", { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } }],
  ])("accepts one that lets everybody %s use it", (_, Condition) => {
    expect(withPolicy(allowKms(ROOT), allowKms({ AWS: "*" }, { Condition }))).toEqual([]);
  });

  test("leaves to the key's owner which other accounts can use it", () => {
    expect(withPolicy(allowKms(ROOT), allowKms({ AWS: "arn:aws:iam::210987654321:root" }))).toEqual([]);
  });

  test("accepts AWS's default", () => {
    expect(checked(key({ policy: "" }))).toEqual([]);
    expect(checked(key({ policy: undefined }))).toEqual([]);
  });

  test.each<[string, readonly Json[], string]>([
    ["names another role", [allowKms({ AWS: `${ROLE_ARN}-other` })], BOTH],
    [
      "lets another service use it",
      [
        allowKms(
          { AWS: ROLE_ARN },
          { Condition: { StringEquals: { "kms:ViaService": `s3.${REGION}.amazonaws.com` } } },
        ),
      ],
      BOTH,
    ],
    ["allows decryption alone", [allow("kms:Decrypt", "*", { Principal: { AWS: ROLE_ARN } })], "kms:GenerateDataKey"],
    [
      "denies data keys",
      [allowKms(ROOT), { Effect: "Deny", Action: "kms:GenerateDataKey*", Resource: "*", Principal: "*" }],
      "kms:GenerateDataKey",
    ],
    [
      "denies requests to the region",
      [
        allowKms(ROOT),
        {
          Effect: "Deny",
          Action: "kms:*",
          Resource: "*",
          Principal: "*",
          Condition: { StringEquals: { "aws:RequestedRegion": REGION } },
        },
      ],
      BOTH,
    ],
  ])("finds one that %s", (_, statements, actions) => {
    expect(withPolicy(...statements)).toEqual([denies(actions)]);
  });

  test("evaluates the use of S3 for backup and bucket", () => {
    const onlyFirehose = key({
      policy: document(
        allowKms(
          { AWS: ROLE_ARN },
          { Condition: { StringEquals: { "kms:ViaService": `firehose.${REGION}.amazonaws.com` } } },
        ),
      ),
    });
    const stream = goodStream({ backup: { kms_key_arn: KEY_ARN } });
    expect(checkGood(encryptionUsableKey, { stream }, [onlyFirehose])).toEqual([denies(BOTH, "s3")]);
    expect(checkGood(encryptionUsableKey, bucketKey(KEY_ARN), [onlyFirehose])).toEqual([denies(BOTH, "s3")]);
    const argument = [
      {
        rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: KEY_ARN }] }],
      },
    ];
    const bucket = bucketChange({ server_side_encryption_configuration: argument });
    expect(checkGood(encryptionUsableKey, { bucket, guards: { [SSE]: undefined } }, [onlyFirehose])).toEqual([
      denies(BOTH, "s3"),
    ]);
  });

  test("evaluates aws_kms_key_policy instead of the key's own", () => {
    const owner = "aws_kms_key_policy.telemetry";
    const own = (...statements: readonly Json[]): PlannedChange =>
      change(owner, { key_id: "1", policy: document(...statements) });
    const policy = document(allowKms(ROOT));
    expect(checked(key({ policy }), own(allowKms({ AWS: `${ROLE_ARN}-other` })))).toEqual([
      denies(BOTH, "firehose", owner),
    ]);
    expect(checked(key({ policy: document(allowKms({ AWS: "*" }, { Effect: "Deny" })) }), own(allowKms(ROOT)))).toEqual(
      [],
    );
  });

  test("finds a policy that is invalid", () => {
    expect(checked(key({ policy: "{}" }))).toEqual([
      `finding ${KEY}: the key's policy is invalid: The policy document must have a Statement. Add one. | Correct it: KMS rejects it.`,
    ]);
  });

  test("names the conditions that a plan does not decide, unless the policy is sensitive", () => {
    const policy = document(
      allowKms({ AWS: ROLE_ARN }, { Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } } }),
    );
    expect(checked(key({ policy }))).toEqual([open("depends on StringEquals aws:PrincipalTag/team")]);
    expect(checked(key({ policy }, { sensitive: ["policy"] }))).toEqual([open("depends on (sensitive value)")]);
  });

  test("says that a policy is not known", () => {
    expect(checked(key({}, { unknown: ["policy"], references: { policy: ["var.policy"] } }))).toEqual([
      open("is not known before the apply"),
    ]);
  });

  test("asks a key of another account for both policies", () => {
    const arn = KEY_ARN.replace(ACCOUNT, "210987654321");
    const foreign = (...statements: readonly Json[]): string[] =>
      checkGood(encryptionUsableKey, { stream: encrypted(arn) }, [key({ arn, policy: document(...statements) })]);
    expect(foreign(allowKms({ AWS: "arn:aws:iam::210987654321:root" }))).toEqual([denies(BOTH)]);
    expect(foreign(allowKms({ AWS: "arn:aws:iam::210987654321:root" }), allowKms(ROOT))).toEqual([]);
  });

  test("says it once for streams of one role", () => {
    const disabled = key({ is_enabled: false });
    const second = { ...encrypted(), address: STREAM.replace("logs", "more") };
    expect(checked(disabled, second)).toEqual([`finding ${KEY}: is_enabled is false | Enable the key.`]);
  });
});
