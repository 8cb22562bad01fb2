import { BACKUP, HTTP } from "../kloudfuse";
import { configured } from "../configured";
import type { Policy } from "../policy";

export const deliveryErrorLogging: Policy = {
  id: "KFF-DEL-005",
  severity: "error",
  title: "Errors of the delivery and of the backup are logged",
  why: "The log is the only place that says why a delivery or a backup failed.",
  source: "Amazon Data Firehose, Monitor Firehose using CloudWatch Logs",
  check: ({ streams, plan }) =>
    streams.flatMap(({ resource }) =>
      [HTTP, BACKUP].flatMap((path) =>
        configured(
          plan,
          resource,
          `${path}.cloudwatch_logging_options.0.enabled`,
          (value) => value === true,
          "Enable it.",
        ),
      ),
    ),
};
