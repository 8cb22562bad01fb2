import { finding, perOwnPolicy } from "../outcomes";
import type { Policy } from "../policy";

export const iamNoWildcards: Policy = {
  id: "KFF-IAM-007",
  severity: "error",
  title: "No permission is a wildcard",
  why: "A wildcard grants what nobody read, today and whenever AWS adds an action or somebody a resource.",
  source: "Checkov CKV_AWS_288, CKV_AWS_289, CKV_AWS_290, CKV_AWS_355, CKV_AWS_63; Trivy AVD-AWS-0057",
  check: (kloudfuse) =>
    perOwnPolicy(kloudfuse, (policy, list) =>
      list
        .filter(({ effect }) => effect === "Allow")
        .flatMap(({ sid, actions, resources, negations }) => [
          ...actions
            .filter((action) => action.includes("*"))
            .map((action) => finding(policy, `${sid} allows the action ${action}`, "Name each action.")),
          ...resources
            .filter((resource) => resource === "*" || /^arn:[^:]*:[^:]*:[^/]*\*/.test(resource))
            .map((resource) => finding(policy, `${sid} allows the resource ${resource}`, "Name the resource.")),
          ...negations.map((part) => finding(policy, `${sid} grants by ${part}`, "Name what is allowed.")),
        ]),
    ),
};
