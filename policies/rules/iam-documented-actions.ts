import { ACTIONS, PROCESSOR_ACTIONS } from "../../iam/documented-actions";
import { UNKNOWN } from "../../iam/unknown";
import { HTTP, type Kloudfuse } from "../kloudfuse";
import { AFTER_THE_APPLY, finding, undeterminedOutcome } from "../outcomes";
import { perPolicy, statementName, textOfPolicy } from "../roles/per-policy";
import type { Policy } from "../policy";

export const iamDocumentedActions: Policy = {
  id: "KFF-IAM-008",
  severity: "error",
  title: "Only the documented actions are allowed",
  why: "The role needs no others, and anyone who takes it over would have them.",
  source: "Guide, step 1; Amazon Data Firehose, Controlling access; Checkov CKV_AWS_286, CKV_AWS_287",
  check: (kloudfuse) => {
    const documented = documentedActions(kloudfuse);
    return perPolicy(kloudfuse, "whether it allows other actions", (policy) =>
      policy.document.statements
        .filter(({ effect, actions }) => effect === "Allow" && !actions.negated)
        .flatMap(({ sid, actions }) =>
          actions.values.flatMap((action) => {
            const statement = statementName(policy, sid);
            if (action === UNKNOWN) {
              return [
                undeterminedOutcome(
                  policy.owner,
                  `whether ${statement} allows other actions is not known before the apply`,
                  AFTER_THE_APPLY,
                ),
              ];
            }
            // KFF-IAM-007 reports actions with wildcards.
            return /[*?]/.test(action) || documented.has(action.toLowerCase())
              ? []
              : [
                  finding(
                    policy.owner,
                    `${statement} allows ${textOfPolicy(policy, action)}`,
                    "Remove the action: neither Firehose nor CloudWatch Logs needs it.",
                  ),
                ];
          }),
        ),
    );
  },
};

/** In lower case: actions are not case-sensitive. */
function documentedActions({ streams }: Kloudfuse): ReadonlySet<string> {
  const hasProcessor = streams.some(
    ({ resource }) => resource.count(`${HTTP}.processing_configuration.0.processors`) !== 0,
  );
  const actions: readonly string[] = Object.values(ACTIONS).flat();
  return new Set([...actions, ...(hasProcessor ? PROCESSOR_ACTIONS : [])].map((action) => action.toLowerCase()));
}
