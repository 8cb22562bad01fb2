import { DescribeSecretCommand, GetResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import { call } from "../aws/call";
import { attempt } from "../aws/attempt";
import type { VerifyContext } from "./context";
import { POLICY_NAMES } from "./resource-policy";
import { resourceRulesOf, type NamedStatement } from "./rules";
import type { Secret, SecretDescription } from "./secret";

type SecretContext = Pick<VerifyContext, "secretsManager">;

/** Reads which key encrypts a secret and who may read it; never its value. */
export async function readSecret(context: SecretContext, arn: string): Promise<Secret> {
  const [description, policy] = await Promise.all([
    attempt(descriptionOf(context, arn)),
    attempt(policyOf(context, arn)),
  ]);
  return { arn, description, policy };
}

async function descriptionOf({ secretsManager }: SecretContext, arn: string): Promise<SecretDescription | undefined> {
  const command = new DescribeSecretCommand({ SecretId: arn });
  const answer = await call("secretsmanager:DescribeSecret", secretsManager.send(command));
  return answer && { keyName: answer.KmsKeyId };
}

async function policyOf(
  { secretsManager }: SecretContext,
  arn: string,
): Promise<readonly NamedStatement[] | undefined> {
  const command = new GetResourcePolicyCommand({ SecretId: arn });
  const answer = await call("secretsmanager:GetResourcePolicy", secretsManager.send(command));
  return answer && resourceRulesOf(POLICY_NAMES.secret, answer.ResourcePolicy);
}
