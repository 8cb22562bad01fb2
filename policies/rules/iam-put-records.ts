import { checkRequests } from "../roles/permissions";
import type { Policy } from "../policy";

export const iamPutRecords: Policy = {
  id: "KFF-IAM-003",
  severity: "error",
  title: "The role can put records on the streams",
  why: "CloudWatch Logs writes to the streams with this role, and drops what it cannot write.",
  source: "Guide, step 1",
  check: (kloudfuse) => checkRequests(kloudfuse, ["putRecords"]),
};
