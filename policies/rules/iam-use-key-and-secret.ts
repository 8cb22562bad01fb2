import { ACTIONS } from "../../iam/documented-actions";
import { keyAccess, missingActions, type Permissions } from "../iam";
import { BACKUP, HTTP, type Kloudfuse, type Stream } from "../kloudfuse";
import { finding, perPermissions, undetermined, unknown } from "../outcomes";
import { partitionOfArn, viaServiceNames } from "../../iam/partitions";
import { type Planned, UNKNOWN } from "../plan";
import type { Outcome, Policy } from "../policy";

export const iamUseKeyAndSecret: Policy = {
  id: "KFF-IAM-006",
  severity: "error",
  title: "The role may use the keys of stream, backup and secret, and read the access key's secret",
  why: "AWS refuses the records of CloudWatch Logs when the role may not use the stream's key, and Firehose can neither deliver without the access key nor back up what it cannot encrypt.",
  source:
    "Amazon Data Firehose, Data protection; Use the secret; Grant Firehose access to an Amazon S3 destination; AWS KMS, kms:ViaService",
  check: (kloudfuse) =>
    perPermissions(kloudfuse, (stream, permissions) => [
      ...readSecret(stream, permissions),
      ...keyUses(kloudfuse, stream).flatMap((use) => evaluate(stream, permissions, use)),
    ]),
};

/** A key that the role uses through a service. */
interface KeyUse {
  readonly service: "firehose" | "s3" | "secretsmanager";
  /** What the key encrypts. */
  readonly owner: string;
  readonly key: Planned<string>;
  readonly actions: readonly string[];
  readonly why: string;
  /** Whether the plan shows that the key is used. */
  readonly isCertain: boolean;
}

/** The secret of a stream; in its first plan, a stream without one leaves the whole block to the provider. */
function secretArn({ resource }: Stream): Planned<string | undefined> {
  const block = `${HTTP}.secrets_manager_configuration.0`;
  return resource.get(`${block}.enabled`) === UNKNOWN ? undefined : resource.text(`${block}.secret_arn`);
}

function readSecret(stream: Stream, permissions: Permissions): Outcome[] {
  const { resource } = stream;
  const arn = secretArn(stream);
  if (arn === UNKNOWN) {
    return [unknown(resource, "the secret's ARN")];
  }
  return arn === undefined || arn === ""
    ? []
    : missingActions(permissions, ACTIONS.readSecret, arn).map((action) =>
        finding(resource, `the role may not ${action} on ${arn}`, `Allow ${action} on it.`),
      );
}

function keyUses(kloudfuse: Kloudfuse, stream: Stream): KeyUse[] {
  const { resource } = stream;
  const isEncrypted = resource.get("server_side_encryption.0.enabled") === true;
  const streamKey = isEncrypted ? resource.text("server_side_encryption.0.key_arn") : undefined;
  const uses = [
    {
      service: "firehose",
      owner: "the stream",
      key: streamKey,
      actions: ACTIONS.useStreamKey,
      why: "CloudWatch Logs puts records on the stream with this role",
      isCertain: true,
    },
    {
      service: "s3",
      owner: "the backup",
      key: resource.text(`${BACKUP}.kms_key_arn`),
      actions: ACTIONS.useBackupKey,
      why: "Firehose encrypts failed data with it",
      isCertain: true,
    },
    {
      service: "secretsmanager",
      owner: "the secret",
      ...secretKey(kloudfuse, secretArn(stream), streamKey),
      actions: ACTIONS.useSecretKey,
      why: "Firehose decrypts the access key with it",
    },
  ] as const;
  return uses.flatMap(({ key, ...use }) => (key === undefined || key === "" ? [] : [{ ...use, key }]));
}

/** The key of the secret, where the plan shows it; else it may be the stream's. */
function secretKey(
  { plan }: Kloudfuse,
  arn: Planned<string | undefined>,
  streamKey: Planned<string | undefined>,
): { readonly key: Planned<string | undefined>; readonly isCertain: boolean } {
  if (typeof arn !== "string" || arn === "") {
    // An unknown ARN is reported with the permission to read the secret.
    return { key: undefined, isCertain: true };
  }
  const secret = plan.withValue("aws_secretsmanager_secret", "arn", arn)[0];
  const key = secret?.text("kms_key_id");
  return secret === undefined || (typeof key === "string" && !key.startsWith("arn:"))
    ? { key: streamKey, isCertain: false }
    : { key, isCertain: true };
}

function evaluate({ resource }: Stream, permissions: Permissions, use: KeyUse): Outcome[] {
  const { service, owner, key, why, isCertain } = use;
  if (key === UNKNOWN) {
    return isCertain ? [unknown(resource, `the key of ${owner}`)] : [];
  }
  // The key is in the region and partition of what it encrypts.
  const names = viaServiceNames(service, key.split(":")[3] ?? "", partitionOfArn(key));
  const name = names[0] ?? service;
  const accesses = use.actions.map((action) => ({ action, access: keyAccess(permissions, action, key, names) }));
  const actionsOf = (kind: string): string =>
    accesses.flatMap(({ action, access }) => (access.kind === kind ? [action] : [])).join(", ");
  const report = (found: string, remedy: string): Outcome =>
    isCertain
      ? finding(resource, found, remedy)
      : undetermined(resource, `${found}, which matters only if the key encrypts the secret`, remedy);

  const [missing, excluded, conditional] = ["missing", "otherServices", "undetermined"].map(actionsOf);
  const grants = accesses.flatMap(({ access }) => (access.kind === "otherServices" ? access.grants : []));
  const conditions = accesses.flatMap(({ access }) => (access.kind === "undetermined" ? access.conditions : []));
  return [
    ...(missing
      ? [
          report(
            `the role may not ${missing} on ${key} through ${name}`,
            `Allow ${missing} on the key of ${owner}: ${why}.`,
          ),
        ]
      : []),
    ...(excluded
      ? [
          report(
            `${sidsOf(grants)} allows ${excluded} on ${key} only through ${servicesOf(grants)}, not through ${name}`,
            `Add ${name} to its kms:ViaService: ${why}.`,
          ),
        ]
      : []),
    ...(conditional
      ? [
          undetermined(
            resource,
            `whether the role may ${conditional} on ${key} through ${name} depends on ${[...new Set(conditions)].join(", ")}`,
            `Make sure that requests through ${name} meet it.`,
          ),
        ]
      : []),
  ];
}

interface Grant {
  readonly sid: string;
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

const sidsOf = (grants: readonly Grant[]): string =>
  [...new Set(grants.map(({ sid }) => sid || "a statement"))].join(", ");

const servicesOf = (grants: readonly Grant[]): string => {
  const values = grants.flatMap(({ conditions }) =>
    [...conditions].flatMap(([condition, names]) => (/ kms:viaservice$/i.test(condition) ? names : [])),
  );
  return [...new Set(values)].join(", ");
};
