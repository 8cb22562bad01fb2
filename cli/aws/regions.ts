import { AccountClient, type ListRegionsRequest, paginateListRegions } from "@aws-sdk/client-account";
import { UndeterminedError } from "../exit-codes";
import type { AwsOptions } from "../options";
import { toUserError, UnrecoverableError } from "./call";
import { checkProfile } from "./profile";
import { clientSettings } from "./settings";

/** Used when no region is configured: the API is global. */
const DEFAULT_REGION = "us-east-1";

/**
 * The regions that are enabled for the account, sorted.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function listEnabledRegions(options: AwsOptions, abortSignal: AbortSignal): Promise<string[]> {
  await checkProfile(options);
  const settings = clientSettings(options, abortSignal);
  const region = await new AccountClient(settings).config.region().catch(() => DEFAULT_REGION);
  const client = new AccountClient({ ...settings, region });
  const regions = new Array<string>();
  try {
    const input: ListRegionsRequest = { RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"] };
    for await (const { Regions = [] } of paginateListRegions({ client }, input)) {
      regions.push(...Regions.flatMap(({ RegionName }) => RegionName ?? []));
    }
  } catch (error) {
    const reason = toUserError("account:ListRegions", error);
    throw reason instanceof UnrecoverableError
      ? reason
      : new UndeterminedError(
          `${reason.message.replace(/\.?$/, ".")} Or name each region with --region instead of --all-regions.`,
        );
  }
  return regions.sort();
}
