import { statements } from "../iam";
import { BACKUP, HTTP } from "../kloudfuse";
import { finding, perPermissions } from "../outcomes";
import { partitionOfRegion } from "../../iam/partitions";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const iamPartition: Policy = {
  id: "KFF-IAM-010",
  severity: "error",
  title: "Every ARN is in the partition of its region",
  why: "A hard-coded arn:aws: works at home and names nothing in China or GovCloud.",
  source: "AWS General Reference, Amazon Resource Names",
  check: (kloudfuse) =>
    perPermissions(kloudfuse, ({ resource, role }, { policies }) => {
      const owners = [...policies, ...(role.resource === undefined ? [] : [role.resource])];
      const documents = owners.flatMap((owner) => {
        const list = statements(owner, owner.type === "aws_iam_role" ? "assume_role_policy" : "policy");
        return list === UNKNOWN ? [] : list;
      });
      const inPolicies = documents.flatMap(({ conditions, resources }) => [
        ...resources,
        ...[...conditions.values()].flat(),
      ]);
      const inStream = [`${HTTP}.role_arn`, `${BACKUP}.role_arn`, `${BACKUP}.bucket_arn`].map((path) =>
        resource.text(path),
      );
      const arns = [...inPolicies, ...inStream].filter(
        (value) => typeof value === "string" && value.startsWith("arn:"),
      );
      const partitions = [...new Set(arns.map((arn) => String(arn).split(":")[1]))];
      const regions = arns.map((arn) => String(arn).split(":")[3] ?? "").filter((region) => /^[a-z]+-/.test(region));
      const expected = regions[0] === undefined ? partitions[0] : partitionOfRegion(regions[0]);
      return partitions
        .filter((partition) => partition !== expected)
        .map((partition) =>
          finding(
            resource,
            `an ARN is in the partition ${partition ?? ""}, the region in ${expected ?? ""}`,
            "Take the partition from aws_partition.",
          ),
        );
    }),
};
