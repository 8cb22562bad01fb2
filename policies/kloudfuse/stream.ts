import type { Signal } from "../../modules/signals";
import type { Link, Plan, Planned, PlannedResource } from "../plan";
import { BACKUP, HTTP, SECRET } from "./paths";
import { type Marks, marksOf, recognize, type Recognition } from "./recognize";
import { signalOf } from "./signal";

/** A delivery stream with an HTTP endpoint, linked to the resources that it uses. */
export interface PlannedStream {
  readonly resource: PlannedResource;
  readonly marks: Marks;
  readonly recognition: Recognition;
  /** The signal that it carries; `undefined` where its settings do not agree on one. */
  readonly signal: Signal | undefined;
  readonly name: Planned<string | undefined>;
  readonly url: Planned<string | undefined>;
  readonly endpointName: Planned<string | undefined>;
  readonly prefix: Planned<string | undefined>;
  /** The role of the HTTP delivery. */
  readonly role: Link;
  /** The role of the S3 backup. */
  readonly backupRole: Link;
  /** The role that reads the access key's secret. */
  readonly secretRole: Link;
  readonly bucket: Link;
  readonly secret: Link;
  readonly streamKey: Link;
  readonly backupKey: Link;
  /** The log groups of the HTTP delivery and of the S3 backup. */
  readonly deliveryLogGroup: Link;
  readonly backupLogGroup: Link;
}

export const STREAM = "aws_kinesis_firehose_delivery_stream";
export const ROLE = "aws_iam_role";
export const BUCKET = "aws_s3_bucket";
export const LOG_GROUP = "aws_cloudwatch_log_group";

/** Reads a delivery stream of a plan. */
export function toStream(plan: Plan, resource: PlannedResource): PlannedStream {
  const marks = marksOf(resource);
  // In a plan, an optional block that the configuration omits is unknown as a whole.
  const linked = (path: string, type: string): Link =>
    plan.isOmitted(resource, path) ? ABSENT : plan.linked(resource, path, type);
  const [role, bucket] = [linked(`${HTTP}.role_arn`, ROLE), linked(`${BACKUP}.bucket_arn`, BUCKET)];
  return {
    resource,
    marks,
    recognition: recognize(resource, marks, [...namesOf(role), ...namesOf(bucket)]),
    signal: signalOf(resource, marks),
    name: marks.name.value,
    url: marks.url.value,
    endpointName: marks.endpointName.value,
    prefix: marks.prefix.value,
    role,
    backupRole: linked(`${BACKUP}.role_arn`, ROLE),
    secretRole: linked(`${SECRET}.role_arn`, ROLE),
    bucket,
    secret: linked(`${SECRET}.secret_arn`, "aws_secretsmanager_secret"),
    streamKey: linked("server_side_encryption.0.key_arn", "aws_kms_key"),
    backupKey: linked(`${BACKUP}.kms_key_arn`, "aws_kms_key"),
    deliveryLogGroup: linked(`${HTTP}.cloudwatch_logging_options.0.log_group_name`, LOG_GROUP),
    backupLogGroup: linked(`${BACKUP}.cloudwatch_logging_options.0.log_group_name`, LOG_GROUP),
  };
}

const ABSENT: Link = { kind: "absent", value: undefined, resource: undefined, candidates: [], via: undefined };

/** The names of a linked resource, as far as they are known. */
function namesOf({ value, resource }: Link): string[] {
  const names = [value, resource?.address, resource?.get("name"), resource?.get("bucket")];
  return names.filter((name) => typeof name === "string");
}
