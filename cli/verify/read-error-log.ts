import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { call } from "../aws/call";
import type { ErrorLog } from "../aws/delivery-stream";
import { HOUR_MS } from "../time";
import type { VerifyContext } from "./context";
import type { ErrorLogEvent } from "./error-log";
import { HEALTHY } from "./healthy";

/** The newest entries of an error log, undefined if it does not exist. */
export async function readErrorLog(
  { logs, now }: Pick<VerifyContext, "logs" | "now">,
  { group, stream }: ErrorLog,
): Promise<ErrorLogEvent[] | undefined> {
  // Without a start time: with one, CloudWatch Logs may answer with empty pages before those that have entries.
  const command = new GetLogEventsCommand({
    logGroupName: group,
    logStreamName: stream,
    limit: HEALTHY.errorLogEntries,
    startFromHead: false,
  });
  const answer = await call("logs:GetLogEvents", logs.send(command));
  const oldest = now.getTime() - HEALTHY.errorLogHours * HOUR_MS;
  return answer?.events
    ?.map(({ timestamp = 0, message = "" }): ErrorLogEvent => ({ time: timestamp, text: message }))
    .filter(({ time }) => time >= oldest);
}
