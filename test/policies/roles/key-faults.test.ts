import { findKloudfuse } from "../../../policies/kloudfuse";
import { keyFaults } from "../../../policies/roles/key-faults";
import { keyUses } from "../../../policies/roles/key-requests";
import type { JsonObject } from "../../../iam/json";
import {
  AFTER,
  allow,
  change,
  document,
  ELSEWHERE,
  KEY,
  KEY_ARN,
  keyChange,
  kmsGrant,
  planWith,
  REGION,
  ROLE_ARN,
  SECRET_ARN,
  STREAM,
  streamChange,
  type StreamSettings,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { allowKms, when } from "../../helpers/statements";

const HTTP = "http_endpoint_configuration.0";
const STREAM_KEY = "server_side_encryption.0.key_arn";
const BACKUP_KEY = `${HTTP}.s3_configuration.0.kms_key_arn`;
const KEY_POLICY = "aws_kms_key_policy.p";
const SECRET = "aws_secretsmanager_secret.s";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration.e";
const BUCKET_KEY = "rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id";
const ALIAS = `arn:aws:kms:${REGION}:${ACCOUNT}:alias/telemetry`;
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const OTHER_ROLE = { AWS: `${ROLE_ARN}-other` };
const BOTH = "kms:Decrypt, kms:GenerateDataKey";

/** What is wrong with the keys of the stream of a plan, use by use. */
const faultsIn = (...plan: Parameters<typeof planWith>): readonly string[] => {
  const kloudfuse = findKloudfuse(planOf(planWith(...plan)));
  return kloudfuse.streams.flatMap((stream) =>
    keyUses(kloudfuse, stream).flatMap((use) =>
      keyFaults(kloudfuse, stream, use).map(
        ({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`,
      ),
    ),
  );
};

const encryptedBy = (key_arn: unknown): StreamSettings => ({
  encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn },
});
const backedUpWith = (kms_key_arn: unknown): StreamSettings => ({ backup: { kms_key_arn } });
const reading = (secret_arn: string): StreamSettings => ({
  http: { secrets_manager_configuration: [{ enabled: true, secret_arn, role_arn: ROLE_ARN }] },
});
const stream = (settings: StreamSettings, more: Partial<PlannedChange> = {}): { stream: PlannedChange } => ({
  stream: streamChange(settings, more),
});
const bucketKey = (kms_master_key_id: string, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    ENCRYPTION,
    {
      bucket: "backup",
      region: REGION,
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id }] }],
    },
    more,
  );
const alias = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    "aws_kms_alias.a",
    { name: "alias/telemetry", arn: ALIAS, region: REGION, target_key_id: "1", ...values },
    more,
  );

/** What is wrong with a key that the stream is encrypted with. */
const ofKey = (...changes: readonly PlannedChange[]): readonly string[] =>
  faultsIn(stream(encryptedBy(KEY_ARN)), changes);

const elsewhere = (address: string, shown = KEY_ARN): string =>
  `unknown ${address}: the plan does not have the key ${shown}: whether it can be used is undetermined | ${ELSEWHERE}`;
const DISABLED = `finding ${KEY}: is_enabled is false | Enable the key.`;

describe("the alias of a key", () => {
  test.each<[path: string, settings: (alias: string) => StreamSettings]>([
    [STREAM_KEY, encryptedBy],
    [BACKUP_KEY, backedUpWith],
  ])("is rejected at %s, by its name and by its ARN, and nothing else is said of it", (path, settings) => {
    for (const name of ["alias/telemetry", ALIAS]) {
      expect(faultsIn(stream(settings(name)), [alias(), keyChange({ is_enabled: false })])).toEqual([
        `finding ${STREAM}: ${path} is the alias ${name} | Use the ARN of the key: Firehose accepts no alias.`,
      ]);
    }
  });

  test("is not quoted where it is sensitive", () => {
    expect(faultsIn(stream(encryptedBy(ALIAS), { sensitive: [STREAM_KEY] }))).toEqual([
      `finding ${STREAM}: ${STREAM_KEY} is the alias (sensitive value) | Use the ARN of the key: Firehose accepts no alias.`,
    ]);
  });

  test.each(["key/myalias/1", "key/alias", "key/x-alias/1"])("is not what the id %s contains", (id) => {
    const arn = KEY_ARN.replace("key/1", id);
    expect(faultsIn(stream(encryptedBy(arn)))).toEqual([elsewhere(STREAM, arn)]);
  });

  test("of a bucket leads to the key that it points to", () => {
    for (const name of ["alias/telemetry", ALIAS]) {
      expect(faultsIn({}, [bucketKey(name), alias(), keyChange()])).toEqual([]);
      expect(faultsIn({}, [bucketKey(name), alias(), keyChange({ is_enabled: false })])).toEqual([DISABLED]);
    }
  });

  test("of a bucket leads to the key by reference", () => {
    const created = alias({ target_key_id: undefined }, unknownAt("target_key_id", `${KEY}.key_id`));
    const disabled = keyChange({ is_enabled: false }, { unknown: ["arn", "key_id"] });
    expect(faultsIn({}, [bucketKey("alias/telemetry"), created, disabled])).toEqual([DISABLED]);
  });

  test("of a bucket is named where the plan does not have the alias", () => {
    expect(faultsIn({}, [bucketKey(ALIAS), keyChange({ is_enabled: false })])).toEqual([elsewhere(ENCRYPTION, ALIAS)]);
  });

  test("of a bucket is named where the plan does not have the key", () => {
    expect(faultsIn({}, [bucketKey(ALIAS), alias({ target_key_id: "2" })])).toEqual([elsewhere(ENCRYPTION, ALIAS)]);
  });
});

describe("the region of a key", () => {
  const THERE = KEY_ARN.replace(REGION, "us-east-1");
  const found = (address: string, path: string, shown = "us-east-1"): string =>
    `finding ${address}: ${path} is a key of ${shown}, and ${address} is in ${REGION} | Use a key of the same region.`;

  test("must be that of the stream", () => {
    expect(faultsIn(stream(encryptedBy(THERE)))).toEqual([found(STREAM, STREAM_KEY), elsewhere(STREAM, THERE)]);
    expect(faultsIn(stream(backedUpWith(THERE)))).toEqual([found(STREAM, BACKUP_KEY), elsewhere(STREAM, THERE)]);
  });

  test("must be that of the bucket and of the secret that name it", () => {
    const region = "us-east-1";
    expect(faultsIn({}, [bucketKey(THERE), keyChange({ arn: THERE, region })])).toEqual([
      found(ENCRYPTION, BUCKET_KEY),
    ]);
    const secret = change(SECRET, { arn: SECRET_ARN, region: REGION, kms_key_id: THERE });
    expect(faultsIn(stream(reading(SECRET_ARN)), [secret, keyChange({ arn: THERE, region })])).toEqual([
      found(SECRET, "kms_key_id"),
    ]);
  });

  test("is not quoted where the key is sensitive", () => {
    expect(faultsIn(stream(encryptedBy(THERE), { sensitive: [STREAM_KEY] }))).toEqual([
      found(STREAM, STREAM_KEY, "(sensitive value)"),
      elsewhere(STREAM, "(sensitive value)"),
    ]);
  });

  test("is that of an ARN in any partition", () => {
    const arn = `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/1`;
    const settings = (region: string): StreamSettings => ({ ...encryptedBy(arn), values: { region } });
    expect(faultsIn(stream(settings("cn-north-1")))).toEqual([elsewhere(STREAM, arn)]);
    expect(faultsIn(stream(settings("cn-northwest-1")))).toHaveLength(2);
  });

  test("is not compared where that of the stream is not known", () => {
    const settings = { ...encryptedBy(THERE), values: { region: undefined } };
    expect(faultsIn(stream(settings, { provider: "aws.other" }))).toEqual([elsewhere(STREAM, THERE)]);
  });

  test("is not compared where the key is named by its id", () => {
    expect(faultsIn(stream(backedUpWith("1")))).toEqual([elsewhere(STREAM, "1")]);
  });
});

describe("a key that the plan does not have", () => {
  test("is undetermined, with the place that names it", () => {
    expect(faultsIn(stream(encryptedBy(KEY_ARN)))).toEqual([elsewhere(STREAM)]);
    expect(faultsIn(stream(backedUpWith(KEY_ARN)))).toEqual([elsewhere(STREAM)]);
    expect(faultsIn({}, [bucketKey(KEY_ARN)])).toEqual([elsewhere(ENCRYPTION)]);
  });

  test("is not quoted where it is sensitive", () => {
    expect(faultsIn(stream(encryptedBy(KEY_ARN), { sensitive: [STREAM_KEY] }))).toEqual([
      elsewhere(STREAM, "(sensitive value)"),
    ]);
  });

  test("is not known where its value is not", () => {
    expect(faultsIn(stream(encryptedBy(undefined), unknownAt(STREAM_KEY)))).toEqual([
      `unknown ${STREAM}: ${STREAM_KEY} is not known before the apply | ${AFTER}`,
    ]);
  });

  test.each([[["delete"]], [["delete", "create"]], [["create", "delete"]]])(
    "is a finding where the plan deletes it: %j",
    (actions) => {
      const gone = keyChange({}, { actions, before: { arn: KEY_ARN, key_id: "1" }, unknown: ["arn", "key_id"] });
      expect(ofKey(gone)).toEqual([
        `finding ${STREAM}: ${STREAM_KEY} is the key ${KEY}, which the plan deletes | Keep the key until nothing is encrypted with it.`,
      ]);
    },
  );

  test("is undetermined where the plan deletes another one, or updates it", () => {
    const other = keyChange({ arn: `${KEY_ARN}2`, key_id: "12" }, { actions: ["delete"] });
    expect(ofKey(other)).toEqual([elsewhere(STREAM)]);
    const updated = keyChange({}, { actions: ["update"], before: { arn: KEY_ARN }, unknown: ["arn", "key_id"] });
    expect(ofKey(updated)).toEqual([elsewhere(STREAM)]);
  });
});

describe("the state of a key", () => {
  test("is good where it is enabled and symmetric", () => {
    expect(ofKey(keyChange())).toEqual([]);
    expect(ofKey(keyChange({ customer_master_key_spec: "SYMMETRIC_DEFAULT" }))).toEqual([]);
  });

  test("is a finding where it is not enabled", () => {
    expect(ofKey(keyChange({ is_enabled: false }))).toEqual([DISABLED]);
  });

  test("is not known where the configuration sets it and the plan does not show it", () => {
    expect(ofKey(keyChange({ is_enabled: undefined }, unknownAt("is_enabled")))).toEqual([
      `unknown ${KEY}: is_enabled is not known before the apply | ${AFTER}`,
    ]);
  });

  test("is enabled by default", () => {
    expect(ofKey(keyChange({ is_enabled: undefined }))).toEqual([]);
    expect(ofKey(keyChange({ is_enabled: undefined }, { unknown: ["is_enabled"] }))).toEqual([]);
  });

  test.each(["RSA_2048", "HMAC_256", "SYMMETRIC_DEFAULT_2"])("is a finding where its spec is %s", (spec) => {
    expect(ofKey(keyChange({ customer_master_key_spec: spec }))).toEqual([
      `finding ${KEY}: customer_master_key_spec is ${spec} | Use a symmetric key.`,
    ]);
  });

  test("is not quoted where the spec is sensitive, and not compared where it is not known", () => {
    const spec = "customer_master_key_spec";
    expect(ofKey(keyChange({ [spec]: "RSA_2048" }, { sensitive: [spec] }))).toEqual([
      `finding ${KEY}: ${spec} is (sensitive value) | Use a symmetric key.`,
    ]);
    expect(ofKey(keyChange({}, unknownAt(spec)))).toEqual([]);
  });

  test("is said completely, before what is wrong with the policy", () => {
    const policy = document({ ...allow("kms:*", "*"), Principal: OTHER_ROLE });
    expect(ofKey(keyChange({ is_enabled: false, customer_master_key_spec: "RSA_2048", policy }))).toEqual([
      DISABLED,
      `finding ${KEY}: customer_master_key_spec is RSA_2048 | Use a symmetric key.`,
      expect.stringContaining(`the key's policy does not grant the role of ${STREAM}`),
    ]);
  });
});

const via = (service: string): JsonObject =>
  when("StringEquals", "kms:ViaService", `${service}.${REGION}.amazonaws.com`);
const denies = (actions: string, service = "firehose", owner = KEY): string =>
  `finding ${owner}: the key's policy does not grant the role of ${STREAM} ${actions} through ${service} | Allow the role, or the account's IAM policies, to use the key.`;
const depends = (actions: string, reason: string, owner = KEY): string =>
  `unknown ${owner}: whether the key's policy grants the role of ${STREAM} ${actions} through firehose ${reason} | Make sure that the role can use the key.`;
const ofPolicy = (...statements: readonly JsonObject[]): readonly string[] =>
  ofKey(keyChange({ policy: document(...statements) }));

describe("the policy of a key", () => {
  test("may leave the key to the account's IAM policies, name the role, or be AWS's default", () => {
    expect(ofPolicy(allowKms(ROOT))).toEqual([]);
    expect(ofPolicy(allow(BOTH.split(", "), "*", { Principal: { AWS: ROLE_ARN } }))).toEqual([]);
    expect(ofKey(keyChange({ policy: "" }))).toEqual([]);
    expect(ofKey(keyChange({}, { unknown: ["policy"] }))).toEqual([]);
  });

  test("must let the role do everything that it uses the key for", () => {
    expect(ofPolicy(allowKms(OTHER_ROLE))).toEqual([denies(BOTH)]);
    expect(ofPolicy()).toEqual([denies(BOTH)]);
    expect(ofPolicy(allow("kms:Decrypt", "*", { Principal: { AWS: ROLE_ARN } }))).toEqual([
      denies("kms:GenerateDataKey"),
    ]);
    expect(ofPolicy(allowKms(ROOT), { ...allowKms("*"), Action: "kms:Decrypt", Effect: "Deny" })).toEqual([
      denies("kms:Decrypt"),
    ]);
  });

  test.each<[service: string, settings: StreamSettings, more: () => readonly PlannedChange[], actions: string]>([
    ["firehose", encryptedBy(KEY_ARN), () => [], BOTH],
    ["s3", backedUpWith(KEY_ARN), () => [], BOTH],
    ["s3", {}, () => [bucketKey(KEY_ARN)], BOTH],
    [
      "secretsmanager",
      reading(SECRET_ARN),
      () => [change(SECRET, { arn: SECRET_ARN, region: REGION, kms_key_id: KEY_ARN })],
      "kms:Decrypt",
    ],
  ])("must let the role use it through %s", (service, settings, more, actions) => {
    const withPolicy = (...statements: readonly JsonObject[]): readonly string[] =>
      faultsIn(stream(settings), [...more(), keyChange({ policy: document(...statements) })]);
    expect(withPolicy(allowKms({ AWS: ROLE_ARN }, via(service)))).toEqual([]);
    expect(withPolicy(allowKms({ AWS: ROLE_ARN }, via("ec2")))).toEqual([denies(actions, service)]);
  });

  test("decides on requests to the key's own region", () => {
    const inRegion = (region: string): JsonObject =>
      allowKms({ AWS: ROLE_ARN }, { Condition: { StringEquals: { "aws:RequestedRegion": region } } });
    expect(ofPolicy(inRegion(REGION))).toEqual([]);
    expect(ofPolicy(inRegion("us-east-1"))).toEqual([denies(BOTH)]);
    const policy = document(inRegion(REGION));
    expect(ofKey(keyChange({ region: undefined, policy }))).toEqual([]);
    expect(ofKey(keyChange({ region: "us-east-1", policy }))).toEqual([denies(BOTH)]);
  });

  test("decides by the ARN of the key where it names one", () => {
    expect(ofPolicy(allow("kms:*", KEY_ARN, { Principal: ROOT }))).toEqual([]);
    expect(ofPolicy(allow("kms:*", `${KEY_ARN}2`, { Principal: ROOT }))).toEqual([denies(BOTH)]);
  });

  test("is asked beside the role's where the key is of another account", () => {
    const arn = KEY_ARN.replace(ACCOUNT, "210987654321");
    const foreign = (...statements: readonly JsonObject[]): readonly string[] =>
      faultsIn(stream(encryptedBy(arn)), [keyChange({ arn, policy: document(...statements) })]);
    expect(foreign(allowKms({ AWS: "arn:aws:iam::210987654321:root" }))).toEqual([denies(BOTH)]);
    expect(foreign(allowKms(ROOT))).toEqual([]);
  });

  test("is that of aws_kms_key_policy where there is one", () => {
    const own = (...statements: readonly JsonObject[]): PlannedChange =>
      change(KEY_POLICY, { key_id: "1", policy: document(...statements) });
    expect(ofKey(keyChange({ policy: document(allowKms(ROOT)) }), own(allowKms(OTHER_ROLE)))).toEqual([
      denies(BOTH, "firehose", KEY_POLICY),
    ]);
    expect(ofKey(keyChange({ policy: document(allowKms(OTHER_ROLE)) }), own(allowKms(ROOT)))).toEqual([]);
  });

  test("is a finding where it is invalid, and nothing else is said of it", () => {
    expect(ofKey(keyChange({ policy: "[]" }))).toEqual([
      `finding ${KEY}: the key's policy is invalid: The policy document must have a Statement. Add one. | Correct it: KMS rejects it.`,
    ]);
  });

  test("is undetermined by a condition, which is named once unless it is sensitive", () => {
    const policy = document(
      allowKms({ AWS: ROLE_ARN }, { Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } } }),
    );
    expect(ofKey(keyChange({ policy }))).toEqual([depends(BOTH, "depends on StringEquals aws:PrincipalTag/team")]);
    expect(ofKey(keyChange({ policy }, { sensitive: ["policy"] }))).toEqual([
      depends(BOTH, "depends on (sensitive value)"),
    ]);
  });

  test("is undetermined where it is not known", () => {
    expect(ofKey(keyChange({}, unknownAt("policy")))).toEqual([depends(BOTH, "is not known before the apply")]);
  });

  test("is a finding of one action beside another that is undetermined", () => {
    const tagged = { Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } } };
    expect(ofPolicy(allow("kms:Decrypt", "*", { Principal: { AWS: ROLE_ARN }, ...tagged }))).toEqual([
      denies("kms:GenerateDataKey"),
      depends("kms:Decrypt", "depends on StringEquals aws:PrincipalTag/team"),
    ]);
  });
});

