import { checkRequests } from "../roles/permissions";
import type { Policy } from "../policy";

export const iamBackUp: Policy = {
  id: "KFF-IAM-004",
  severity: "error",
  title: "The role can write failed data to the stream's bucket and prefixes",
  why: "Firehose drops failed data that it cannot write to the backup bucket.",
  source: "Amazon Data Firehose, Grant Firehose access to an HTTP endpoint destination",
  check: (kloudfuse) => checkRequests(kloudfuse, ["backUp"]),
};
