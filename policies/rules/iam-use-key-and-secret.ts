import { ACTIONS } from "../documented";
import { missingActions } from "../iam";
import { BACKUP, HTTP } from "../kloudfuse";
import { finding, perPermissions } from "../outcomes";
import type { Policy } from "../policy";

export const iamUseKeyAndSecret: Policy = {
  id: "KFF-IAM-006",
  severity: "error",
  title: "The role may use the backup's key and read the access key's secret",
  why: "Firehose can neither deliver without the access key nor back up what it cannot encrypt.",
  source: "Amazon Data Firehose, Use the secret; Grant Firehose access to an Amazon S3 destination",
  check: (kloudfuse) =>
    perPermissions(kloudfuse, ({ resource }, permissions) =>
      [
        { arn: resource.text(`${BACKUP}.kms_key_arn`), actions: ACTIONS.useKey },
        { arn: resource.text(`${HTTP}.secrets_manager_configuration.0.secret_arn`), actions: ACTIONS.readSecret },
      ].flatMap(({ arn, actions }) =>
        typeof arn === "string" && arn !== ""
          ? missingActions(permissions, actions, arn).map((action) =>
              finding(resource, `the role may not ${action} on ${arn}`, `Allow ${action} on it.`),
            )
          : [],
      ),
    ),
};
