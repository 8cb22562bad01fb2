import { BACKUP, HTTP } from "../kloudfuse";
import { checkConfiguredAttribute } from "../outcomes";
import type { Policy } from "../policy";

export const deliveryErrorLogging: Policy = {
  id: "KFF-DEL-005",
  severity: "error",
  title: "Errors of the HTTP delivery and of the S3 backup are logged",
  why: "Only the error log says why a delivery or a backup failed.",
  source: "Amazon Data Firehose, Monitor Firehose using CloudWatch Logs",
  check: ({ plan, streams }) =>
    streams.flatMap(({ resource }) =>
      [HTTP, BACKUP].flatMap((delivery) =>
        checkConfiguredAttribute(
          plan,
          resource,
          `${delivery}.cloudwatch_logging_options.0.enabled`,
          (value) => value === true,
          "Set it to true.",
        ),
      ),
    ),
};
