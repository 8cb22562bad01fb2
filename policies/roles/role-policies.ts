import { memoizedByObject } from "../../iam/memoized";
import { parseStatements, InvalidPolicyDocument, type Statement } from "../../iam/statement";
import type { Statements } from "../../iam/evaluate";
import { type Plan, type PlannedResource, type PlannedPolicyDocument, quotedText, UNKNOWN } from "../plan";

/** A statement with the policy that it is in. */
export interface Grant extends Statement {
  readonly policy: RolePolicy;
}

/** A policy of a role. */
export interface RolePolicy {
  /** The resource that holds the document, or, where the plan has no document, the one that names the policy. */
  readonly owner: PlannedResource;
  /** Path of the document or of the policy's ARN in its owner. */
  readonly path: string;
  /** As messages name it. */
  readonly label: string;
  readonly arn: string | undefined;
  /**
   * - `document`: its document is in the plan
   * - `awsManaged`: AWS manages it, and the plan has only its ARN
   * - `elsewhere`: it is managed elsewhere, and the plan has only its ARN
   * - `unknown`: it is not known before the apply
   * - `rest`: what a list may name beside the policies that it refers to; Terraform shows no texts of such a list
   */
  readonly kind: "document" | "awsManaged" | "elsewhere" | "unknown" | "rest";
  readonly document: PlannedPolicyDocument;
  /** Whether the role surely has it. */
  readonly isCertain: boolean;
}

const NO_DOCUMENT: PlannedPolicyDocument = { statements: [], isComplete: false, invalid: undefined };

/** A policy whose document is at a path of a resource. */
export const withDocument = (
  owner: PlannedResource,
  path: string,
  document: PlannedPolicyDocument,
  label = owner.address,
): RolePolicy => ({ owner, path, label, arn: undefined, kind: "document", document, isCertain: true });

/** A policy of which the plan shows nothing. */
export const unknownPolicy = (owner: PlannedResource, path: string): RolePolicy => ({
  owner,
  path,
  label: `${path} of ${owner.address}`,
  arn: undefined,
  kind: "unknown",
  document: NO_DOCUMENT,
  isCertain: true,
});

/** A customer-managed policy of the plan. */
export function plannedPolicy(plan: Plan, policy: PlannedResource): RolePolicy {
  const arn = policy.get("arn");
  return {
    ...withDocument(policy, "policy", plan.policyDocument(policy, "policy")),
    arn: typeof arn === "string" ? arn : undefined,
  };
}

/** A policy that is named by its ARN: a data source has its document, else AWS or another root manages it. */
export function policyByArn(plan: Plan, arn: string, owner: PlannedResource, path: string): RolePolicy {
  const data = dataPolicies(plan).get(arn);
  if (data !== undefined) {
    return { ...withDocument(data, "policy", plan.policyDocument(data, "policy")), arn };
  }
  return {
    ...unknownPolicy(owner, path),
    label: quotedText(owner, path, arn),
    arn,
    kind: /^arn:[^:]*:iam::aws:policy\//.test(arn) ? "awsManaged" : "elsewhere",
  };
}

const dataPolicies = memoizedByObject(
  (plan: Plan): ReadonlyMap<string, PlannedResource> =>
    new Map(
      plan.dataSourcesOfType("aws_iam_policy").flatMap((data): [string, PlannedResource][] => {
        const arn = data.get("arn");
        return typeof arn === "string" && data.get("policy") !== UNKNOWN ? [[arn, data]] : [];
      }),
    ),
);

/** The document that a text holds. */
export function parseDocument(text: string): PlannedPolicyDocument {
  try {
    return { statements: parseStatements(text), isComplete: true, invalid: undefined };
  } catch (error) {
    if (error instanceof InvalidPolicyDocument) {
      return { ...NO_DOCUMENT, invalid: error.message };
    }
    throw error;
  }
}

/** The statements of policies as the evaluator reads them. */
export function statementsOf(policies: readonly RolePolicy[]): Statements<Grant> {
  return policies.flatMap((policy): Statements<Grant> => {
    const { kind, document, isCertain } = policy;
    if (kind === "awsManaged") {
      return awsManaged(policy);
    }
    if (kind === "rest") {
      return [{ ...allowing(UNKNOWN), policy }];
    }
    return isCertain
      ? [
          ...document.statements.map((statement) => ({ ...statement, policy })),
          // AWS refuses an invalid document: KFF-IAM-011 finds it.
          ...(document.isComplete || document.invalid !== undefined ? [] : ([UNKNOWN] as const)),
        ]
      : [UNKNOWN];
  });
}

const FULL_ACCESS =
  /^arn:[^:]*:iam::aws:policy\/(.*\/)?(\w*FullAccess|(\w*Administrator|PowerUser)Access|\w+Administrator)$/;

/** Whether a policy of AWS grants a whole service or more. */
export const isFullAccess = (arn: string | undefined): boolean => arn !== undefined && FULL_ACCESS.test(arn);

/** Few of AWS's policies deny anything, and their names say so. */
const DENIES = /\/(AWSDeny|AWSCompromisedKeyQuarantine)/;

/** A policy of AWS may allow anything, and denies nothing. */
function awsManaged(policy: RolePolicy): Statements<Grant> {
  const isAnything = policy.arn?.endsWith("/AdministratorAccess") === true;
  return !policy.isCertain || DENIES.test(policy.arn ?? "")
    ? [UNKNOWN]
    : [{ ...allowing(isAnything ? "*" : UNKNOWN), policy }];
}

/** A statement that allows an action, on everything or on what is not known. */
export const allowing = (value: "*" | typeof UNKNOWN): Statement => ({
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: [value] },
  resources: { negated: false, values: [value] },
  principals: undefined,
  conditions: [],
});
