import type { JsonObject } from "../../../iam/json";
import { iamUseKeyAndSecret } from "../../../policies/rules/iam-use-key-and-secret";
import {
  AFTER,
  allow,
  BUCKET_ARN,
  change,
  check,
  document,
  grants,
  inlineChange,
  KEY_ARN,
  kmsGrant,
  planWith,
  REGION,
  ROLE_ARN,
  SECRET_ARN,
  STREAM,
  streamChange,
  type StreamSettings,
  viaService,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";

const BOTH = ["kms:Decrypt", "kms:GenerateDataKey"];
const keyPolicy = (more: JsonObject = {}, actions: readonly string[] = BOTH, key: unknown = KEY_ARN): PlannedChange =>
  change("aws_iam_role_policy.key", {
    name: "key",
    role: "firehose",
    policy: document({ ...allow(actions, key), Sid: "UseKey", ...more }),
  });
const cannot = (actions: string, service: string, on = KEY_ARN): string =>
  `finding ${STREAM}: the role cannot perform ${actions} on ${on} through ${service}.${REGION}.amazonaws.com | Allow ${actions} on it.`;
const others = (actions: string, service: string): string =>
  `finding ${STREAM}: the role cannot perform ${actions} on ${KEY_ARN} through ${service}.${REGION}.amazonaws.com: UseKey of aws_iam_role_policy.key allows it through other services | Add ${service}.${REGION}.amazonaws.com to the values of kms:ViaService.`;
const found = (settings: StreamSettings, ...more: readonly PlannedChange[]): string[] =>
  check(iamUseKeyAndSecret, planWith({ stream: streamChange(settings) }, more));

const STREAM_KEY: StreamSettings = {
  encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN },
};
const BACKUP_KEY: StreamSettings = { backup: { kms_key_arn: KEY_ARN } };
const BACKUP_PATH = "http_endpoint_configuration.0.s3_configuration.0.kms_key_arn";

