import { gunzipSync, gzipSync } from "node:zlib";
import { decodePayload } from "../../../cli/backup/payload";
import { cloudWatchLogsData, metricStreamData } from "../../fixtures/failed-records";
import { operatorCase, readEntries } from "../../helpers/backup";

describe("the payload of a failed record", () => {
  test("from CloudWatch Logs is decompressed, with its group, stream and events", async () => {
    expect(await decodePayload(cloudWatchLogsData("log message 1", "log message 2"))).toEqual({
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
    const decoded = await decodePayload(Buffer.from(metricStreamData("DiskWriteOps", "DiskReadOps")));
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
    expect(await decodePayload(Buffer.from(text))).toEqual({ kind: "text", text });
  });

  test("that is text stays text, in every language", async () => {
    expect(await decodePayload(Buffer.from("größer 日本"))).toEqual({ kind: "text", text: "größer 日本" });
  });

  test("that is compressed text is decompressed", async () => {
    expect(await decodePayload(gzipSync("hello"))).toEqual({ kind: "text", text: "hello" });
  });

  test("that is binary stays Base64", async () => {
    const binary = Buffer.from([0x0a, 0xff, 0x00, 0x10]);
    expect(await decodePayload(binary)).toEqual({ kind: "binary", base64: "Cv8AEA==" });
  });

  test("that would fill the memory when it is decompressed stays Base64", async () => {
    const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024 + 1));
    expect(await decodePayload(bomb)).toEqual({ kind: "binary", base64: bomb.toString("base64") });
  });

  test("that only looks like CloudWatch Logs, however much of it, stays text", async () => {
    const text = `{"logEvents":[${"0,".repeat(1_000_000)}0]}`;
    expect(await decodePayload(gzipSync(text))).toEqual({ kind: "text", text });
  });

  test("that is JSON too deep to be written again stays text", async () => {
    const text = `{"namespace":1,"metric_name":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
    expect(await decodePayload(Buffer.from(text))).toEqual({ kind: "text", text });
  });

  test("that only looks like GZIP stays Base64", async () => {
    const broken = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
    expect(await decodePayload(broken)).toEqual({ kind: "binary", base64: "H4sIAA==" });
  });

  const LOGS = {
    kind: "CloudWatch Logs",
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup: "log_group_name",
    logStream: "log_stream_name",
  };
  const event = (message: string, at = 0): unknown => ({ timestamp: 1510109208016 + at, message });
  const uncompressed = (...messages: readonly string[]): string =>
    gunzipSync(cloudWatchLogsData(...messages)).toString();

  test.each([
    ["several objects", () => Buffer.from(uncompressed("one") + uncompressed("two"))],
    ["several objects on a line each", () => Buffer.from(`${uncompressed("one")}\n${uncompressed("two")}\n`)],
    ["a list of objects", () => Buffer.from(`[${uncompressed("one")},${uncompressed("two")}]`)],
    ["several objects in one GZIP member", () => gzipSync(uncompressed("one") + uncompressed("two"))],
    ["several GZIP members", () => Buffer.concat([cloudWatchLogsData("one"), cloudWatchLogsData("two")])],
    [
      "several GZIP members with a line break between them",
      () => Buffer.concat([cloudWatchLogsData("one"), Buffer.from("\n"), cloudWatchLogsData("two")]),
    ],
  ])("from CloudWatch Logs in %s has the events of all", async (_, data) => {
    expect(await decodePayload(data())).toEqual({ ...LOGS, logEvents: [event("one"), event("two")] });
  });

  test("from CloudWatch Logs of several log streams has each of them", async () => {
    const other = uncompressed("two").replace("log_stream_name", "other");
    expect(await decodePayload(Buffer.from(uncompressed("one") + other + uncompressed("three")))).toEqual({
      kind: "several",
      payloads: [
        { ...LOGS, logEvents: [event("one"), event("three")] },
        { ...LOGS, logStream: "other", logEvents: [event("two")] },
      ],
    });
  });

  test("with several JSON objects or GZIP members, as an aggregator puts them into one record", async () => {
    const content = operatorCase("w-two-json-in-one-record.ndjson");
    const records = (await readEntries(content)).flatMap((entry) => (entry.kind === "record" ? [entry.record] : []));
    const payloads = await Promise.all(records.map(({ data }) => decodePayload(data)));
    expect(payloads.map(({ kind }) => kind)).toEqual(["CloudWatch Logs", "CloudWatch Logs", "CloudWatch Logs"]);
    expect(payloads.map((one) => ("logEvents" in one ? one.logEvents.length : 0))).toEqual([2, 2, 2]);
  });

  test.each([
    ['"1510109208016"', 1510109208016],
    ['"2017-11-08T02:46:48.016Z"', 1510109208016],
    ["null", null],
    ['"soon"', null],
    ["1e300", null],
  ])("from CloudWatch Logs with the timestamp %s of an event has the timestamp %j", async (text, timestamp) => {
    const data = uncompressed("one").replace('"timestamp":1510109208016', `"timestamp":${text}`);
    expect(await decodePayload(Buffer.from(data))).toEqual({ ...LOGS, logEvents: [{ timestamp, message: "one" }] });
  });

  test("from CloudWatch Logs whose events have no timestamp has none", async () => {
    const data = uncompressed("one").replace('"timestamp":1510109208016,', "");
    expect(await decodePayload(Buffer.from(data))).toEqual({
      ...LOGS,
      logEvents: [{ timestamp: null, message: "one" }],
    });
  });

  test("from a metric stream without line breaks is a list of metrics", async () => {
    const text = metricStreamData("DiskWriteOps", "DiskReadOps").replaceAll("\n", "");
    expect(await decodePayload(Buffer.from(text))).toMatchObject({
      kind: "metric stream",
      metrics: [{ metric_name: "DiskWriteOps" }, { metric_name: "DiskReadOps" }],
    });
  });

  test("with metrics and logs has both", async () => {
    const text = metricStreamData("DiskWriteOps") + uncompressed("one");
    expect(await decodePayload(Buffer.from(text))).toMatchObject({
      kind: "several",
      payloads: [{ kind: "metric stream" }, { kind: "CloudWatch Logs" }],
    });
  });

  const REMEDY =
    "The metric stream has the wrong output format. Set it to JSON: Kloudfuse does not accept OpenTelemetry here.";

  test.each([
    ["binary", () => Buffer.from("080a060a046e616d65", "hex"), 1],
    ["binary, twice", () => Buffer.from("080a060a046e616d65080a060a046e616d65", "hex"), 2],
    ["binary and compressed", () => gzipSync(Buffer.from("080a060a046e616d65", "hex")), 1],
    ["JSON", () => Buffer.from('{"resourceMetrics":[{}]}'), 1],
    ["JSON, twice", () => Buffer.from('{"resourceMetrics":[{}]}\n{"resourceMetrics":[]}'), 2],
  ])("in OpenTelemetry's protocol as %s is named, with what to do", async (_, dataOf, requests) => {
    const data = dataOf();
    expect(await decodePayload(data)).toEqual({
      kind: "OpenTelemetry",
      requests,
      remedy: REMEDY,
      base64: data.toString("base64"),
    });
  });
});
