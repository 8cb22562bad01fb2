import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { call } from "../aws/call";
import { UndeterminedError } from "../exit-codes";
import { attempt } from "./attempt";
import type { VerifyContext } from "./context";
import type { Key } from "./key";
import { POLICY_NAMES } from "./resource-policy";
import { resourceRulesOf, type Rule } from "./rules";

type KeyContext = Pick<VerifyContext, "kms">;

/** Where a key is that is named without an ARN, and whose account is ours. */
export interface KeyLocation {
  readonly region: string;
  readonly accountId: string;
}

/** Reads a key and its policy. KMS shows the policy of a key to its own account alone. */
export async function readKey(context: KeyContext, name: string, location: KeyLocation): Promise<Key> {
  if (isManagedAlias(name)) {
    return { name, arn: undefined, policy: "notRead" };
  }
  const found = await attempt(describe(context, name, location));
  if (found === undefined || found instanceof UndeterminedError) {
    return { name, arn: undefined, policy: found };
  }
  const { arn, isManagedByAws } = found;
  if (isManagedByAws) {
    return { name, arn: undefined, policy: "notRead" };
  }
  return arn.split(":")[4] === location.accountId
    ? { name, arn, policy: await attempt(policyOf(context, arn)) }
    : { name, arn, policy: "notRead" };
}

const isManagedAlias = (name: string): boolean => /(?:^|:)alias\/aws\//.test(name);

const isKeyArn = (name: string): boolean => /^arn:[^:]+:kms:[^:]+:[^:]+:key\//.test(name);

interface KeyIdentity {
  readonly arn: string;
  readonly isManagedByAws: boolean;
}

/** Which key a name means; an ARN says so by itself, an alias or an id does not. */
async function describe({ kms }: KeyContext, name: string, { region }: KeyLocation): Promise<KeyIdentity | undefined> {
  if (isKeyArn(name)) {
    return { arn: name, isManagedByAws: false };
  }
  const command = new DescribeKeyCommand({ KeyId: name });
  const client = kms(regionOf(name) ?? region);
  const answer = await call("kms:DescribeKey", client.send(command));
  const { Arn, KeyManager } = answer?.KeyMetadata ?? {};
  return Arn === undefined ? undefined : { arn: Arn, isManagedByAws: KeyManager === "AWS" };
}

async function policyOf({ kms }: KeyContext, arn: string): Promise<readonly Rule[] | undefined> {
  const command = new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" });
  const answer = await call("kms:GetKeyPolicy", kms(regionOf(arn) ?? "").send(command));
  return answer && resourceRulesOf(POLICY_NAMES.key, answer.Policy);
}

/** The region in an ARN. */
const regionOf = (name: string): string | undefined => /^arn:[^:]+:kms:([^:]+):/.exec(name)?.[1];
