import { type Decision, type Policies } from "../../iam/evaluate";
import type { ContextValue } from "../../iam/context";
import { evaluate } from "../../iam/evaluate";
import type { Request } from "../../iam/request";
import { requestByRole } from "../../iam/request";
import { parseStatements, type Statement } from "../../iam/statement";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, LOCATION } from "../helpers/account";
import { document } from "../helpers/statements";

export { ACCOUNT, LOCATION, SECRET_ARN as SECRET } from "../helpers/account";
export { allow, deny, when } from "../helpers/statements";

export const FOREIGN = "210987654321";
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/firehose`;
export const BUCKET = "arn:aws:s3:::failed";
export const OBJECT = `${BUCKET}/kloudfuse-logs-failures/1`;
export const STREAM = `arn:aws:firehose:eu-west-1:${ACCOUNT}:deliverystream/kloudfuse-logs`;
export const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;

const IAM_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide";

/** Pages of AWS's documentation that the answers in the tables are from. */
export const PAGE = {
  evaluation: `${IAM_GUIDE}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
  singleAccount: `${IAM_GUIDE}/reference_policies_evaluation-logic_policy-eval-basics.html`,
  crossAccount: `${IAM_GUIDE}/reference_policies_evaluation-logic-cross-account.html`,
  boundaries: `${IAM_GUIDE}/access_policies_boundaries.html`,
  action: `${IAM_GUIDE}/reference_policies_elements_action.html`,
  notAction: `${IAM_GUIDE}/reference_policies_elements_notaction.html`,
  resource: `${IAM_GUIDE}/reference_policies_elements_resource.html`,
  notResource: `${IAM_GUIDE}/reference_policies_elements_notresource.html`,
  principal: `${IAM_GUIDE}/reference_policies_elements_principal.html`,
  notPrincipal: `${IAM_GUIDE}/reference_policies_elements_notprincipal.html`,
  operators: `${IAM_GUIDE}/reference_policies_elements_condition_operators.html`,
  condition: `${IAM_GUIDE}/reference_policies_elements_condition.html`,
  multivalued: `${IAM_GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  keys: `${IAM_GUIDE}/reference_policies_condition-keys.html`,
  variables: `${IAM_GUIDE}/reference_policies_variables.html`,
  version: `${IAM_GUIDE}/reference_policies_elements_version.html`,
  grammar: `${IAM_GUIDE}/reference_policies_grammar.html`,
  confusedDeputy: `${IAM_GUIDE}/confused-deputy.html`,
  stsComparison: `${IAM_GUIDE}/id_credentials_sts-comparison.html`,
  sessionTags: `${IAM_GUIDE}/id_session-tags.html`,
  firehose: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
  logs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions-confused-deputy.html",
  keyPolicy: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  defaultKeyPolicy: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
  kmsConditions: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
  s3Tls: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  s3Examples: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html",
} as const;

export type Page = keyof typeof PAGE;
export type Result = Decision["result"];

/** A policy document as IAM takes it. */
export const policy = (...statements: readonly object[]): readonly Statement[] =>
  parseStatements(document(...statements));

/** A statement of a role's trust policy. */
export const trust = (Principal: unknown, more: object = {}, Action: unknown = "sts:AssumeRole"): object => ({
  Effect: "Allow",
  Principal,
  Action,
  ...more,
});

export const denyTrust = (Principal: unknown, more: object = {}): object => ({
  ...trust(Principal, more),
  Effect: "Deny",
});

/** A result as a row has it: titles and differences show no symbol. */
export const shown = (value: Planned<boolean>): boolean | "undetermined" =>
  value === UNKNOWN ? "undetermined" : value;

/** What a role asks for in a row of a table. */
export interface Asked {
  readonly action: string;
  readonly resource: Request["resource"];
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly via?: string;
}

export const PUT_RECORD: Asked = { action: "firehose:PutRecord", resource: STREAM };
export const PUT_OBJECT: Asked = { action: "s3:PutObject", resource: OBJECT };
export const DECRYPT: Asked = { action: "kms:Decrypt", resource: KEY, via: "s3" };

export const requestOf = ({ action, resource, context = {}, via }: Asked): Request =>
  requestByRole({
    action,
    resource,
    roleArn: ROLE_ARN,
    location: LOCATION,
    resourceAccount: ACCOUNT,
    context: Object.entries(context),
    ...(via === undefined ? {} : { via: { service: via, region: "eu-west-1" } }),
  });

export const decide = (asked: Asked, policies: Partial<Policies>): Decision =>
  evaluate(requestOf(asked), { identity: [], isSameAccount: true, ...policies });
