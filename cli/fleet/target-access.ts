import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { memoize } from "@smithy/core/config";
import type { FleetTarget } from "../../fleet";
import { AccessDeniedError, call } from "../aws/call";
import { checkProfile } from "../aws/profile";
import { type AwsAccess, type AwsCredentials, clientSettings } from "../aws/settings";
import { UndeterminedError } from "../exit-codes";
import { MINUTE_MS } from "../time";

/** The name of the command's session in CloudTrail. */
const SESSION_NAME = "kloudfuse-firehose";

/** How to access AWS, apart from the role. */
export type TargetAccessOptions = Pick<AwsAccess, "profile"> & Required<Pick<AwsAccess, "requestHandler">>;

/**
 * How to access AWS in an account and region of a fleet: with the role to assume, like the deployment.
 *
 * @throws UnusableInput when the profile is not configured
 * @throws UndeterminedError when the role cannot be assumed, or the credentials belong to another account
 */
export async function targetAccess(
  target: FleetTarget,
  { profile, requestHandler }: TargetAccessOptions,
  abortSignal: AbortSignal,
): Promise<AwsAccess> {
  const { account, region, assumeRole } = target;
  const own: AwsAccess = { region, requestHandler, ...(profile === undefined ? {} : { profile }) };
  await checkProfile(own);
  const access: AwsAccess =
    assumeRole === undefined ? own : { region, requestHandler, credentials: roleCredentials(own, target, abortSignal) };
  // Before all other calls, whose errors would name another action.
  await access.credentials?.();
  const found = await accountOf(access, abortSignal);
  if (found !== account) {
    throw new UndeterminedError(
      `The credentials belong to account ${found ?? "undetermined"}, not to ${account}. ${
        assumeRole === undefined
          ? "Set assume_role in the fleet file, or use credentials of the account with --profile and --account."
          : "Correct the role to assume."
      }`,
    );
  }
  return access;
}

async function accountOf(access: AwsAccess, abortSignal: AbortSignal): Promise<string | undefined> {
  const sts = new STSClient(clientSettings(access, abortSignal));
  return (await call("sts:GetCallerIdentity", sts.send(new GetCallerIdentityCommand())))?.Account;
}

/** The SDK's own margin: a request that is signed now may be answered minutes later. */
const REFRESH_MS = 5 * MINUTE_MS;

/** The credentials of the target's role, assumed again before they expire. */
function roleCredentials(
  own: AwsAccess,
  { assumeRole, externalId }: FleetTarget,
  abortSignal: AbortSignal,
): () => Promise<AwsCredentials> {
  const sts = new STSClient(clientSettings(own, abortSignal));
  const command = new AssumeRoleCommand({
    RoleArn: assumeRole,
    RoleSessionName: SESSION_NAME,
    ExternalId: externalId,
  });
  const assume = async (): Promise<AwsCredentials> => {
    const answer = await call("sts:AssumeRole", sts.send(command)).catch((error: unknown) => {
      throw error instanceof AccessDeniedError ? deniedRole(assumeRole, externalId) : error;
    });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer?.Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
      throw new UndeterminedError(`AWS returned no credentials for the role ${String(assumeRole)}.`);
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration === undefined ? {} : { expiration: Expiration }),
    };
  };
  return memoize(
    assume,
    ({ expiration }) => expiration !== undefined && expiration.getTime() - Date.now() < REFRESH_MS,
    ({ expiration }) => expiration !== undefined,
  );
}

const deniedRole = (arn = "", externalId?: string): AccessDeniedError =>
  new AccessDeniedError(
    `AWS denied sts:AssumeRole on ${arn}. Grant it to the user or role that runs this command, and let the role's trust policy allow it${externalId === undefined ? "" : ", with the external_id of the fleet file"}.`,
  );
