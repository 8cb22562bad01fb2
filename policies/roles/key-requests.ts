import { ACTIONS } from "../../iam/documented-actions";
import type { AwsLocation } from "../../iam/request";
import { SEGMENT, type Text } from "../../iam/text";
import { arnOf } from "../arn";
import { bucketsByStream } from "../buckets/backup-buckets";
import { BUCKET_ENCRYPTION, holdersOf } from "../buckets/bucket-settings";
import { holdersOfKeyPolicy } from "../buckets/resource-policies";
import { BACKUP, type Kloudfuse, SECRET, type PlannedStream } from "../kloudfuse";
import { type Link, type PlannedResource, UNKNOWN } from "../plan";
import { namesOfLinked, type RoleRequests } from "./role-requests";
import { backupUse, locationOf, secretUse, writerUses } from "./role-uses";

/** What a role uses a key for. */
export interface KeyUse extends Pick<RoleRequests, "use" | "actions" | "matters"> {
  readonly service: "firehose" | "s3" | "secretsmanager";
  readonly key: Link;
  /** Where the key is named. */
  readonly namedAt: readonly [PlannedResource, string];
}

/** The requests for the keys of stream, backup and secret. */
export function keyRequests(kloudfuse: Kloudfuse, stream: PlannedStream): RoleRequests[] {
  const uses = [...streamKey(kloudfuse, stream), ...backupKey(kloudfuse, stream), ...secretKey(kloudfuse, stream)];
  return uses.map(({ service, key, namedAt, ...use }) => {
    const location = locationOf(stream);
    const on = keyArnOf(key, location);
    const region = typeof on === "string" ? (on.split(":")[3] ?? UNKNOWN) : location.region;
    return {
      ...use,
      purpose: "useKey",
      on,
      location,
      readFrom: [namedAt, ...namesOfLinked(key)],
      region,
      account: typeof on === "string" ? (on.split(":")[4] ?? UNKNOWN) : UNKNOWN,
      via: service,
      ...(key.resource === undefined ? {} : { key: key.resource }),
      policyHolders: key.resource === undefined ? [] : holdersOfKeyPolicy(kloudfuse, key.resource),
    };
  });
}

/** The uses of the keys that the plan names for stream, backup and secret. */
export const keyUses = (kloudfuse: Kloudfuse, stream: PlannedStream): readonly KeyUse[] => [
  ...streamKey(kloudfuse, stream),
  ...backupKey(kloudfuse, stream),
  ...(stream.secret.resource === undefined ? [] : secretKey(kloudfuse, stream)),
];

/** KMS asks for the key's ARN, whatever names it. */
export function keyArnOf({ value, resource }: Link, location: AwsLocation): Text {
  const arns = [value, resource?.get("arn")].filter((arn) => typeof arn === "string");
  const arn = arns.find((each) => /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(each));
  const id = arns.find((each) => /^(mrk-)?[0-9a-f-]{32,36}$/.test(each));
  return arn ?? arnOf(location, "kms", "key/", id ?? SEGMENT);
}

/** CloudWatch Logs puts records on an encrypted stream with its role. */
function streamKey(kloudfuse: Kloudfuse, stream: PlannedStream): KeyUse[] {
  const { resource, streamKey: key } = stream;
  const [enabled, type] = ["enabled", "key_type"].map((name) => resource.get(`server_side_encryption.0.${name}`));
  return key.kind === "absent" || enabled === false || type === "AWS_OWNED_CMK"
    ? []
    : writerUses(kloudfuse, stream).map((use) => ({
        use,
        service: "firehose",
        key,
        actions: ACTIONS.useStreamKey,
        namedAt: [resource, "server_side_encryption.0.key_arn"],
        ...(enabled === UNKNOWN || type === UNKNOWN ? { matters: "the stream is encrypted with it" } : {}),
      }));
}

/** Firehose encrypts failed data with the backup's key, else S3 does with the bucket's. */
function backupKey(kloudfuse: Kloudfuse, stream: PlannedStream): KeyUse[] {
  const { resource, backupKey: key } = stream;
  const common = { use: backupUse(stream), service: "s3", actions: ACTIONS.useBackupKey } as const;
  return key.kind === "absent"
    ? bucketKeys(kloudfuse, stream).map((bucketKey) => ({ ...common, ...bucketKey }))
    : [{ ...common, key, namedAt: [resource, `${BACKUP}.kms_key_arn`] }];
}

function bucketKeys(
  kloudfuse: Kloudfuse,
  stream: PlannedStream,
): readonly Pick<KeyUse, "key" | "namedAt" | "matters">[] {
  const { plan } = kloudfuse;
  const bucket = bucketsByStream(kloudfuse).get(stream);
  const { holders } = bucket === undefined ? { holders: [] } : holdersOf(kloudfuse, BUCKET_ENCRYPTION, bucket);
  return holders.flatMap(({ resource: encryption, isArgument }) => {
    const settings = `${isArgument ? `${BUCKET_ENCRYPTION.argument}.0.` : ""}rule.0.apply_server_side_encryption_by_default.0`;
    const algorithm = encryption.get(`${settings}.sse_algorithm`);
    const path = `${settings}.kms_master_key_id`;
    const key = plan.linked(encryption, path, "aws_kms_key");
    const isKms = algorithm === UNKNOWN || (typeof algorithm === "string" && algorithm.startsWith("aws:kms"));
    return !isKms || key.kind === "absent" || key.value === "alias/aws/s3" || plan.isOmitted(encryption, path)
      ? []
      : [
          {
            key,
            namedAt: [encryption, path] as const,
            ...(algorithm === UNKNOWN ? { matters: "the bucket encrypts with it" } : {}),
          },
        ];
  });
}

/** The key of the secret; a secret of another root may have the stream's, any other, or AWS's own. */
function secretKey({ plan }: Kloudfuse, stream: PlannedStream): KeyUse[] {
  const { resource, secret } = stream;
  if (secret.kind === "absent" || resource.get(`${SECRET}.enabled`) === false) {
    return [];
  }
  const common = { use: secretUse(stream), service: "secretsmanager", actions: ACTIONS.useSecretKey } as const;
  if (secret.resource === undefined) {
    return [
      {
        ...common,
        key: { ...secret, kind: "unresolved", value: UNKNOWN, candidates: [] },
        namedAt: [resource, `${SECRET}.secret_arn`],
        matters: "a customer-managed key encrypts the secret",
      },
    ];
  }
  const key = plan.linked(secret.resource, "kms_key_id", "aws_kms_key");
  return key.kind === "absent" ||
    key.value === "alias/aws/secretsmanager" ||
    plan.isOmitted(secret.resource, "kms_key_id")
    ? []
    : [{ ...common, key, namedAt: [secret.resource, "kms_key_id"] }];
}
