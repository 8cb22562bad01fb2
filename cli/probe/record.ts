import { gzipSync } from "node:zlib";
import { parseArn } from "../../iam/arn";
import type { ProbeTarget } from "./target";

/**
 * The marked record without effect that `--send` sends: CloudWatch's own control message, or a metric without values.
 */
export function markedRecord({ signal, sourceArn }: ProbeTarget, timestamp: number): Buffer {
  return signal === "logs" ? controlMessage(timestamp) : emptyMetric(sourceArn, timestamp);
}

/**
 * Source: CloudWatch Logs, "Log group-level subscription filters": how it finds out whether a destination can be
 * reached.
 */
const controlMessage = (timestamp: number): Buffer =>
  gzipSync(
    JSON.stringify({
      messageType: "CONTROL_MESSAGE",
      owner: "CloudwatchLogs",
      logGroup: "",
      logStream: "",
      subscriptionFilters: [],
      logEvents: [{ id: "", timestamp, message: "CWL CONTROL MESSAGE: kloudfuse-firehose probe" }],
    }),
  );

/** Source: CloudWatch, "CloudWatch metric stream output in JSON format". */
function emptyMetric(sourceArn: string, timestamp: number): Buffer {
  const { region = "", account = "" } = parseArn(sourceArn) ?? {};
  const metric = {
    metric_stream_name: "kloudfuse-firehose-probe",
    account_id: account,
    region,
    namespace: "kloudfuse-firehose/probe",
    metric_name: "probe",
    dimensions: {},
    timestamp,
  };
  // Written by hand: JSON.stringify would drop the decimal places that CloudWatch writes.
  const value = '"value":{"max":0.0,"min":0.0,"sum":0.0,"count":0.0},"unit":"None"';
  return Buffer.from(`${JSON.stringify(metric).slice(0, -1)},${value}}\n`);
}
