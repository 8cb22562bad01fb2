import { type Condition, InvalidPolicyDocument, parseStatements, type Statement } from "../../iam/statement";
import { UndeterminedError } from "../exit-codes";

/** A statement of a policy of the role. */
export interface Rule extends Statement {
  /** Name of the policy that it is in. */
  readonly policy: string;
}

/**
 * The rules of a policy document; IAM answers with URL encoding.
 *
 * @throws UndeterminedError when the document cannot be read
 */
export function rulesOf(policy: string, document: string | undefined): Rule[] {
  if (document === undefined) {
    return [];
  }
  try {
    const text = document.startsWith("%") ? decodeURIComponent(document) : document;
    return parseStatements(text).map((statement) => ({ ...statement, policy }));
  } catch (error) {
    if (error instanceof InvalidPolicyDocument || error instanceof URIError) {
      throw new UndeterminedError(`The document of ${policy} is not understood: ${error.message}`);
    }
    throw error;
  }
}

/** Conditions as a policy has them, such as `StringEquals aws:SourceAccount 123456789012`. */
export const conditionTexts = (conditions: readonly Condition[]): string =>
  [...new Set(conditions.map((each) => `${conditionName(each)} ${each.values.map(String).join(", ")}`))].join("; ");

/** Operator and key of a condition. */
export const conditionName = ({ operator, key }: Condition): string => `${operator} ${String(key)}`;
