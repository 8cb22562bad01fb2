import { MINUTE_MS } from "../../../cli/time";
import { errorLogOutcomes, missingLogOutcome } from "../../../cli/verify/error-log";
import { outcomeLine } from "../../helpers/outcomes";

const ARN = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";

describe("the error log", () => {
  const NOW = new Date("2026-11-23T12:00:00Z");
  const entry = (minutesAgo: number, errorCode: string, deliveryStreamARN = ARN) => ({
    time: NOW.getTime() - minutesAgo * MINUTE_MS,
    text: JSON.stringify({ deliveryStreamARN, errorCode, message: "it failed" }),
  });
  const lines = (...events: Parameters<typeof errorLogOutcomes>[0]): string[] =>
    errorLogOutcomes(events, ARN, NOW).map(outcomeLine);

  test("without entries is well", () => {
    expect(lines()).toEqual(["ok error log: no error in the last 24 hours"]);
  });

  test("has one line for each group, with count, newest time and AWS's own words", () => {
    expect(
      lines(
        entry(5, "HttpEndpoint.ConnectionFailed"),
        entry(3, "HttpEndpoint.ConnectionFailed"),
        entry(1, "S3.AccessDenied"),
      ),
    ).toEqual([
      "problem error log: backup-denied: The backup bucket denies access; 1 entry, the last at 2026-11-23 11:59:00Z: S3.AccessDenied: it failed",
      "problem error log: unreachable: The endpoint cannot be reached; 2 entries, the last at 2026-11-23 11:57:00Z: HttpEndpoint.ConnectionFailed: it failed",
    ]);
  });

  test("is a problem for an hour, and history then", () => {
    expect(lines(entry(60, "S3.AccessDenied"))[0]).toMatch(/^problem /);
    expect(lines(entry(61, "S3.AccessDenied"))[0]).toMatch(/^note /);
  });

  test("leaves out the errors of another stream", () => {
    expect(lines(entry(1, "S3.AccessDenied", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/other"))).toEqual([
      "ok error log: no error in the last 24 hours",
    ]);
  });

  test("shows an entry that is not Firehose's own JSON as it is", () => {
    expect(lines({ time: NOW.getTime(), text: "Connection refused\u001b[31m" })).toEqual([
      "problem error log: unreachable: The endpoint cannot be reached; 1 entry, the last at 2026-11-23 12:00:00Z: Connection refused [31m",
    ]);
  });

  test("keeps apart what differs: the 401 beside four others, and a 500 beside a 503", () => {
    const entries = [403, 503, 500, 413, 429, 401, 503].map((status, minutesAgo) => ({
      time: NOW.getTime() - minutesAgo * MINUTE_MS,
      text: JSON.stringify({
        deliveryStreamARN: ARN,
        errorCode: "HttpEndpoint.DestinationException",
        message: `Delivery to the endpoint was unsuccessful. Response received with status code. ${status}: Unauthorized`,
      }),
    }));
    expect(lines(...entries).map((line) => line.split(", the last")[0])).toEqual([
      "problem error log: not-allowed: 403: the access key is not allowed; 1 entry",
      "problem error log: endpoint-failing: 5xx: the endpoint fails (status 503); 2 entries",
      "problem error log: endpoint-failing: 5xx: the endpoint fails (status 500); 1 entry",
      "problem error log: too-large: 413: the request is too large; 1 entry",
      "problem error log: too-many-requests: 429: too many requests; 1 entry",
      "problem error log: not-authenticated: 401: the access key is missing or wrong; 1 entry",
    ]);
  });
});

describe("an error log that does not exist", () => {
  test("is a problem that names group and stream, because Firehose creates neither", () => {
    expect(missingLogOutcome("group", "stream")).toEqual({
      name: "error log",
      verdict: "problem",
      found: "there is no log stream stream in a log group group",
      remedy: "Create both under these names: Firehose does not, so its errors are lost.",
    });
  });
});
