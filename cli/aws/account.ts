import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { call, isUndetermined } from "./call";
import type { AwsContext } from "./context";
import type { DeliveryStream } from "./delivery-stream";
import type { ReportScope } from "../terminal/checks-report";
import type { StreamLookup } from "./find-streams";

/** What a report on streams of one region and account is about, as of now. */
export const scopeOf = ({ region }: Pick<AwsContext, "region">, [stream]: readonly DeliveryStream[]): ReportScope => ({
  accountId: stream?.accountId,
  regions: [region],
  evaluatedAt: new Date(),
});

/** The account that was asked: that of a stream, else that of the credentials; undefined when AWS does not answer. */
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
    // The header alone needs it.
    if (isUndetermined(error)) {
      return undefined;
    }
    throw error;
  }
}
