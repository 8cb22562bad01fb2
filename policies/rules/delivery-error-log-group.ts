import { BACKUP, HTTP } from "../kloudfuse";
import { attribute, finding } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const deliveryErrorLogGroup: Policy = {
  id: "KFF-DEL-006",
  severity: "error",
  title: "The error log group and its streams exist, and the logs expire",
  why: "Firehose does not make the log group or the log streams, and logs without retention are kept and billed for ever.",
  source: "Amazon Data Firehose, Monitor Firehose using CloudWatch Logs; Checkov CKV_AWS_66",
  check: ({ streams, plan }) =>
    streams.flatMap(({ resource }) =>
      [HTTP, BACKUP].flatMap((leg) => {
        const options = `${leg}.cloudwatch_logging_options.0`;
        const [group, stream] = [resource.get(`${options}.log_group_name`), resource.get(`${options}.log_stream_name`)];
        if (resource.get(`${options}.enabled`) !== true || typeof group !== "string" || typeof stream !== "string") {
          return group === UNKNOWN ? attribute(resource, `${options}.log_group_name`, () => true, "") : [];
        }
        const groups = plan.withValue("aws_cloudwatch_log_group", "name", group);
        const isMade = plan.withValue("aws_cloudwatch_log_stream", "name", stream).length > 0;
        return [
          ...(groups.length === 0 ? [finding(resource, `the log group ${group} is not in the plan`, "Make it.")] : []),
          ...(isMade ? [] : [finding(resource, `the log stream ${stream} is not in the plan`, "Make it.")]),
          ...groups.flatMap((logGroup) =>
            attribute(
              logGroup,
              "retention_in_days",
              (days) => typeof days === "number" && days > 0,
              "Set a retention.",
            ),
          ),
        ];
      }),
    ),
};
