import { checkRequests } from "../roles/permissions";
import type { Policy } from "../policy";

export const iamLogErrors: Policy = {
  id: "KFF-IAM-005",
  severity: "error",
  title: "The role can write to the error log",
  why: "Without it nobody learns why a delivery failed.",
  source: "Amazon Data Firehose, Monitor Firehose using CloudWatch Logs",
  check: (kloudfuse) => checkRequests(kloudfuse, ["logErrors"]),
};
