import { gunzipSync } from "node:zlib";
import { decodePayload } from "../../../cli/backup/payload";
import { markedRecord } from "../../../cli/probe/record";
import { targetWith } from "../../helpers/probe";

const NOW = 1_700_000_000_000;

describe("the marked record", () => {
  test("of logs is one control message of CloudWatch Logs", () => {
    expect(JSON.parse(gunzipSync(markedRecord(targetWith(), NOW)).toString())).toEqual({
      messageType: "CONTROL_MESSAGE",
      owner: "CloudwatchLogs",
      logGroup: "",
      logStream: "",
      subscriptionFilters: [],
      logEvents: [{ id: "", timestamp: NOW, message: "CWL CONTROL MESSAGE: kloudfuse-firehose probe" }],
    });
  });

  test("of metrics is one metric of nothing, of the stream's account and region, on a line of its own", () => {
    expect(markedRecord(targetWith({ signal: "metrics" }), NOW).toString()).toBe(
      '{"metric_stream_name":"kloudfuse-firehose-probe","account_id":"123456789012","region":"eu-west-1",' +
        '"namespace":"kloudfuse-firehose/probe","metric_name":"probe","dimensions":{},"timestamp":1700000000000,' +
        '"value":{"max":0.0,"min":0.0,"sum":0.0,"count":0.0},"unit":"None"}\n',
    );
  });

  test.each(["logs", "metrics"] as const)("of %s is telemetry as it arrives from AWS", async (signal) => {
    expect((await decodePayload(markedRecord(targetWith({ signal }), NOW))).kind).toBe(
      signal === "logs" ? "CloudWatch Logs" : "metric stream",
    );
  });
});
