import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
  dataAwsIamPolicyDocumentStatementToTerraform,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { type Precondition, ref, type TerraformProvider, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { expressionOf, whenSet, withProvider } from "./expressions";

export type PolicyStatement = DataAwsIamPolicyDocumentStatement;

/** A statement that the policy has if an optional input is set. */
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
   * Preconditions, which Terraform checks when it plans, or when it applies if a value is unknown until then.
   * @default none
   */
  readonly precondition?: readonly Precondition[];
  readonly provider: TerraformProvider | undefined;
}

/** An IAM policy. */
export interface PolicyDocument {
  /** The policy as JSON. */
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
  // A token may be null, and may be unknown until the apply: the statement has to be a dynamic block.
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
