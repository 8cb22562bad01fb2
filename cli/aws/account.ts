import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { call, isUndetermined } from "./call";
import type { AwsContext } from "./context";
import type { DeliveryStream } from "./delivery-stream";
import type { ReportScope } from "../terminal/checks-report";
import type { StreamLookup } from "./find-streams";

/** The scope of a report on streams of one region and account, evaluated now. */
export const scopeOf = ({ region }: Pick<AwsContext, "region">, [stream]: readonly DeliveryStream[]): ReportScope => ({
  accountId: stream?.accountId,
  regions: [region],
  evaluatedAt: new Date(),
});

/** The account of the streams, else of the credentials; undefined when AWS does not answer. */
export async function accountOf(
  { settings }: Pick<AwsContext, "settings">,
  found: readonly Pick<StreamLookup, "stream">[],
): Promise<string | undefined> {
  const stream = found.map((each) => each.stream).find((each) => each !== undefined);
  if (stream !== undefined) {
    return stream.accountId;
  }
  try {
    const request = new STSClient(settings).send(new GetCallerIdentityCommand());
    return (await call("sts:GetCallerIdentity", request))?.Account;
  } catch (error) {
    // Only the header of the report needs it.
    if (isUndetermined(error)) {
      return undefined;
    }
    throw error;
  }
}
