import { isKeyArn, parseArn } from "../../iam/arn";
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

/** The use of a key by a role. */
export interface KeyUse extends Pick<RoleRequests, "use" | "actions" | "neededIf"> {
  readonly service: "firehose" | "s3" | "secretsmanager";
  readonly key: Link;
  /** The resource and the path that name the key. */
  readonly namedAt: readonly [PlannedResource, string];
}

/** The requests for the keys of stream, backup and secret. */
export function keyRequests(kloudfuse: Kloudfuse, stream: PlannedStream): RoleRequests[] {
  const uses = [...streamKey(kloudfuse, stream), ...backupKey(kloudfuse, stream), ...secretKey(kloudfuse, stream)];
  return uses.map(({ service, key, namedAt, ...use }) => {
    const location = locationOf(stream);
    const resourceArn = keyArnOf(key, location);
    const arn = parseArn(resourceArn);
    return {
      ...use,
      purpose: "useKey",
      resourceArn,
      location,
      readFrom: [namedAt, ...namesOfLinked(key)],
      region: arn?.region ?? location.region,
      account: arn?.account ?? UNKNOWN,
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

/** The key's ARN, which KMS evaluates whatever names the key. */
export function keyArnOf({ value, resource }: Link, location: AwsLocation): Text {
  const arns = [value, resource?.get("arn")].filter((arn) => typeof arn === "string");
  const arn = arns.find(isKeyArn);
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
        ...(enabled === UNKNOWN || type === UNKNOWN ? { neededIf: "the stream is encrypted with it" } : {}),
      }));
}

/** The key of the backup, with which Firehose encrypts failed data, else the key of the bucket, with which S3 does. */
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
): readonly Pick<KeyUse, "key" | "namedAt" | "neededIf">[] {
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
            ...(algorithm === UNKNOWN ? { neededIf: "the bucket encrypts with it" } : {}),
          },
        ];
  });
}

/** The key of the secret; the key of a secret in another root module is unknown. */
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
        neededIf: "a customer-managed key encrypts the secret",
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
