import { OTHER_CAUSE } from "../../../cli/causes/causes";
import { causeOf } from "../../../cli/causes/diagnose";
import { type EndpointResponse, NoResponseError } from "../../../cli/probe/http";
import { checkNoResponse, describeStatus, parsedObject } from "../../../cli/probe/status";

const response = (status: number, body = "", headers: EndpointResponse["headers"] = {}): EndpointResponse => ({
  status,
  headers,
  body: Buffer.from(body),
  bytes: body.length,
  milliseconds: 1,
});

describe("a status other than 200", () => {
  let meaning = "";

  beforeAll(() => {
    ({ meaning } = causeOf("too-large"));
  });

  test("has the cause that it has in Firehose's error log, and its number once", () => {
    expect(describeStatus(response(413), [])).toEqual({
      cause: causeOf("too-large"),
      found: `The endpoint answers 413: the request is too large. ${meaning}`,
    });
  });

  test("that is not known has the other cause", () => {
    expect(describeStatus(response(600), []).cause).toBe(OTHER_CAUSE);
  });

  test.each([
    ['{"errorMessage":"too big, s3cr3t"}', ' The endpoint says "too big, ***".'],
    ['{"error":"too big"}', ' The endpoint says "{"error":"too big"}".'],
    ["<h1>Too big</h1>", ' The endpoint says "<h1>Too big</h1>".'],
    [" \n", ""],
    ['{"errorMessage":""}', ""],
  ])("is followed by what the endpoint says, without the access key: %j", (body, says) => {
    expect(describeStatus(response(413, body), ["s3cr3t"]).found).toBe(
      `The endpoint answers 413: the request is too large. ${meaning}${says}`,
    );
  });

  test("is followed by where it leads to", () => {
    const { found } = describeStatus(response(302, "", { location: "https://login.example.com/?key=s3cr3t" }), [
      "s3cr3t",
    ]);
    expect(found).toMatch(/ It redirects to "https:\/\/login\.example\.com\/\?key=\*\*\*"\.$/);
  });
});

describe("no response", () => {
  test("has the cause that it has in Firehose's error log", () => {
    const { title, meaning, fix } = causeOf("unreachable");
    const error = new NoResponseError("HttpEndpoint.ConnectionFailed", "no connection (ECONNREFUSED)");
    expect(checkNoResponse("response", error, 5000)).toEqual({
      name: "response",
      verdict: "problem",
      found: `${title}: no connection (ECONNREFUSED). ${meaning}`,
      remedy: fix,
    });
  });

  test.each([
    [179, " Run the command with --timeout 180 to see whether a response comes at all."],
    [180, ""],
  ])("within %d s says how long Firehose waits", (seconds, advice) => {
    const error = new NoResponseError("HttpEndpoint.RequestTimeout", "no response");
    expect(checkNoResponse("response", error, seconds * 1000)).toEqual({
      name: "response",
      verdict: "problem",
      found: `No response within ${seconds} s; Firehose waits 180 s.`,
      remedy: `${causeOf("endpoint-slow").fix}${advice}`,
    });
  });
});

describe("a body", () => {
  test("is a JSON object", () => {
    expect(parsedObject(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
  });

  test.each(["", "[]", "null", '"text"', "{", "7"])("is none: %j", (body) => {
    expect(parsedObject(Buffer.from(body))).toBeUndefined();
  });
});
