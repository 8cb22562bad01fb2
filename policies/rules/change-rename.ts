import { finding } from "../outcomes";
import type { Policy } from "../policy";

export const changeRename: Policy = {
  id: "KFF-CHG-004",
  severity: "error",
  title: "A rename keeps streams, role and bucket",
  why: "Under another address Terraform destroys the resource and creates it again: the data in it is lost, and the create can fail on the name.",
  source: "Terraform, Refactor modules",
  check: ({ deleted, plan }) =>
    deleted.flatMap((resource) => {
      const successor = plan.successorOf(resource);
      return successor === undefined
        ? []
        : [
            finding(
              resource,
              `it is destroyed, and ${successor.address} is created with the same name`,
              `Add moved { from = ${resource.address}, to = ${successor.address} }.`,
            ),
          ];
    }),
};
