import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
  dataAwsIamPolicyDocumentStatementToTerraform,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { ref, type TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import { expressionOf, whenSet, withProvider } from "./expressions";

export type PolicyStatement = DataAwsIamPolicyDocumentStatement;

/** A statement that is part of the policy when an optional input is set. */
export interface OptionalPolicyStatement {
  readonly input: string | undefined;
  readonly statement: (input: string) => PolicyStatement;
}

/** What `policyDocument` takes. */
export interface PolicyDocumentProps {
  readonly statements: readonly PolicyStatement[];
  readonly optionalStatements?: readonly OptionalPolicyStatement[];
  /** `count` of the resource that the policy is for. */
  readonly count?: number | undefined;
  readonly provider: TerraformProvider | undefined;
}

/** An IAM policy as the JSON text that AWS takes. */
export function policyDocument(
  scope: Construct,
  id: string,
  { statements, optionalStatements = [], count, provider }: PolicyDocumentProps,
): string {
  const set = optionalStatements.flatMap(({ input, statement }) =>
    input === undefined ? [] : [{ input, statement: statement(input) }],
  );
  const document = new DataAwsIamPolicyDocument(scope, id, {
    statement: [
      ...statements,
      ...set.filter(({ input }) => !Token.isUnresolved(input)).map(({ statement }) => statement),
    ],
    ...(count === undefined ? {} : { count }),
    ...withProvider(provider),
  });
  // A token may turn out to be null, and be unknown until apply: only a dynamic block can follow it.
  const undecided = set.filter(({ input }) => Token.isUnresolved(input));
  if (undecided.length > 0) {
    document.addOverride("dynamic", {
      statement: undecided.map(({ input, statement }) => {
        const content: unknown = dataAwsIamPolicyDocumentStatementToTerraform(statement);
        return { for_each: whenSet(input, [true], []), content };
      }),
    });
  }
  return ref(`${expressionOf(document, "data")}.json`).toString();
}
