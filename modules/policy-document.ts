import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
  dataAwsIamPolicyDocumentStatementToTerraform,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { type Precondition, ref, type TerraformProvider, TerraformStack, Token } from "cdktf";
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
  /**
   * Conditions that must hold when Terraform plans, or applies what is unknown until then.
   * @default none
   */
  readonly precondition?: readonly Precondition[];
  readonly provider: TerraformProvider | undefined;
}

/** An IAM policy. */
export interface PolicyDocument {
  /** The JSON text that AWS takes. */
  readonly json: string;
  readonly element: DataAwsIamPolicyDocument;
}

/** An IAM policy as a data source. */
export function policyDocument(
  scope: Construct,
  id: string,
  { statements, optionalStatements = [], count, precondition = [], provider }: PolicyDocumentProps,
): PolicyDocument {
  const set = optionalStatements.flatMap(({ input, statement }) =>
    input === undefined ? [] : [{ input, statement: statement(input) }],
  );
  const document = new DataAwsIamPolicyDocument(scope, id, {
    statement: [
      ...statements,
      ...set.filter(({ input }) => !Token.isUnresolved(input)).map(({ statement }) => statement),
    ],
    ...(count === undefined ? {} : { count }),
    ...(precondition.length === 0 ? {} : { lifecycle: { precondition: [...precondition] } }),
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
  const json = Token.asString(ref(`${expressionOf(document, "data")}.json`, TerraformStack.of(document)));
  return { json, element: document };
}
