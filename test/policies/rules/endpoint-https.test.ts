import { endpointHttps } from "../../../policies/rules/endpoint-https";
import { AFTER } from "../../helpers/iam-plan";
import { checkGood, goodStream, HTTP, STREAM } from "../../helpers/rule-plan";

const PATH = `${HTTP}.url`;
const REMEDY = "Use https://<host><path>, without port or placeholder.";
const checked = (url: string, more: object = {}): string[] =>
  checkGood(endpointHttps, { stream: goodStream({ http: { url } }, more) });

describe("KFF-END-001", () => {
  test.each([
    "http://kfuse.example.com/ingester/kinesis/logs",
    "https://kfuse.example.com:8443/ingester/kinesis/logs",
    "https://<host>/ingester/kinesis/logs",
    "https:///ingester/kinesis/logs",
  ])("finds %s", (url) => {
    expect(checked(url)).toEqual([`finding ${STREAM}: ${PATH} is "${url}" | ${REMEDY}`]);
  });

  test("shows no user info and no query", () => {
    expect(checked("https://user:pw@kfuse.example.com/ingester/kinesis/logs?key=s3cr3t x")).toEqual([
      `finding ${STREAM}: ${PATH} is "https://(user info)@kfuse.example.com/ingester/kinesis/logs?(removed) x" | ${REMEDY}`,
    ]);
  });

  test.each(["https://Kfuse.Example.COM/ingester/kinesis/logs", "https://34.120.10.20/ingester/kinesis/logs"])(
    "accepts %s",
    (url) => {
      expect(checked(url)).toEqual([]);
    },
  );

  test("leaves the length to KFF-DEL-007", () => {
    expect(checked(`https://kfuse.example.com/ingester/kinesis/logs/${"x".repeat(1000)}`)).toEqual([]);
  });

  test("says that the URL is not known, and quotes none that is sensitive", () => {
    expect(checked("https://kfuse.example.com/", { unknown: [PATH] })).toEqual([
      `unknown ${STREAM}: ${PATH} is not known before the apply | ${AFTER}`,
    ]);
    expect(checked("http://kfuse.example.com/ingester/kinesis/logs", { sensitive: [PATH] })).toEqual([
      `finding ${STREAM}: ${PATH} is (sensitive value) | ${REMEDY}`,
    ]);
  });
});
