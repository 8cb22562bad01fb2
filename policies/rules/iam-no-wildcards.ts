import { parseArn } from "../../iam/arn";
import type { Patterns, Statement } from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import { AFTER_THE_APPLY, finding, undeterminedOutcome } from "../outcomes";
import { perPolicy, statementName, textOfPolicy } from "../roles/per-policy";
import type { PolicyOutcome, Policy } from "../policy";
import type { RolePolicy } from "../roles/role-policies";

export const iamNoWildcards: Policy = {
  id: "KFF-IAM-007",
  severity: "error",
  title: "Permissions name actions and resources without wildcards",
  why: "A wildcard grants more than anyone has reviewed, and more whenever AWS adds an action or somebody adds a resource.",
  source:
    "Checkov CKV_AWS_62, CKV_AWS_63, CKV_AWS_288, CKV_AWS_289, CKV_AWS_290, CKV_AWS_355; Security Hub IAM.1, IAM.21",
  check: (kloudfuse) =>
    perPolicy(kloudfuse, "whether it allows a wildcard", (policy) =>
      policy.document.statements
        .filter(({ effect }) => effect === "Allow")
        .flatMap((statement) => [
          ...outcomesOf(policy, statement, statement.actions, ACTION),
          ...outcomesOf(policy, statement, statement.resources ?? NONE, RESOURCE),
        ]),
    ),
};

interface Element {
  readonly name: string;
  readonly negation: string;
  readonly isWildcard: (value: string) => boolean;
  readonly remedy: string;
}

const NONE: Patterns = { negated: false, values: [] };

const ACTION: Element = {
  name: "action",
  negation: "NotAction",
  isWildcard: (action) => /[*?]/.test(action),
  remedy: "Name each action.",
};

const RESOURCE: Element = {
  name: "resource",
  negation: "NotResource",
  isWildcard: isWideResource,
  remedy: "Name the resource by its ARN.",
};

function outcomesOf(
  policy: RolePolicy,
  { sid }: Statement,
  { negated, values }: Patterns,
  { name, negation, isWildcard, remedy }: Element,
): PolicyOutcome[] {
  const { owner } = policy;
  const statement = statementName(policy, sid);
  if (negated) {
    return [
      finding(owner, `${statement} allows everything that ${negation} does not name`, `Replace ${negation}. ${remedy}`),
    ];
  }
  return values.flatMap((value) => {
    if (value === UNKNOWN) {
      return [
        undeterminedOutcome(
          owner,
          `whether ${statement} allows a wildcard ${name} is not known before the apply`,
          AFTER_THE_APPLY,
        ),
      ];
    }
    return isWildcard(value)
      ? [finding(owner, `${statement} allows the ${name} ${textOfPolicy(policy, value)}`, remedy)]
      : [];
  });
}

/** A wildcard within one bucket or log group covers objects or log streams; elsewhere it covers other resources. */
const OWN_PARTS: Readonly<Record<string, RegExp>> = {
  s3: /^[^/*?]+\//,
  logs: /^log-group:[^:*?]+:/,
  // Secrets Manager adds six characters to the name.
  secretsmanager: /^secret:[^*?]+-\?{6}$/,
};

/** Whether a wildcard in a resource reaches beyond one bucket, log group or other resource. */
function isWideResource(value: string): boolean {
  if (!/[*?]/.test(value)) {
    return false;
  }
  const arn = parseArn(value);
  if (arn === undefined) {
    return true;
  }
  const { partition, service, region, account, resource } = arn;
  return /[*?]/.test([partition, service, region, account].join("")) || OWN_PARTS[service]?.test(resource) !== true;
}
