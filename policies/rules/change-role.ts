import { deletions } from "../outcomes";
import type { Policy } from "../policy";

export const changeRole: Policy = {
  id: "KFF-CHG-002",
  severity: "error",
  title: "The role is not replaced or destroyed",
  why: "Every stream and subscription filter that names it stops until it is there again.",
  source: "IAM API, DeleteRole",
  check: (kloudfuse) => deletions(kloudfuse, "aws_iam_role"),
};
