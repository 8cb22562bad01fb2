import { SEGMENT } from "../../../iam/text";
import { UNKNOWN } from "../../../iam/unknown";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { keyArnOf, keyRequests, type KeyUse, keyUses } from "../../../policies/roles/key-requests";
import type { RoleRequests } from "../../../policies/roles/role-requests";
import type { JsonObject } from "../../../iam/json";
import {
  change,
  KEY_ARN,
  planWith,
  REGION,
  ROLE_ARN,
  SECRET_ARN,
  STREAM,
  STREAM_ARN,
  streamChange,
  type StreamSettings,
} from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, unknownAt } from "../../helpers/plan";

const HTTP = "http_endpoint_configuration.0";
const BACKUP_KEY = `${HTTP}.s3_configuration.0.kms_key_arn`;
const STREAM_KEY = "server_side_encryption.0.key_arn";
const KEY = "aws_kms_key.k";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration.e";
const LOCATION = { partition: "aws", region: REGION, accountId: ACCOUNT };
const key = change(KEY, { arn: KEY_ARN, key_id: "1" });

function keysOf<Result>(
  find: (...of: Parameters<typeof keyUses>) => readonly Result[],
  ...plan: Parameters<typeof planWith>
): readonly Result[] {
  const kloudfuse = findKloudfuse(planOf(planWith(...plan)));
  return kloudfuse.streams.flatMap((stream) => find(kloudfuse, stream));
}

/** A use of a key in short: service, where it is named, actions, and what it depends on. */
const short = ({ service, namedAt: [resource, path], actions, neededIf }: KeyUse): string =>
  [`${service}: ${path} of ${resource.address}`, actions.join(" "), ...(neededIf === undefined ? [] : [neededIf])].join(
    " | ",
  );

const usesIn = (...plan: Parameters<typeof planWith>): string[] => keysOf(keyUses, ...plan).map(short);
const requestsIn = (...plan: Parameters<typeof planWith>): readonly RoleRequests[] => keysOf(keyRequests, ...plan);
const streamWith = (settings: StreamSettings, more: Partial<PlannedChange> = {}): { stream: PlannedChange } => ({
  stream: streamChange(settings, more),
});

const BOTH = "kms:Decrypt kms:GenerateDataKey";
const encrypted = (more: JsonObject = {}): StreamSettings => ({
  encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: KEY_ARN, ...more },
});
const ofStream = `firehose: ${STREAM_KEY} of ${STREAM} | ${BOTH}`;

describe("the key of a stream", () => {
  test("is used through Firehose by what puts records", () => {
    const filter = change("aws_cloudwatch_log_subscription_filter.f", {
      destination_arn: STREAM_ARN,
      role_arn: ROLE_ARN,
    });
    const stream = streamWith({ ...encrypted(), values: { arn: STREAM_ARN } });
    expect(usesIn(stream, [key, filter])).toEqual([ofStream]);
    expect(keysOf(keyUses, stream, [filter]).map(({ use }) => use.namedBy.address)).toEqual([filter.address]);
  });

  test.each<[string, JsonObject]>([
    ["names no key", { key_arn: undefined }],
    ["is not encrypted", { enabled: false }],
    ["is encrypted with a key of AWS", { key_type: "AWS_OWNED_CMK" }],
  ])("is not used where the stream %s", (_, encryption) => {
    expect(usesIn(streamWith(encrypted(encryption)))).toEqual([]);
  });

  test.each(["enabled", "key_type"])(
    "matters only if the stream is encrypted with it, where %s is not known",
    (name) => {
      const path = `server_side_encryption.0.${name}`;
      const stream = streamWith(encrypted(), unknownAt(path));
      expect(usesIn(stream)).toEqual([`${ofStream} | the stream is encrypted with it`]);
    },
  );
});

