import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { isKeyArn, keyRegion, parseArn } from "../../iam/arn";
import { call } from "../aws/call";
import { UndeterminedError } from "../exit-codes";
import { type Answer, attempt } from "../aws/attempt";
import type { VerifyContext } from "./context";
import type { Key } from "./key";
import { POLICY_NAMES } from "./resource-policy";
import { resourceRulesOf, type NamedStatement } from "./rules";

type KeyContext = Pick<VerifyContext, "kms">;

/** The region of a key that is named without an ARN, and the account of the streams. */
export interface KeyLocation {
  readonly region: string;
  readonly accountId: string;
}

/** Reads the state and the policy of a key. KMS shows them to the key's own account only. */
export async function readKey(context: KeyContext, name: string, location: KeyLocation): Promise<Key> {
  const ofAnother: Key = { name, arn: undefined, state: undefined, policy: "notRead" };
  if (isManagedAlias(name)) {
    return ofAnother;
  }
  const namedArn = isKeyArn(name) ? name : undefined;
  if (namedArn !== undefined && parseArn(namedArn)?.account !== location.accountId) {
    return { ...ofAnother, arn: namedArn };
  }
  const policy = (arn: string): Promise<Answer<readonly NamedStatement[] | undefined>> =>
    attempt(policyOf(context, arn));
  const found = await attempt(describe(context, name, location));
  if (found === undefined) {
    return { name, arn: namedArn, state: undefined, policy: undefined };
  }
  if (found instanceof UndeterminedError) {
    return { name, arn: namedArn, state: found, policy: namedArn === undefined ? found : await policy(namedArn) };
  }
  const { arn, state, isManagedByAws } = found;
  return isManagedByAws || parseArn(arn)?.account !== location.accountId
    ? { ...ofAnother, arn: isManagedByAws ? undefined : arn }
    : { name, arn, state, policy: await policy(arn) };
}

const isManagedAlias = (name: string): boolean => /(?:^|:)alias\/aws\//.test(name);

interface KeyDescription {
  readonly arn: string;
  readonly isManagedByAws: boolean;
  readonly state: string;
}

async function describe(
  { kms }: KeyContext,
  name: string,
  { region }: KeyLocation,
): Promise<KeyDescription | undefined> {
  const command = new DescribeKeyCommand({ KeyId: name });
  const client = kms(keyRegion(name) ?? region);
  const answer = await call("kms:DescribeKey", client.send(command));
  const { Arn, KeyManager, KeyState = "" } = answer?.KeyMetadata ?? {};
  return Arn === undefined ? undefined : { arn: Arn, isManagedByAws: KeyManager === "AWS", state: KeyState };
}

async function policyOf({ kms }: KeyContext, arn: string): Promise<readonly NamedStatement[] | undefined> {
  const command = new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" });
  const answer = await call("kms:GetKeyPolicy", kms(keyRegion(arn) ?? "").send(command));
  return answer && resourceRulesOf(POLICY_NAMES.key, answer.Policy);
}