describe("a grant of KMS", () => {
  const closed = (): PlannedChange => keyChange({ policy: document(allowKms(OTHER_ROLE)) });

  test("lets the role use a key whose policy does not", () => {
    expect(ofKey(closed(), kmsGrant())).toEqual([]);
  });

  test("leaves what it does not cover to the key's policy", () => {
    expect(ofKey(closed(), kmsGrant({ operations: ["Decrypt"] }))).toEqual([denies("kms:GenerateDataKey")]);
    expect(ofKey(closed(), kmsGrant({ key_id: "2" }))).toEqual([denies(BOTH)]);
  });

  test("that may cover it is enough", () => {
    expect(ofKey(closed(), kmsGrant({}, unknownAt("operations")))).toEqual([]);
  });

  test("does not close a key to everybody", () => {
    expect(ofKey(keyChange({ policy: document(allowKms("*")) }), kmsGrant())).toEqual([
      `finding ${KEY}: the key's policy grants everybody kms:Decrypt | Name the principals, or the account.`,
    ]);
  });
});

describe("everybody in the policy of a key", () => {
  const everybody = (action: string, owner = KEY): string =>
    `finding ${owner}: the key's policy grants everybody ${action} | Name the principals, or the account.`;

  test.each<[name: string, principal: unknown]>([
    ["*", "*"],
    ["AWS: *", { AWS: "*" }],
  ])("is a finding where it is named by %s", (_, principal) => {
    expect(ofPolicy(allowKms(principal))).toEqual([everybody("kms:Decrypt")]);
  });

  test("is a finding by one of the actions alone, beside the account", () => {
    expect(ofPolicy(allowKms(ROOT), allow("kms:GenerateDataKey", "*", { Principal: "*" }))).toEqual([
      everybody("kms:GenerateDataKey"),
    ]);
    expect(ofPolicy(allowKms(ROOT), allow("kms:DescribeKey", "*", { Principal: "*" }))).toEqual([]);
  });

  test("is said after what the role cannot do, with the resource that has the policy", () => {
    const policy = document(allowKms("*"), { ...allowKms({ AWS: ROLE_ARN }), Effect: "Deny" });
    expect(ofKey(keyChange(), change(KEY_POLICY, { key_id: "1", policy }))).toEqual([
      denies(BOTH, "firehose", KEY_POLICY),
      everybody("kms:Decrypt", KEY_POLICY),
    ]);
  });

  test("is a finding of a key whose ARN is not known", () => {
    const settings = stream(encryptedBy(undefined), unknownAt(STREAM_KEY, `${KEY}.arn`));
    const created = keyChange({ policy: document(allowKms("*")) }, { unknown: ["arn", "key_id"] });
    expect(faultsIn(settings, [created])).toEqual([everybody("kms:Decrypt")]);
  });

  test("is a finding of the key that a statement names, and not of others", () => {
    const policyOf = (Resource: string): string =>
      document(allowKms(ROOT), allow("kms:*", Resource, { Principal: "*" }));
    expect(ofKey(keyChange({ policy: policyOf(KEY_ARN) }))).toEqual([everybody("kms:Decrypt")]);
    expect(ofKey(keyChange({ policy: policyOf(`${KEY_ARN}2`) }))).toEqual([]);
    const settings = stream(encryptedBy(undefined), unknownAt(STREAM_KEY, `${KEY}.arn`));
    const created = keyChange({ policy: policyOf(KEY_ARN) }, { unknown: ["arn", "key_id"] });
    expect(faultsIn(settings, [created])).toEqual([]);
  });

  test("is accepted under a condition, and where it is denied", () => {
    const ofAccount = { Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT } } };
    expect(ofPolicy(allowKms(ROOT), allowKms("*", ofAccount))).toEqual([]);
    const fromOffice = { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
    expect(ofPolicy(allowKms(ROOT), allowKms("*", fromOffice))).toEqual([]);
    const others = { Condition: { StringNotEquals: { "kms:CallerAccount": ACCOUNT } } };
    expect(ofPolicy(allowKms("*"), { ...allowKms("*", others), Effect: "Deny" })).toEqual([]);
  });

  test("is not another account that the policy names", () => {
    expect(ofPolicy(allowKms(ROOT), allowKms({ AWS: "arn:aws:iam::210987654321:root" }))).toEqual([]);
  });
});
