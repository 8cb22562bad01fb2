import { loadSharedConfigFiles } from "@smithy/core/config";
import { UnusableInput } from "../exit-codes";
import type { AwsOptions } from "../options";

/**
 * Checks that the chosen profile is configured. Otherwise the AWS SDK would try every other source of credentials, and
 * finally report that there are none.
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
    // Sections other than profiles have their type before the name.
    const names = [...configured].filter((name) => !/^(sso-session|services)\./.test(name)).sort();
    const known = names.length === 0 ? "none" : names.join(", ");
    throw new UnusableInput(
      `AWS profile "${profile}" is not configured; configured: ${known}. Choose another one with --profile or AWS_PROFILE, or configure it with aws configure --profile ${profile}.`,
    );
  }
}
