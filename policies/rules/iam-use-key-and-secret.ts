import { checkRequests } from "../roles/permissions";
import type { Policy } from "../policy";

export const iamUseKeyAndSecret: Policy = {
  id: "KFF-IAM-006",
  severity: "error",
  title: "The role can use the keys of stream, backup and secret, and read the access key's secret",
  why: "AWS rejects the records of CloudWatch Logs when the role cannot use the stream's key, and Firehose can neither deliver without the access key nor back up what it cannot encrypt.",
  source:
    "Amazon Data Firehose, Data protection; Use the secret; Grant Firehose access to an Amazon S3 destination; AWS KMS, kms:ViaService",
  check: (kloudfuse) => checkRequests(kloudfuse, ["useKey", "readSecret"]),
};
