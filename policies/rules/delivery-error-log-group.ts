import { BACKUP, HTTP, type Stream } from "../kloudfuse";
import { attribute, finding, undetermined, unknown } from "../outcomes";
import { type Link, type Plan, type PlannedResource, quoted, UNKNOWN } from "../plan";
import type { Outcome, Policy } from "../policy";

const LOG_STREAM = "aws_cloudwatch_log_stream";

export const deliveryErrorLogGroup: Policy = {
  id: "KFF-DEL-006",
  severity: "error",
  title: "The error log group and its streams exist, and the logs expire",
  why: "Firehose creates neither the log group nor the log streams, and logs without retention are kept and billed for ever.",
  source: "Amazon Data Firehose, Monitor Firehose using CloudWatch Logs; Checkov CKV_AWS_66",
  check: ({ streams, plan }) =>
    streams.flatMap((stream) => [
      ...errorLog(plan, stream, HTTP, stream.deliveryLogGroup),
      ...errorLog(plan, stream, BACKUP, stream.backupLogGroup),
    ]),
};

function errorLog(plan: Plan, { resource }: Stream, path: string, group: Link): Outcome[] {
  const options = `${path}.cloudwatch_logging_options.0`;
  if (resource.get(`${options}.enabled`) !== true) {
    return []; // KFF-DEL-005 reports it.
  }
  const groupName = `${options}.log_group_name`;
  switch (group.kind) {
    case "linked":
      return group.resource === undefined
        ? []
        : [
            ...attribute(
              group.resource,
              "retention_in_days",
              (days) => typeof days === "number" && days > 0,
              "Set a retention.",
            ),
            ...logStream(plan, resource, options, group.resource),
          ];
    case "elsewhere":
      return [
        undetermined(
          resource,
          `the log group ${quoted(resource, groupName)} is not in this plan`,
          "Make sure that it exists with its log streams, and that its logs expire.",
        ),
      ];
    case "unresolved":
      return [unknown(resource, groupName)];
    case "absent":
      return [finding(resource, `${groupName} is not set`, "Name the log group.")];
  }
}

/** A log group of the plan has its log streams there too. */
function logStream(plan: Plan, resource: PlannedResource, options: string, group: PlannedResource): Outcome[] {
  const path = `${options}.log_stream_name`;
  const name = resource.text(path);
  if (name === UNKNOWN) {
    return plan.linked(resource, path, LOG_STREAM).kind === "linked" ? [] : [unknown(resource, path)];
  }
  if (name === undefined || name === "") {
    return [finding(resource, `${path} is not set`, "Name the log stream.")];
  }
  const ofName = [...plan.withValue(LOG_STREAM, "name", name), ...plan.withValue(LOG_STREAM, "name", UNKNOWN)];
  const { certain, possible } = plan.referring(LOG_STREAM, "log_group_name", group);
  if (certain.some((logStreamOfGroup) => logStreamOfGroup.get("name") === name)) {
    return [];
  }
  return ofName.some(
    (candidate) => certain.includes(candidate) || possible.includes(candidate) || isGroupUnresolved(plan, candidate),
  )
    ? [unknown(resource, `whether the log stream ${quoted(resource, path)} is in ${group.address}`)]
    : [
        finding(
          resource,
          `the log stream ${quoted(resource, path)} of ${group.address} is not in the plan`,
          "Create it with an aws_cloudwatch_log_stream.",
        ),
      ];
}

/** Whether the log group of a log stream may be any: its name comes from elsewhere, such as a `random_pet`. */
function isGroupUnresolved(plan: Plan, logStream: PlannedResource): boolean {
  const link = plan.linked(logStream, "log_group_name", "aws_cloudwatch_log_group");
  return link.kind === "unresolved" && link.candidates.length === 0;
}
