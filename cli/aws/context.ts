import { FirehoseClient } from "@aws-sdk/client-firehose";
import type { AwsOptions } from "../options";
import { toUserError } from "./call";
import { checkProfile } from "./profile";
import { type ClientSettings, clientSettings } from "./settings";

/** What every call of AWS needs: settings, the client that every command uses, and the signal that ends the calls. */
export interface AwsContext {
  readonly region: string;
  readonly settings: ClientSettings;
  readonly firehose: FirehoseClient;
  readonly abortSignal: AbortSignal;
}

/**
 * The context of a command in one region.
 *
 * @throws UnusableInput when the profile is not configured
 * @throws UndeterminedError when there is no region
 */
export async function awsContext(options: AwsOptions, abortSignal: AbortSignal): Promise<AwsContext> {
  await checkProfile(options);
  try {
    const region = options.region ?? (await new FirehoseClient(clientSettings(options)).config.region());
    const settings = clientSettings({ ...options, region });
    return { region, settings, firehose: new FirehoseClient(settings), abortSignal };
  } catch (error) {
    throw toUserError("Reading the AWS configuration", error);
  }
}
