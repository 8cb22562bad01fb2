import { AccountClient, type ListRegionsRequest, paginateListRegions } from "@aws-sdk/client-account";
import { UndeterminedError } from "../exit-codes";
import type { AwsOptions } from "../options";
import { toUserError, UnrecoverableError } from "./call";
import { checkProfile } from "./profile";
import { clientSettings } from "./settings";

/** Of an account without a region of its own in the configuration: the API is a global one. */
const DEFAULT_REGION = "us-east-1";

/**
 * The regions that are enabled for the account, sorted.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function enabledRegions(options: AwsOptions, abortSignal: AbortSignal): Promise<string[]> {
  await checkProfile(options);
  const region = await new AccountClient(clientSettings(options)).config.region().catch(() => DEFAULT_REGION);
  const client = new AccountClient(clientSettings({ ...options, region }));
  const regions = new Array<string>();
  try {
    const input: ListRegionsRequest = { RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"] };
    for await (const { Regions = [] } of paginateListRegions({ client }, input, { abortSignal })) {
      regions.push(...Regions.flatMap(({ RegionName }) => RegionName ?? []));
    }
  } catch (error) {
    const reason = toUserError("account:ListRegions", error);
    throw reason instanceof UnrecoverableError
      ? reason
      : new UndeterminedError(`${reason.message} Or name each region with --region instead of --all-regions.`);
  } finally {
    client.destroy();
  }
  return regions.sort();
}
