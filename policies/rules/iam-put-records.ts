import { ACTIONS } from "../../iam/documented-actions";
import { missingActions } from "../iam";
import { finding, perPermissions, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const iamPutRecords: Policy = {
  id: "KFF-IAM-003",
  severity: "error",
  title: "The role may put records on the streams",
  why: "CloudWatch Logs writes to the streams with this role, and drops what it may not write.",
  source: "Guide, step 1",
  check: (kloudfuse) =>
    perPermissions(kloudfuse, (stream, permissions) => {
      if (stream.name === UNKNOWN) {
        return [unknown(stream.resource, "name")];
      }
      const name = stream.name ?? "";
      const granted = permissions.allowed.flatMap(({ resources }) => resources);
      const arn =
        granted.find((resource) => resource.endsWith(`:deliverystream/${name}`)) ??
        `arn:aws:firehose:::deliverystream/${name}`;
      const missing = missingActions(permissions, ACTIONS.putRecords, arn);
      return missing.map((action) =>
        finding(stream.resource, `the role may not ${action} on ${name}`, `Allow ${action} on the stream's ARN.`),
      );
    }),
};
