import { HTTP } from "../kloudfuse";
import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";

export const deliveryFailedDataOnly: Policy = {
  id: "KFF-DEL-003",
  severity: "error",
  title: "Only failed data is backed up",
  why: "A backup of all data doubles the cost, and hides the failed data.",
  source: "Guide, steps 2 and 3",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      checkAttribute(
        resource,
        `${HTTP}.s3_backup_mode`,
        // Firehose's own default.
        (value) => value === undefined || value === "FailedDataOnly",
        "Set it to FailedDataOnly.",
      ),
    ),
};