describe("the key of the backup", () => {
  const ofBackup = `s3: ${BACKUP_KEY} of ${STREAM} | ${BOTH}`;
  const encryption = (
    byDefault: JsonObject,
    more: Partial<PlannedChange> = {},
    values: JsonObject = { bucket: "backup" },
  ): PlannedChange =>
    change(ENCRYPTION, { ...values, rule: [{ apply_server_side_encryption_by_default: [byDefault] }] }, more);
  const DEFAULT = "rule.0.apply_server_side_encryption_by_default.0";
  const ofBucket = `s3: ${DEFAULT}.kms_master_key_id of ${ENCRYPTION} | ${BOTH}`;
  const withKey = { sse_algorithm: "aws:kms", kms_master_key_id: KEY_ARN };

  test("is used through S3 by the role of the backup", () => {
    const stream = streamWith({ backup: { kms_key_arn: KEY_ARN } });
    expect(usesIn(stream)).toEqual([ofBackup]);
    expect(keysOf(keyUses, stream).map(({ use }) => use.path)).toEqual([`${HTTP}.s3_configuration.0.role_arn`]);
  });

  test("is used instead of the bucket's", () => {
    expect(usesIn(streamWith({ backup: { kms_key_arn: KEY_ARN } }), [encryption(withKey)])).toEqual([ofBackup]);
  });

  test.each(["aws:kms", "aws:kms:dsse"])("is else that of the bucket with %s", (sse_algorithm) => {
    expect(usesIn({}, [encryption({ ...withKey, sse_algorithm })])).toEqual([ofBucket]);
  });

  test("is else that of the argument of the bucket", () => {
    const bucket = change("aws_s3_bucket.backup", {
      bucket: "backup",
      server_side_encryption_configuration: [{ rule: [{ apply_server_side_encryption_by_default: [withKey] }] }],
    });
    expect(usesIn({ bucket })).toEqual([
      `s3: server_side_encryption_configuration.0.${DEFAULT}.kms_master_key_id of aws_s3_bucket.backup | ${BOTH}`,
    ]);
  });

  test.each<[string, JsonObject]>([
    ["a key of S3", { ...withKey, sse_algorithm: "AES256" }],
    ["no algorithm", { kms_master_key_id: KEY_ARN }],
    ["no key", { sse_algorithm: "aws:kms" }],
    ["AWS's key", { sse_algorithm: "aws:kms", kms_master_key_id: "alias/aws/s3" }],
  ])("is none where the bucket encrypts with %s", (_, byDefault) => {
    expect(usesIn({}, [encryption(byDefault)])).toEqual([]);
  });

  test("is none where the configuration leaves the bucket's key out", () => {
    const unknown = [`${DEFAULT}.kms_master_key_id`];
    expect(usesIn({}, [encryption({ sse_algorithm: "aws:kms" }, { unknown })])).toEqual([]);
  });

  test("matters only if the bucket encrypts with it, where the algorithm is not known", () => {
    const path = `${DEFAULT}.sse_algorithm`;
    expect(usesIn({}, [encryption(withKey, unknownAt(path))])).toEqual([`${ofBucket} | the bucket encrypts with it`]);
  });

  test("is none where the stream names no bucket", () => {
    expect(usesIn(streamWith({ backup: { bucket_arn: undefined } }), [encryption(withKey)])).toEqual([]);
  });
});

describe("the key of the secret", () => {
  const SECRET = "aws_secretsmanager_secret.s";
  const CONFIGURATION = `${HTTP}.secrets_manager_configuration.0`;
  const reading = (more: JsonObject = {}): { stream: PlannedChange } =>
    streamWith({ http: { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN, ...more }] } });
  const secret = (values: JsonObject, more: Partial<PlannedChange> = {}): PlannedChange =>
    change(SECRET, { name: "kloudfuse", arn: SECRET_ARN, ...values }, more);

  test("is used through Secrets Manager by the role that reads the secret", () => {
    const plan = [reading(), [secret({ kms_key_id: KEY_ARN })]] as const;
    expect(usesIn(...plan)).toEqual([`secretsmanager: kms_key_id of ${SECRET} | kms:Decrypt`]);
    expect(keysOf(keyUses, ...plan).map(({ use }) => use.path)).toEqual([`${HTTP}.role_arn`]);
  });

  test.each<[string, JsonObject]>([
    ["names none", {}],
    ["is encrypted with AWS's", { kms_key_id: "alias/aws/secretsmanager" }],
  ])("is none where the secret %s", (_, values) => {
    expect(usesIn(reading(), [secret(values)])).toEqual([]);
  });

  test("is none where the configuration leaves it out", () => {
    expect(usesIn(reading(), [secret({}, { unknown: ["kms_key_id"] })])).toEqual([]);
  });

  test("is none where the stream does not read the secret", () => {
    expect(usesIn(reading({ enabled: false }), [secret({ kms_key_id: KEY_ARN })])).toEqual([]);
  });

  test("of another root is not named, and still asked for", () => {
    expect(usesIn(reading())).toEqual([]);
    const [requests, ...others] = requestsIn(reading());
    expect(others).toEqual([]);
    expect(requests).toMatchObject({
      purpose: "useKey",
      via: "secretsmanager",
      actions: ["kms:Decrypt"],
      resourceArn: ["arn:", "aws", ":kms:", REGION, ":", ACCOUNT, ":", "key/", SEGMENT],
      neededIf: "a customer-managed key encrypts the secret",
      policyHolders: [],
    });
    expect(requests?.readFrom.map(([{ address }, path]) => `${address} ${path}`)).toEqual([
      `${STREAM} ${CONFIGURATION}.secret_arn`,
    ]);
  });
});

