import { asString } from "../../iam/json";
import { memoizedByObject } from "../../iam/memoized";
import { parseStatements, InvalidPolicyDocument, type Statement } from "../../iam/statement";
import type { Statements } from "../../iam/evaluate";
import { type Plan, type PlannedResource, type PlannedPolicyDocument, redactedText, UNKNOWN } from "../plan";

/** A statement with the policy that contains it. */
export interface RoleStatement extends Statement {
  readonly policy: RolePolicy;
}

export interface RolePolicy {
  /** The resource that holds the document, or, where the plan has no document, the one that names the policy. */
  readonly owner: PlannedResource;
  /** Path of the document or of the policy's ARN in its owner. */
  readonly path: string;
  /** Name in messages. */
  readonly label: string;
  readonly arn: string | undefined;
  /**
   * - `document`: its document is in the plan
   * - `awsManaged`: AWS manages it, and the plan has only its ARN
   * - `elsewhere`: it is managed elsewhere, and the plan has only its ARN
   * - `unknown`: it is not known before the apply
   * - `rest`: policies that a list may name besides those that it refers to; for such a list, a plan shows no literals
   */
  readonly kind: "document" | "awsManaged" | "elsewhere" | "unknown" | "rest";
  readonly document: PlannedPolicyDocument;
  /** Whether the role certainly has it. */
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

/** A policy whose content the plan does not show. */
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
    arn: asString(arn),
  };
}

/** A policy that is named by its ARN: a data source has its document, or AWS or another root module manages it. */
export function policyByArn(plan: Plan, arn: string, owner: PlannedResource, path: string): RolePolicy {
  const data = dataPolicies(plan).get(arn);
  if (data !== undefined) {
    return { ...withDocument(data, "policy", plan.policyDocument(data, "policy")), arn };
  }
  return {
    ...unknownPolicy(owner, path),
    label: redactedText(owner, path, arn),
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

/** Parses a policy document. For one that IAM would not accept, `invalid` says why. */
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

/** The statements of policies for the evaluation. */
export function statementsOf(policies: readonly RolePolicy[]): Statements<RoleStatement> {
  return policies.flatMap((policy): Statements<RoleStatement> => {
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
          // KFF-IAM-011 reports an invalid document, which AWS would reject.
          ...(document.isComplete || document.invalid !== undefined ? [] : ([UNKNOWN] as const)),
        ]
      : [UNKNOWN];
  });
}

const FULL_ACCESS =
  /^arn:[^:]*:iam::aws:policy\/(.*\/)?(\w*FullAccess|(\w*Administrator|PowerUser)Access|\w+Administrator)$/;

/** Whether an AWS managed policy grants all actions of a service, or more. */
export const isFullAccess = (arn: string | undefined): boolean => arn !== undefined && FULL_ACCESS.test(arn);

/** The few AWS managed policies that deny something, by their names. */
const DENIES = /\/(AWSDeny|AWSCompromisedKeyQuarantine)/;

/** The statements of an AWS managed policy: it may allow anything, but denies nothing. */
function awsManaged(policy: RolePolicy): Statements<RoleStatement> {
  const isAnything = policy.arn?.endsWith("/AdministratorAccess") === true;
  return !policy.isCertain || DENIES.test(policy.arn ?? "")
    ? [UNKNOWN]
    : [{ ...allowing(isAnything ? "*" : UNKNOWN), policy }];
}

/** A statement that allows all actions on all resources, or unknown ones. */
export const allowing = (value: "*" | typeof UNKNOWN): Statement => ({
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: [value] },
  resources: { negated: false, values: [value] },
  principals: undefined,
  conditions: [],
});
