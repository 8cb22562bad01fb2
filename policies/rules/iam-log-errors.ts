import { ACTIONS } from "../../iam/documented-actions";
import { covers } from "../iam";
import { BACKUP, HTTP } from "../kloudfuse";
import { finding, perPermissions } from "../outcomes";
import type { Policy } from "../policy";

export const iamLogErrors: Policy = {
  id: "KFF-IAM-005",
  severity: "error",
  title: "The role may write to the error log",
  why: "Without it nobody learns why a delivery failed.",
  source: "Amazon Data Firehose, Monitor Firehose using CloudWatch Logs",
  check: (kloudfuse) =>
    perPermissions(kloudfuse, ({ resource }, { allowed }) =>
      [HTTP, BACKUP].flatMap((leg) => {
        const group = resource.text(`${leg}.cloudwatch_logging_options.0.log_group_name`);
        const stream = resource.text(`${leg}.cloudwatch_logging_options.0.log_stream_name`);
        if (typeof group !== "string" || typeof stream !== "string") {
          return [];
        }
        const isAllowed = allowed.some(
          ({ actions, resources }) =>
            ACTIONS.logErrors.every((action) => actions.some((pattern) => covers(pattern, action))) &&
            resources.some((pattern) => covers(pattern.replace(/^.*:log-group:/, ""), `${group}:log-stream:${stream}`)),
        );
        return isAllowed
          ? []
          : [finding(resource, `the role may not logs:PutLogEvents on ${group}`, "Allow it on the log streams.")];
      }),
    ),
};
