import { checkRequests } from "../roles/permissions";
import type { Policy } from "../policy";

export const deliveryLambdaProcessor: Policy = {
  id: "KFF-DEL-009",
  severity: "error",
  title: "The role can invoke the Lambda processor",
  why: "Without the permission on the function's ARN, with its version or alias, Firehose delivers nothing. With it, failed data is backed up after the transformation: a replay must not transform it again.",
  source:
    "Amazon Data Firehose, Grant Firehose access to transform data with Lambda; Handle failure in data transformation",
  check: (kloudfuse) => checkRequests(kloudfuse, ["invokeProcessor"]),
};
