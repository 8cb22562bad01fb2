import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
  dataAwsIamPolicyDocumentStatementToTerraform,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { ref, Token } from "cdktf";
import type { Construct } from "constructs";
import { whenGiven } from "./expressions";

export type PolicyStatement = DataAwsIamPolicyDocumentStatement;

/** A statement that is part of the policy when an optional input is given. */
export interface OptionalPolicyStatement {
  readonly input: string | undefined;
  readonly statement: (input: string) => PolicyStatement;
}

/** An IAM policy as the JSON text that AWS takes. */
export function policyDocument(
  scope: Construct,
  id: string,
  statements: readonly PolicyStatement[],
  optionalStatements: readonly OptionalPolicyStatement[] = [],
): string {
  return declareDocument(scope, id, statements, optionalStatements).json;
}

/** The policy of a resource that has the same `count`. */
export function countedPolicyDocument(
  scope: Construct,
  id: string,
  count: number,
  statements: readonly PolicyStatement[],
): string {
  const document = declareDocument(scope, id, statements, []);
  document.count = count;
  return ref(`${document.fqn}[0].json`).toString();
}

function declareDocument(
  scope: Construct,
  id: string,
  statements: readonly PolicyStatement[],
  optionalStatements: readonly OptionalPolicyStatement[],
): DataAwsIamPolicyDocument {
  const given = optionalStatements.flatMap(({ input, statement }) =>
    input === undefined ? [] : [{ input, statement: statement(input) }],
  );
  const document = new DataAwsIamPolicyDocument(scope, id, {
    statement: [
      ...statements,
      ...given.filter(({ input }) => !Token.isUnresolved(input)).map(({ statement }) => statement),
    ],
  });
  // A token may turn out to be null, and be unknown until apply: only a dynamic block can follow it.
  const undecided = given.filter(({ input }) => Token.isUnresolved(input));
  if (undecided.length > 0) {
    document.addOverride("dynamic", {
      statement: undecided.map(({ input, statement }) => {
        const content: unknown = dataAwsIamPolicyDocumentStatementToTerraform(statement);
        return { for_each: whenGiven(input, [true], []), content };
      }),
    });
  }
  return document;
}
