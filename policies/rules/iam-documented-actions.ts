import { ACTIONS } from "../../iam/documented-actions";
import { finding, perOwnPolicy } from "../outcomes";
import type { Policy } from "../policy";

const documented: readonly string[] = Object.values(ACTIONS).flat();

export const iamDocumentedActions: Policy = {
  id: "KFF-IAM-008",
  severity: "error",
  title: "Nothing but the documented actions is allowed",
  why: "The role needs no others, and whoever takes it over would have them.",
  source: "Guide, step 1; Amazon Data Firehose, Controlling access",
  check: (kloudfuse) =>
    perOwnPolicy(kloudfuse, (policy, list) =>
      list
        .filter(({ effect }) => effect === "Allow")
        .flatMap(({ sid, actions }) =>
          actions
            .filter((action) => !action.includes("*") && !documented.includes(action))
            .map((action) => finding(policy, `${sid} allows ${action}`, "Remove the action.")),
        ),
    ),
};
