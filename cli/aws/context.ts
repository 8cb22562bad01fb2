import { FirehoseClient } from "@aws-sdk/client-firehose";
import { S3Client } from "@aws-sdk/client-s3";
import { toUserError } from "./call";
import { checkProfile } from "./profile";
import { type AwsAccess, bucketSettings, type ClientSettings, clientSettings } from "./settings";

/**
 * What the calls of AWS need: settings, the clients that most commands use, and the signal that ends all their calls.
 */
export interface AwsContext {
  readonly region: string;
  readonly settings: ClientSettings;
  readonly firehose: FirehoseClient;
  readonly s3: S3Client;
  readonly abortSignal: AbortSignal;
}

/** What S3 calls need. */
export type S3Context = Pick<AwsContext, "s3" | "abortSignal">;

/**
 * The context of a command in one region.
 *
 * @throws UnusableInput when the profile is not configured
 * @throws UndeterminedError when there is no region
 */
export async function awsContext(access: AwsAccess, abortSignal: AbortSignal): Promise<AwsContext> {
  await checkProfile(access);
  try {
    const region = access.region ?? (await new FirehoseClient(clientSettings(access, abortSignal)).config.region());
    const settings = clientSettings({ ...access, region }, abortSignal);
    const s3 = new S3Client(bucketSettings(settings));
    return { region, settings, firehose: new FirehoseClient(settings), s3, abortSignal };
  } catch (error) {
    throw toUserError("Reading the AWS configuration", error);
  }
}
