import { encryptionUsableKey } from "../../../policies/rules/encryption-usable-key";
import type { JsonObject } from "../../../iam/json";
import { SECRET_ARN } from "../../helpers/account";
import { allow, change, document, ELSEWHERE, KEY, KEY_ARN, keyChange, REGION, ROLE_ARN } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange } from "../../helpers/plan";
import { bucketChange, checkGood, goodStream, guard, STREAM } from "../../helpers/rule-plan";
import { allowKms } from "../../helpers/statements";

const SSE = "aws_s3_bucket_server_side_encryption_configuration";
const BOTH = "kms:Decrypt, kms:GenerateDataKey";
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

const encrypted = (): PlannedChange =>
  goodStream({ encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN } });

const bucketKey = (kms_master_key_id: unknown): object => ({
  guards: {
    [SSE]: guard(SSE, {
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id }] }],
    }),
  },
});

const checked = (...more: readonly PlannedChange[]): string[] =>
  checkGood(encryptionUsableKey, { stream: encrypted() }, more);
const withPolicy = (...statements: readonly JsonObject[]): string[] =>
  checked(keyChange({ policy: document(...statements) }));

const denies = (actions: string, service: string): string =>
  `finding ${KEY}: the key's policy does not grant the role of ${STREAM} ${actions} through ${service} | Allow the role, or the account's IAM policies, to use the key.`;
const elsewhere = (address: string): string =>
  `unknown ${address}: the plan does not have the key ${KEY_ARN}: whether it can be used is undetermined | ${ELSEWHERE}`;

describe("KFF-ENC-004, of what names the key", () => {
  test("accepts a key of the plan for stream, backup and bucket", () => {
    expect(checked(keyChange())).toEqual([]);
    const stream = goodStream({ backup: { kms_key_arn: KEY_ARN } });
    expect(checkGood(encryptionUsableKey, { stream }, [keyChange()])).toEqual([]);
    expect(checkGood(encryptionUsableKey, bucketKey(KEY_ARN), [keyChange()])).toEqual([]);
  });

  test("says that a key of another root is undetermined", () => {
    expect(checked()).toEqual([elsewhere(STREAM)]);
    expect(checkGood(encryptionUsableKey, bucketKey(KEY_ARN))).toEqual([elsewhere(`${SSE}.backup`)]);
  });

  test("asks nothing of the secret's key, and of a stream with AWS's own key", () => {
    expect(checkGood(encryptionUsableKey)).toEqual([]);
  });
});

describe("KFF-ENC-004, of the secret's key", () => {
  const stream = goodStream({
    http: { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN, role_arn: ROLE_ARN }] },
  });
  const secret = (kms_key_id: unknown): PlannedChange =>
    change("aws_secretsmanager_secret.s", { arn: SECRET_ARN, name: "kloudfuse", region: REGION, kms_key_id });

  test("finds one that is disabled, or closed to the role", () => {
    expect(checkGood(encryptionUsableKey, { stream }, [secret(KEY_ARN), keyChange({ is_enabled: false })])).toEqual([
      `finding ${KEY}: is_enabled is false | Enable the key.`,
    ]);
    const closed = keyChange({ policy: document(allowKms({ AWS: `${ROLE_ARN}-other` })) });
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
  test("finds one that lets everybody use it", () => {
    const everybody = (action: string): string =>
      `finding ${KEY}: the key's policy grants everybody ${action} | Name the principals, or the account.`;
    expect(withPolicy(allowKms("*"))).toEqual([everybody("kms:Decrypt")]);
    expect(withPolicy(allowKms({ AWS: "*" }))).toEqual([everybody("kms:Decrypt")]);
    expect(withPolicy(allowKms(ROOT), allow("kms:GenerateDataKey", "*", { Principal: "*" }))).toEqual([
      everybody("kms:GenerateDataKey"),
    ]);
  });

  test("evaluates the use of S3 for backup and bucket", () => {
    const onlyFirehose = keyChange({
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

  test("says it once for streams of one role", () => {
    const disabled = keyChange({ is_enabled: false });
    const second = { ...encrypted(), address: STREAM.replace("logs", "more") };
    expect(checked(disabled, second)).toEqual([`finding ${KEY}: is_enabled is false | Enable the key.`]);
  });
});
