import { type Condition, InvalidPolicyDocument, parseStatements, type Statement } from "../../iam/statement";
import { UndeterminedError } from "../exit-codes";
import { shortened } from "../text";

/** A statement of a policy of a role, or of the policy of a bucket, a key or a secret. */
export interface NamedStatement extends Statement {
  /** Name of the policy that it is in. */
  readonly policy: string;
  /** Which statement of a resource's policy it is, by its Sid or number; missing in a policy of a role. */
  readonly statement?: string;
}

/**
 * Parses the statements of a policy document, which IAM returns URL-encoded.
 *
 * @throws UndeterminedError when the document cannot be read
 */
export function rulesOf(policy: string, document: string | undefined): NamedStatement[] {
  if (document === undefined) {
    return [];
  }
  try {
    const text = document.startsWith("%") ? decodeURIComponent(document) : document;
    return parseStatements(text).map((statement) => ({ ...statement, policy }));
  } catch (error) {
    if (error instanceof InvalidPolicyDocument || error instanceof URIError) {
      throw new UndeterminedError(`The document of ${policy} cannot be parsed: ${error.message}`);
    }
    throw error;
  }
}

const MAX_SID_LENGTH = 100;

/**
 * The rules of the policy of a bucket, a key or a secret.
 *
 * @throws UndeterminedError when the document cannot be read
 */
export const resourceRulesOf = (policy: string, document: string | undefined): NamedStatement[] =>
  rulesOf(policy, document).map((rule, index) => ({
    ...rule,
    statement: `statement ${rule.sid === "" ? index + 1 : shortened(rule.sid, MAX_SID_LENGTH)}`,
  }));

/** The policies of rules, each once; of a resource's policy with the statement. */
export const namesOf = (rules: readonly NamedStatement[]): string =>
  [
    ...new Set(rules.map(({ policy, statement }) => (statement === undefined ? policy : `${statement} of ${policy}`))),
  ].join(", ");

/** Conditions as a policy has them, such as `StringEquals aws:SourceAccount 123456789012`. */
export const conditionTexts = (conditions: readonly Condition[]): string =>
  [...new Set(conditions.map((each) => `${conditionName(each)} ${each.values.map(String).join(", ")}`))].join("; ");

/** Operator and key of a condition. */
export const conditionName = ({ operator, key }: Condition): string => `${operator} ${String(key)}`;
