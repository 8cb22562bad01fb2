import { evaluate } from "../../iam/evaluate";
import { requestByRole } from "../../iam/request";
import type { Statement } from "../../iam/statement";
import { BACKUP, type Kloudfuse, type Stream } from "../kloudfuse";
import { locationOf } from "../role-uses";
import { finding, undetermined } from "../outcomes";
import { type Link, quoted, UNKNOWN } from "../plan";
import type { Outcome, Policy } from "../policy";

const KEY = "aws_kms_key";

export const encryptionUsableKey: Policy = {
  id: "KFF-ENC-004",
  severity: "error",
  title: "The key of bucket and stream can be used",
  why: "With a key that is disabled, deleted, in another region, or closed to the role, AWS refuses records and failed data is lost.",
  source: "Amazon Data Firehose, Data protection; AWS KMS, Key states, Key policies",
  check: (kloudfuse) =>
    kloudfuse.streams.flatMap((stream) => [
      ...(stream.resource.get("server_side_encryption.0.enabled") === true
        ? keyOutcomes(kloudfuse, stream, stream.streamKey, "server_side_encryption.0.key_arn", "firehose")
        : []),
      ...keyOutcomes(kloudfuse, stream, stream.backupKey, `${BACKUP}.kms_key_arn`, "s3"),
    ]),
};

function keyOutcomes(kloudfuse: Kloudfuse, stream: Stream, key: Link, path: string, service: string): Outcome[] {
  if (key.kind === "absent") {
    return [];
  }
  return [
    ...nameOutcomes(stream, key, path),
    ...stateOutcomes(kloudfuse, key),
    ...policyOutcomes(kloudfuse, stream, key, service),
  ];
}

/** What the name of the key says by itself. */
function nameOutcomes({ resource }: Stream, { value }: Link, path: string): Outcome[] {
  if (typeof value !== "string") {
    return [];
  }
  const shown = `${path} is ${quoted(resource, path)}`;
  if (/(^|:)alias\//.test(value)) {
    return [finding(resource, `${shown}, an alias`, "Use the key's ARN: an alias can be moved to another key.")];
  }
  if (!value.startsWith("arn:")) {
    return [finding(resource, `${shown}, not an ARN`, "Use the key's ARN.")];
  }
  const region = value.split(":")[3];
  return resource.region !== undefined && region !== resource.region
    ? [finding(resource, `${shown}, the stream is in ${resource.region}`, "Use a key of the stream's region.")]
    : [];
}

function stateOutcomes({ deletedOfType }: Kloudfuse, { resource: key, value }: Link): Outcome[] {
  const deleted = deletedOfType(KEY).filter(
    (other) => other.isGone && typeof value === "string" && other.textBefore("arn") === value,
  );
  return [
    ...deleted.map((other) =>
      finding(
        other,
        "the plan schedules the key for deletion",
        "Keep the key as long as something is encrypted with it.",
      ),
    ),
    ...(key?.get("is_enabled") === false ? [finding(key, "is_enabled is false", "Enable the key.")] : []),
  ];
}

/** Whether the policy of a key of the plan lets the role use it, if the role's own policies do. */
function policyOutcomes({ plan }: Kloudfuse, stream: Stream, { resource: key }: Link, service: string): Outcome[] {
  if (key?.type !== KEY || plan.isOmitted(key, "policy")) {
    return []; // Without a policy of its own a key trusts the account, and so the role's policies.
  }
  const document = plan.policyDocument(key, "policy");
  if (document.statements.length === 0 && document.isComplete) {
    return [];
  }
  const { resource, role, backupRole } = stream;
  const location = locationOf(stream);
  const user = service === "s3" ? backupRole : role;
  const arn = [user.value, user.resource?.text("arn")].find((text) => typeof text === "string");
  const results = ["kms:Decrypt", "kms:GenerateDataKey"].map((action) => {
    const { result } = evaluate(
      requestByRole({
        action,
        resource: key.text("arn") ?? UNKNOWN,
        roleArn: typeof arn === "string" ? arn : UNKNOWN,
        location,
        via: { service, region: location.region },
      }),
      {
        identity: [ALLOW_EVERYTHING],
        resource: document.isComplete ? document.statements : [...document.statements, UNKNOWN],
        isSameAccount: true,
      },
    );
    return { action, result };
  });
  const actionsWith = (wanted: string): string =>
    results.flatMap(({ action, result }) => (result === wanted ? [action] : [])).join(", ");
  const [denied, open] = [actionsWith("denied"), actionsWith("undetermined")];
  if (denied !== "") {
    return [
      finding(
        key,
        `the key's policy does not allow the role of ${resource.address} ${denied} through ${service}`,
        "Allow it in the key's policy, or let the account's IAM policies decide.",
      ),
    ];
  }
  return open === ""
    ? []
    : [
        undetermined(
          key,
          `whether the key's policy allows the role of ${resource.address} ${open} through ${service} could not be determined`,
          "Evaluate the plan again after the apply.",
        ),
      ];
}

/** A role that may do everything by its own policies: the key's policy decides. */
const ALLOW_EVERYTHING: Statement = {
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["*"] },
  resources: { negated: false, values: ["*"] },
  principals: undefined,
  conditions: [],
};
