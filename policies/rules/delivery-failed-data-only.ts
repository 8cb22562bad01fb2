import { HTTP } from "../kloudfuse";
import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const deliveryFailedDataOnly: Policy = {
  id: "KFF-DEL-003",
  severity: "error",
  title: "Failed data, and only that, is backed up",
  why: "All data in the bucket costs twice, and hides what failed.",
  source: "Guide, steps 2 and 3",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      attribute(
        resource,
        `${HTTP}.s3_backup_mode`,
        // Firehose's own default.
        (value) => value === undefined || value === "FailedDataOnly",
        "Set it to FailedDataOnly.",
      ),
    ),
};
