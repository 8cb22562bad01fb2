import { ACTIONS } from "../../iam/documented-actions";
import { missingActions } from "../iam";
import { finding, perPermissions, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const iamBackUp: Policy = {
  id: "KFF-IAM-004",
  severity: "error",
  title: "The role may write failed data to the stream's bucket and prefix",
  why: "Firehose drops failed data that it may not write to the backup bucket.",
  source: "Amazon Data Firehose, Grant Firehose access to an HTTP endpoint destination",
  check: (kloudfuse) =>
    perPermissions(kloudfuse, (stream, permissions) => {
      const { bucket, prefix, resource } = stream;
      const arn = bucket.value;
      if (arn === UNKNOWN || prefix === UNKNOWN) {
        return [unknown(resource, "the bucket's ARN or the prefix")];
      }
      const onBucket = missingActions(permissions, ACTIONS.findBucket, arn ?? "");
      const onObjects = missingActions(permissions, ACTIONS.backUp, `${arn ?? ""}/${prefix ?? ""}object`);
      return [
        ...onBucket.map((action) =>
          finding(resource, `the role may not ${action} on ${arn ?? ""}`, `Allow ${action} on the bucket.`),
        ),
        ...onObjects.map((action) =>
          finding(
            resource,
            `the role may not ${action} on ${arn ?? ""}/${prefix ?? ""}*`,
            `Allow ${action} on the prefix.`,
          ),
        ),
      ];
    }),
};