describe("KFF-IAM-006 on the keys of stream and backup", () => {
  test.each<[string, StreamSettings, string]>([
    ["the stream", STREAM_KEY, "firehose"],
    ["the backup", BACKUP_KEY, "s3"],
  ])("finds that the role cannot use the key of %s", (_, settings, service) => {
    expect(found(settings)).toEqual([cannot(BOTH.join(", "), service)]);
    expect(found(settings, keyPolicy({}, ["kms:Decrypt"]))).toEqual([cannot("kms:GenerateDataKey", service)]);
    expect(found(settings, keyPolicy())).toEqual([]);
    expect(found(settings, keyPolicy(viaService(service)))).toEqual([]);
    expect(found(settings, keyPolicy(viaService("secretsmanager")))).toEqual([others(BOTH.join(", "), service)]);
  });

  test("does not take the grant on another key", () => {
    expect(found(STREAM_KEY, keyPolicy({}, BOTH, `${KEY_ARN}2`))).toEqual([cannot(BOTH.join(", "), "firehose")]);
  });

  test("takes wildcards in kms:ViaService with StringLike", () => {
    const Condition = { StringLike: { "kms:ViaService": `*.${REGION}.amazonaws.com` } };
    expect(found({ ...STREAM_KEY, ...BACKUP_KEY }, keyPolicy({ Condition }))).toEqual([]);
  });

  test("takes the partition's own name in kms:ViaService", () => {
    const key = `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/1`;
    const settings: StreamSettings = {
      values: { region: "cn-north-1" },
      backup: { kms_key_arn: key },
    };
    const of = (name: string): string[] =>
      found(settings, keyPolicy({ Condition: { StringEquals: { "kms:ViaService": name } } }, BOTH, key));
    expect(of("s3.cn-north-1.amazonaws.com.cn")).toEqual([]);
    expect(of("s3.cn-north-1.amazonaws.com")).toHaveLength(1);
  });

  test("says that a condition which the plan does not decide is undetermined", () => {
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    expect(found(STREAM_KEY, keyPolicy({ Condition }))).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BOTH.join(", ")} on ${KEY_ARN} depends on StringEquals aws:PrincipalTag/team | Make sure that the requests meet it.`,
    ]);
  });

  test.each<[string, JsonObject]>([
    ["a key of AWS", { enabled: true, key_type: "AWS_OWNED_CMK", key_arn: KEY_ARN }],
    ["no encryption", { enabled: false, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN }],
    ["no key", { enabled: true, key_type: "CUSTOMER_MANAGED_CMK" }],
  ])("asks nothing with %s", (_, encryption) => {
    expect(found({ encryption })).toEqual([]);
  });

  test("does not quote a sensitive key", () => {
    const stream = streamChange(STREAM_KEY, { sensitive: ["server_side_encryption.0.key_arn"] });
    expect(check(iamUseKeyAndSecret, planWith({ stream }))).toEqual([
      cannot(BOTH.join(", "), "firehose", "(sensitive value)"),
    ]);
  });

  test("asks KMS for the key, whatever names it", () => {
    const id = "11111111-2222-3333-4444-555555555555";
    expect(found({ backup: { kms_key_arn: id } })).toEqual([
      cannot(BOTH.join(", "), "s3", KEY_ARN.replace("key/1", `key/${id}`)),
    ]);
    const alias = `arn:aws:kms:${REGION}:${ACCOUNT}:alias/x`;
    expect(found({ backup: { kms_key_arn: alias } }, keyPolicy({}, BOTH, alias))).toEqual([
      cannot(BOTH.join(", "), "s3", KEY_ARN.replace("key/1", "key/(not known)")),
    ]);
  });

  test("continues with a key in another region", () => {
    const key = KEY_ARN.replace(REGION, "us-east-1");
    expect(found({ backup: { kms_key_arn: key } })).toEqual([
      cannot(BOTH.join(", "), "s3", key).replace(`s3.${REGION}`, "s3.us-east-1"),
    ]);
  });
});

describe("KFF-IAM-006 on the key's own policy", () => {
  const of = (Principal: unknown, unknown: readonly string[] = [], type = "aws_kms_key"): string[] => {
    const policy = document({ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" });
    const key = change("aws_kms_key.k", { arn: KEY_ARN, ...(type === "aws_kms_key" ? { policy } : {}) }, { unknown });
    const own = change("aws_kms_key_policy.p", { key_id: KEY_ARN, policy });
    return found(STREAM_KEY, key, ...(type === "aws_kms_key" ? [] : [own]));
  };

  test.each(["aws_kms_key", "aws_kms_key_policy"])("takes what %s allows the role", (type) => {
    expect(of({ AWS: ROLE_ARN }, [], type)).toEqual([]);
    expect(of({ AWS: `${ROLE_ARN}-2` }, [], type)).toEqual([cannot(BOTH.join(", "), "firehose")]);
  });

  test("needs the role's own permission where it leaves the key to the account", () => {
    expect(of({ AWS: `arn:aws:iam::${ACCOUNT}:root` })).toEqual([cannot(BOTH.join(", "), "firehose")]);
  });

  test("leaves a key's policy that allows nobody to the rule about keys", () => {
    const policy = document({ Effect: "Allow", Principal: { AWS: `${ROLE_ARN}-2` }, Action: "kms:*", Resource: "*" });
    expect(found(STREAM_KEY, change("aws_kms_key.k", { arn: KEY_ARN, policy }), keyPolicy())).toEqual([]);
  });

  test("says that what it allows is not known", () => {
    const key = change("aws_kms_key.k", { arn: KEY_ARN }, unknownAt("policy", "var.policy"));
    expect(found(STREAM_KEY, key)).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BOTH.join(", ")} on ${KEY_ARN} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("takes AWS's default policy where the configuration has none", () => {
    const key = change("aws_kms_key.k", { arn: KEY_ARN }, { unknown: ["policy"] });
    expect(found(STREAM_KEY, key)).toEqual([cannot(BOTH.join(", "), "firehose")]);
    expect(found(STREAM_KEY, key, keyPolicy())).toEqual([]);
  });
});

describe("KFF-IAM-006 on keys that are not known", () => {
  const path = "server_side_encryption.0.key_arn";

  test("says so, and takes the grant on every key", () => {
    const stream = streamChange(STREAM_KEY, unknownAt(path, "var.key"));
    const on = KEY_ARN.replace("key/1", "key/(not known)");
    expect(check(iamUseKeyAndSecret, planWith({ stream }, [keyPolicy()]))).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BOTH.join(", ")} on ${on} is not known before the apply | ${AFTER}`,
    ]);
    expect(check(iamUseKeyAndSecret, planWith({ stream }, [keyPolicy({}, BOTH, KEY_ARN.replace("/1", "/*"))]))).toEqual(
      [],
    );
    expect(check(iamUseKeyAndSecret, planWith({ stream }))).toEqual([cannot(BOTH.join(", "), "firehose", on)]);
  });

  test.each(["enabled", "key_type"])(
    "says that it matters only if the stream is encrypted, where %s is not known",
    (name) => {
      const stream = streamChange(STREAM_KEY, { unknown: [`server_side_encryption.0.${name}`] });
      expect(check(iamUseKeyAndSecret, planWith({ stream }))).toEqual([
        `unknown ${STREAM}: the role cannot perform ${BOTH.join(", ")} on ${KEY_ARN} through firehose.${REGION}.amazonaws.com, which matters only if the stream is encrypted with it | Allow ${BOTH.join(", ")} on it.`,
      ]);
    },
  );

  test("names the service alone where the region is not known", () => {
    const stream = streamChange(
      { backup: { kms_key_arn: KEY_ARN }, values: { region: undefined } },
      unknownAt(BACKUP_PATH, "var.key"),
    );
    const bucket = change("aws_s3_bucket.backup", { bucket: "backup" });
    expect(check(iamUseKeyAndSecret, planWith({ stream, bucket }))).toEqual([
      `finding ${STREAM}: the role cannot perform ${BOTH.join(", ")} on arn:aws:kms:(not known):${ACCOUNT}:key/(not known) through s3 | Allow ${BOTH.join(", ")} on it.`,
    ]);
  });
});

