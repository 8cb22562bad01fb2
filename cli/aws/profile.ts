import { loadSharedConfigFiles } from "@smithy/core/config";
import { UnusableInput } from "../exit-codes";
import type { AwsOptions } from "../options";

/**
 * Makes sure that the chosen profile is configured: the AWS SDK would try every other source of credentials, and say at
 * the end that there are none.
 *
 * @throws UnusableInput when it is not
 */
export async function checkProfile({ profile = process.env["AWS_PROFILE"] ?? "" }: AwsOptions): Promise<void> {
  if (profile === "") {
    return;
  }
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const configured = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  if (!configured.has(profile)) {
    // Other sections have a type before their name.
    const names = [...configured].filter((name) => !/^(sso-session|services)\./.test(name)).sort();
    const known = names.length === 0 ? "none" : names.join(", ");
    throw new UnusableInput(
      `AWS profile "${profile}" is not configured; configured: ${known}. Choose another one with --profile or AWS_PROFILE, or configure it with aws configure --profile ${profile}.`,
    );
  }
}
