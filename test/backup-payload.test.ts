import { gzipSync } from "node:zlib";
import { payload } from "../cli/backup/payload";
import { cloudWatchLogsData, metricStreamData } from "./fixtures/failed-records";

describe("the payload of a failed record", () => {
  test("from CloudWatch Logs is decompressed, with its group, stream and events", async () => {
    expect(await payload(cloudWatchLogsData("log message 1", "log message 2"))).toEqual({
      kind: "CloudWatch Logs",
      messageType: "DATA_MESSAGE",
      owner: "123456789012",
      logGroup: "log_group_name",
      logStream: "log_stream_name",
      logEvents: [
        { timestamp: 1510109208016, message: "log message 1" },
        { timestamp: 1510109208017, message: "log message 2" },
      ],
    });
  });

  test("from a metric stream is a list of metrics", async () => {
    const decoded = await payload(Buffer.from(metricStreamData("DiskWriteOps", "DiskReadOps")));
    expect(decoded).toMatchObject({
      kind: "metric stream",
      metrics: [
        { metric_name: "DiskWriteOps", value: { count: 3, sum: 20, max: 18, min: 0 } },
        { metric_name: "DiskReadOps" },
      ],
    });
  });

  test("of which one line is no metric stays text", async () => {
    const text = `${metricStreamData("DiskWriteOps")}hello\n`;
    expect(await payload(Buffer.from(text))).toEqual({ kind: "text", text });
  });

  test("that is text stays text, in every language", async () => {
    expect(await payload(Buffer.from("größer 日本"))).toEqual({ kind: "text", text: "größer 日本" });
  });

  test("that is compressed text is decompressed", async () => {
    expect(await payload(gzipSync("hello"))).toEqual({ kind: "text", text: "hello" });
  });

  test("that is binary, such as OpenTelemetry, stays Base64", async () => {
    const binary = Buffer.from([0x0a, 0xff, 0x00, 0x10]);
    expect(await payload(binary)).toEqual({ kind: "binary", base64: "Cv8AEA==" });
  });

  test("that would fill the memory when it is decompressed stays Base64", async () => {
    const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024 + 1));
    expect(await payload(bomb)).toEqual({ kind: "binary", base64: bomb.toString("base64") });
  });

  test("that only looks like CloudWatch Logs, however much of it, stays text", async () => {
    const text = `{"logEvents":[${"0,".repeat(1_000_000)}0]}`;
    expect(await payload(gzipSync(text))).toEqual({ kind: "text", text });
  });

  test("that is JSON too deep to be written again stays text", async () => {
    const text = `{"namespace":1,"metric_name":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
    expect(await payload(Buffer.from(text))).toEqual({ kind: "text", text });
  });

  test("that only looks like GZIP stays Base64", async () => {
    const broken = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
    expect(await payload(broken)).toEqual({ kind: "binary", base64: "H4sIAA==" });
  });
});