describe("KFF-IAM-006 on the bucket's own key", () => {
  const SETTINGS = "rule.0.apply_server_side_encryption_by_default.0";
  const encryption = (key: unknown, sse_algorithm = "aws:kms", more: Partial<PlannedChange> = {}): PlannedChange =>
    change(
      "aws_s3_bucket_server_side_encryption_configuration.e",
      {
        bucket: "backup",
        rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm, kms_master_key_id: key }] }],
      },
      more,
    );

  test.each(["aws:kms", "aws:kms:dsse"])("finds that the role cannot use it, with %s", (algorithm) => {
    expect(found({}, encryption(KEY_ARN, algorithm))).toEqual([cannot(BOTH.join(", "), "s3")]);
    expect(found({}, encryption(KEY_ARN, algorithm), keyPolicy())).toEqual([]);
  });

  test.each<[string, PlannedChange]>([
    ["of S3", encryption(undefined, "AES256")],
    ["of S3, with a key that is not used", encryption(KEY_ARN, "AES256")],
    ["of AWS", encryption(undefined)],
    ["of AWS by its alias", encryption("alias/aws/s3")],
    [
      "that the configuration leaves out",
      encryption(undefined, "aws:kms", { unknown: [`${SETTINGS}.kms_master_key_id`] }),
    ],
  ])("asks nothing of a key %s", (_, change_) => {
    expect(found({}, change_)).toEqual([]);
  });

  test("asks for the backup's key alone where it has one", () => {
    expect(
      found({ backup: { kms_key_arn: `${KEY_ARN}2` } }, encryption(KEY_ARN), keyPolicy({}, BOTH, `${KEY_ARN}2`)),
    ).toEqual([]);
  });

  test("says that it matters only if the bucket encrypts with it, where the algorithm is not known", () => {
    const path = `${SETTINGS}.sse_algorithm`;
    expect(found({}, encryption(KEY_ARN, "aws:kms", unknownAt(path, "var.a")))).toEqual([
      `unknown ${STREAM}: the role cannot perform ${BOTH.join(", ")} on ${KEY_ARN} through s3.${REGION}.amazonaws.com, which matters only if the bucket encrypts with it | Allow ${BOTH.join(", ")} on it.`,
    ]);
  });

  test("does not quote a sensitive key", () => {
    expect(found({}, encryption(KEY_ARN, "aws:kms", { sensitive: [`${SETTINGS}.kms_master_key_id`] }))).toEqual([
      cannot(BOTH.join(", "), "s3", "(sensitive value)"),
    ]);
  });

  test("accepts a grant of KMS", () => {
    const key = change("aws_kms_key.k", { arn: KEY_ARN, key_id: "1" });
    expect(found({}, encryption(KEY_ARN), key, kmsGrant())).toEqual([]);
    expect(found({}, encryption(KEY_ARN), key, kmsGrant({ operations: ["Decrypt"] }))).toEqual([
      cannot("kms:GenerateDataKey", "s3"),
    ]);
    expect(
      found({}, encryption(KEY_ARN), key, kmsGrant({}, unknownAt("grantee_principal", "aws_iam_role.firehose.arn"))),
    ).toEqual([]);
    const path = "operations";
    expect(found({}, encryption(KEY_ARN), key, kmsGrant({}, unknownAt(path, "var.operations")))).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BOTH.join(", ")} on ${KEY_ARN} is not known before the apply | ${AFTER}`,
    ]);
    expect(
      found({}, encryption(KEY_ARN), key, kmsGrant({ constraints: [{ encryption_context_equals: { a: "b" } }] })),
    ).toEqual([
      `unknown ${STREAM}: whether the role can perform ${BOTH.join(", ")} on ${KEY_ARN} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("asks for it where the plan encrypts a bucket that is managed elsewhere", () => {
    expect(check(iamUseKeyAndSecret, planWith({ bucket: undefined }, [encryption(KEY_ARN)]))).toEqual([
      cannot(BOTH.join(", "), "s3"),
    ]);
    expect(BUCKET_ARN).toBe("arn:aws:s3:::backup");
  });
});

