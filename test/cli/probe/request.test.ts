import { gunzipSync } from "node:zlib";
import { firehoseRequest, pathOf } from "../../../cli/probe/request";
import { accessKeyOf, targetWith } from "../../helpers/probe";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NOW = 1_700_000_000_000;
const NO_KEY = accessKeyOf(undefined);

describe("the request of a stream", () => {
  test("is as Firehose specifies it", () => {
    const request = firehoseRequest(targetWith({ contentEncoding: "NONE" }), accessKeyOf("s3cr3t"), [], NOW);
    const { requestId, json } = request;
    expect(requestId).toMatch(GUID);
    expect(json).toBe(`{"requestId":"${requestId}","timestamp":${NOW},"records":[]}`);
    expect(request).toMatchObject({
      path: "/ingester/kinesis/logs",
      recordCount: 0,
      accessKey: "s3cr3t",
      isKeyKnown: true,
    });
    expect(request.body.toString()).toBe(json);
    expect(request.headers).toEqual({
      Host: "kfuse.example.com",
      "Content-Type": "application/json",
      "Content-Length": String(json.length),
      "User-Agent": "Amazon Kinesis Data Firehose Agent/1.0",
      "X-Amz-Firehose-Protocol-Version": "1.0",
      "X-Amz-Firehose-Request-Id": requestId,
      "X-Amz-Firehose-Source-Arn": "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
      "X-Amz-Firehose-Access-Key": "s3cr3t",
    });
  });

  test("carries its records in Base64", () => {
    const { json, recordCount } = firehoseRequest(targetWith(), NO_KEY, [Buffer.from("one"), Buffer.from([0])], NOW);
    expect(recordCount).toBe(2);
    expect(JSON.parse(json)).toMatchObject({ records: [{ data: "b25l" }, { data: "AA==" }] });
  });

  test("is compressed where the stream compresses", () => {
    const { json, body, headers } = firehoseRequest(targetWith({ contentEncoding: "GZIP" }), NO_KEY, [], NOW);
    expect(gunzipSync(body).toString()).toBe(json);
    expect(headers).toMatchObject({ "Content-Encoding": "gzip", "Content-Length": String(body.length) });
  });

  test("has no access key where the stream sends none", () => {
    const { headers } = firehoseRequest(targetWith(), NO_KEY, [], NOW);
    expect(Object.keys(headers)).not.toContain("X-Amz-Firehose-Access-Key");
  });

  test("has the common attributes in ASCII, and no header where there are none", () => {
    const commonAttributes = { environment: "prüf\u{1f600}" };
    expect(firehoseRequest(targetWith({ commonAttributes }), NO_KEY, [], NOW).headers).toMatchObject({
      "X-Amz-Firehose-Common-Attributes": '{"commonAttributes":{"environment":"pr\\u00fcf\\ud83d\\ude00"}}',
    });
    expect(Object.keys(firehoseRequest(targetWith(), NO_KEY, [], NOW).headers)).not.toContain(
      "X-Amz-Firehose-Common-Attributes",
    );
  });

  test("names the port of the host where it is not 443", () => {
    const url = new URL("https://kfuse.example.com:8443/logs");
    expect(firehoseRequest(targetWith({ url }), NO_KEY, [], NOW).headers["Host"]).toBe("kfuse.example.com:8443");
  });

  test("has an id of its own", () => {
    const ids = [1, 2].map(() => firehoseRequest(targetWith(), NO_KEY, [], NOW).requestId);
    expect(new Set(ids).size).toBe(2);
  });
});

test.each([
  ["https://kfuse.example.com", "/"],
  ["https://kfuse.example.com/a%20b?c=d&e", "/a%20b?c=d&e"],
  ["https://kfuse.example.com/a#fragment", "/a"],
])("the path of %s is %s", (url, path) => {
  expect(pathOf(new URL(url))).toBe(path);
});
