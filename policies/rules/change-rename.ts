import { finding } from "../outcomes";
import type { Policy } from "../policy";

export const changeRename: Policy = {
  id: "KFF-CHG-004",
  severity: "error",
  title: "A rename keeps streams, role and bucket",
  why: "Without a moved block Terraform destroys the resource and creates another one of the same name, with all the loss of a destroy.",
  source: "Terraform language, moved blocks",
  check: ({ plan, deleted }) =>
    deleted.flatMap((resource) => {
      const successor = plan.successorOf(resource);
      return successor === undefined
        ? []
        : [
            finding(
              resource,
              `it is destroyed and created again as ${successor.address}`,
              `Add a moved block from ${resource.address} to ${successor.address}.`,
            ),
          ];
    }),
};