describe("the requests for keys", () => {
  test("are for the key of the plan by its ARN, with its policy", () => {
    const policy = change("aws_kms_key_policy.p", { key_id: KEY_ARN, policy: "" });
    const [requests, ...others] = requestsIn(streamWith(encrypted()), [key, policy]);
    expect(others).toEqual([]);
    expect(requests).toMatchObject({
      purpose: "useKey",
      via: "firehose",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resourceArn: KEY_ARN,
      location: LOCATION,
      region: REGION,
      account: ACCOUNT,
    });
    expect(requests?.key?.address).toBe(KEY);
    expect(requests?.policyHolders.map(({ address }) => address)).toEqual([policy.address]);
    expect(requests?.readFrom.map(([{ address }, path]) => `${address} ${path}`)).toEqual([
      `${STREAM} ${STREAM_KEY}`,
      ...["arn", "id", "name", "bucket", "function_name", "key_id"].map((path) => `${KEY} ${path}`),
    ]);
  });

  test("go to the region and account of the key's ARN", () => {
    const arn = "arn:aws:kms:us-west-2:999999999999:key/1";
    const [requests] = requestsIn(streamWith(encrypted({ key_arn: arn })));
    expect([requests?.region, requests?.account, requests?.policyHolders]).toEqual(["us-west-2", "999999999999", []]);
    expect(requests && "key" in requests).toBe(false);
  });

  test("go to the stream's region and an account that is not known where the key's ARN is not known", () => {
    const stream = streamWith(encrypted(), unknownAt(STREAM_KEY, `${KEY}.arn`));
    const [requests] = requestsIn(stream, [change(KEY, {}, { unknown: ["arn", "key_id", "id"] })]);
    expect([requests?.region, requests?.account]).toEqual([REGION, UNKNOWN]);
  });

  test("are for stream, backup and secret in this order", () => {
    const stream = streamWith({
      ...encrypted(),
      http: { secrets_manager_configuration: [{ enabled: true, secret_arn: SECRET_ARN }] },
      backup: { kms_key_arn: KEY_ARN },
    });
    expect(requestsIn(stream).map(({ via }) => via)).toEqual(["firehose", "s3", "secretsmanager"]);
  });
});

describe("the ARN of a key", () => {
  const UUID = "0e5f2f4e-6d5a-4f0e-8f0a-3c1a9b7d2e11";
  const arnOf = (value: string, planned?: JsonObject): ReturnType<typeof keyArnOf> => {
    const more = planned === undefined ? [] : [change(KEY, planned)];
    const [use] = keysOf(keyUses, streamWith(encrypted({ key_arn: value })), more);
    if (use === undefined) {
      throw new Error("the stream must use a key");
    }
    return keyArnOf(use.key, LOCATION);
  };
  const made = (id: string): string => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;

  test.each([
    ["the ARN of a key", KEY_ARN, KEY_ARN],
    ["the id of a key", UUID, made(UUID)],
    ["the id of a multi-Region key", `mrk-${UUID.replaceAll("-", "")}`, made(`mrk-${UUID.replaceAll("-", "")}`)],
  ])("is made from %s", (_, value, expected) => {
    expect(arnOf(value)).toBe(expected);
  });

  test.each([
    ["an alias", "alias/kloudfuse"],
    ["the ARN of an alias", `arn:aws:kms:${REGION}:${ACCOUNT}:alias/kloudfuse`],
    ["a text that contains an ARN", `x${KEY_ARN}`],
    ["an id with something before it", `x${UUID}`],
    ["an id with something after it", `${UUID}x`],
    ["a short id", "0e5f"],
  ])("is not known of %s", (_, value) => {
    expect(arnOf(value)).toEqual(["arn:", "aws", ":kms:", REGION, ":", ACCOUNT, ":", "key/", SEGMENT]);
  });

  test("is that of the key of the plan where an id names it", () => {
    expect(arnOf("1", { arn: KEY_ARN, key_id: "1" })).toBe(KEY_ARN);
  });
});