describe("KFF-IAM-006 on the secret", () => {
  const READ = "secretsmanager:GetSecretValue";
  const block = (more: JsonObject = {}): StreamSettings => ({
    http: { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN, role_arn: ROLE_ARN, ...more }] },
  });
  const secret = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
    change("aws_secretsmanager_secret.s", { arn: SECRET_ARN, name: "kloudfuse", ...values }, more);
  const reads = inlineChange(grants({ logErrors: allow(["logs:PutLogEvents", READ], "*") }));
  const withSecret = (settings: StreamSettings, ...more: readonly PlannedChange[]): string[] =>
    check(iamUseKeyAndSecret, planWith({ stream: streamChange(settings), inline: reads }, more));
  const missing = (on = SECRET_ARN): string =>
    `finding ${STREAM}: the role cannot perform ${READ} on ${on} | Allow ${READ} on it.`;
  const PATH = "http_endpoint_configuration.0.secrets_manager_configuration.0";

  test("finds that the role cannot read it", () => {
    expect(found(block(), secret())).toEqual([missing()]);
    expect(withSecret(block(), secret())).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ["disabled", { enabled: false }],
    ["not set", { secret_arn: undefined }],
  ])("asks nothing where it is %s", (_, more) => {
    expect(found(block(more))).toEqual([]);
  });

  test("says that it matters only if the stream reads it, where that is not known", () => {
    const stream = streamChange(block(), { unknown: [`${PATH}.enabled`] });
    expect(check(iamUseKeyAndSecret, planWith({ stream }, [secret()]))).toEqual([
      `unknown ${STREAM}: the role cannot perform ${READ} on ${SECRET_ARN}, which matters only if the stream reads the secret | Allow ${READ} on it.`,
    ]);
  });

  test("asks it of the secret's own role, else of the role of the HTTP delivery", () => {
    const arn = `${ROLE_ARN}-s`;
    const role = change("aws_iam_role.s", { name: "firehose-s", arn });
    expect(withSecret(block({ role_arn: arn }), secret(), role)).toEqual([missing()]);
    expect(withSecret(block({ role_arn: undefined }), secret())).toEqual([]);
    expect(found(block({ role_arn: undefined }), secret())).toEqual([missing()]);
  });

  test.each([
    [
      "policy",
      secret({ policy: document({ Effect: "Allow", Principal: { AWS: ROLE_ARN }, Action: READ, Resource: "*" }) }),
    ],
  ])("takes what the secret's own %s allows the role", (_, change_) => {
    expect(found(block(), change_)).toEqual([]);
  });

  test("takes what aws_secretsmanager_secret_policy allows the role", () => {
    const policy = document({ Effect: "Allow", Principal: { AWS: ROLE_ARN }, Action: READ, Resource: "*" });
    const own = change("aws_secretsmanager_secret_policy.p", { secret_arn: SECRET_ARN, policy });
    expect(found(block(), secret(), own)).toEqual([]);
  });

  test("finds that the secret's own policy denies it", () => {
    const policy = document({ Sid: "Closed", Effect: "Deny", Principal: "*", Action: READ, Resource: "*" });
    const own = change("aws_secretsmanager_secret_policy.p", { secret_arn: SECRET_ARN, policy });
    expect(withSecret(block(), secret(), own)).toEqual([
      `finding ${STREAM}: the role cannot perform ${READ} on ${SECRET_ARN}: Closed of aws_secretsmanager_secret_policy.p denies it | Remove the Deny, or exclude the resource from it.`,
    ]);
  });

  test("quotes no sensitive name", () => {
    const stream = streamChange(block(), unknownAt(`${PATH}.secret_arn`, "aws_secretsmanager_secret.s.arn"));
    const named = secret({}, { unknown: ["arn", "id"], sensitive: ["name"] });
    expect(check(iamUseKeyAndSecret, planWith({ stream }, [named]))).toEqual([missing("(sensitive value)")]);
  });

  test("takes the secret's name where its ARN is not known", () => {
    const stream = streamChange(block(), unknownAt(`${PATH}.secret_arn`, "aws_secretsmanager_secret.s.arn"));
    const on = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:kloudfuse-(not known)`;
    const named = secret({}, { unknown: ["arn", "id"] });
    expect(check(iamUseKeyAndSecret, planWith({ stream }, [named]))).toEqual([missing(on)]);
    const pattern = inlineChange(grants({ logErrors: allow(READ, on.replace("(not known)", "*")) }));
    expect(check(iamUseKeyAndSecret, planWith({ stream, inline: pattern }, [named]))).toEqual([]);
    const unnamed = secret({ name: undefined }, { unknown: ["arn", "id", "name"] });
    expect(check(iamUseKeyAndSecret, planWith({ stream }, [unnamed]))).toEqual([
      missing(on.replace("kloudfuse-(not known)", "(not known)")),
    ]);
  });

  test("finds that the role cannot use the secret's key", () => {
    expect(withSecret(block(), secret({ kms_key_id: KEY_ARN }))).toEqual([cannot("kms:Decrypt", "secretsmanager")]);
    expect(withSecret(block(), secret({ kms_key_id: KEY_ARN }), keyPolicy(viaService("s3")))).toEqual([
      others("kms:Decrypt", "secretsmanager"),
    ]);
    expect(withSecret(block(), secret({ kms_key_id: KEY_ARN }), keyPolicy({}, ["kms:Decrypt"]))).toEqual([]);
  });

  test("does not quote a sensitive key or secret", () => {
    expect(withSecret(block(), secret({ kms_key_id: KEY_ARN }, { sensitive: ["kms_key_id"] }))).toEqual([
      cannot("kms:Decrypt", "secretsmanager", "(sensitive value)"),
    ]);
    const stream = streamChange(block(), { sensitive: [`${PATH}.secret_arn`] });
    expect(check(iamUseKeyAndSecret, planWith({ stream }, [secret()]))).toEqual([missing("(sensitive value)")]);
  });

  test("asks nothing of AWS's own key", () => {
    expect(withSecret(block(), secret({ kms_key_id: "alias/aws/secretsmanager" }))).toEqual([]);
    expect(withSecret(block(), secret({}, { unknown: ["kms_key_id"] }))).toEqual([]);
    expect(withSecret(block({ enabled: false }), secret({ kms_key_id: KEY_ARN }))).toEqual([]);
  });

  test("says that the key of a secret that is managed elsewhere is undetermined", () => {
    const on = KEY_ARN.replace("key/1", "key/(not known)");
    expect(withSecret(block())).toEqual([
      `unknown ${STREAM}: the role cannot perform kms:Decrypt on ${on} through secretsmanager.${REGION}.amazonaws.com, which matters only if a customer-managed key encrypts the secret | Allow kms:Decrypt on it.`,
    ]);
    expect(withSecret(block(), keyPolicy())).toEqual([
      `unknown ${STREAM}: whether the role can perform kms:Decrypt on ${on} is not known before the apply, which matters only if a customer-managed key encrypts the secret | ${AFTER}`,
    ]);
  });
});
