import type { Outcome } from "../../../cli/checks/check";
import { checkResponse } from "../../../cli/probe/response";
import type { EndpointResponse } from "../../../cli/probe/http";
import type { FirehoseRequest } from "../../../cli/probe/request";
import { DAY_MS } from "../../../cli/time";

const ID = "43b8e724-dbac-4510-adb7-ef211c6044b9";
const NOW = 1_700_000_000_000;
const KEY = "s3cr3t";

const request = (fields: Partial<FirehoseRequest> = {}): FirehoseRequest => ({
  requestId: ID,
  json: "{}",
  recordCount: 1,
  isKeyKnown: true,
  accessKey: KEY,
  path: "/",
  headers: {},
  body: Buffer.from(""),
  ...fields,
});

/** A response with a JSON body, but for some fields. */
function response(content: unknown, fields: Partial<EndpointResponse> = {}): EndpointResponse {
  const body = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  return {
    status: 200,
    headers: { "content-type": "application/json", "content-length": String(body.length) },
    body,
    bytes: body.length + 100,
    milliseconds: 120,
    ...fields,
  };
}

const GOOD = { requestId: ID, timestamp: NOW };

const lines = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(({ name, verdict, found }) => `${verdict} ${name}: ${found}`);
const check = (own: EndpointResponse, of = request()): string[] => lines(checkResponse(own, of, NOW));
const faults = (own: EndpointResponse, of = request()): string[] =>
  check(own, of).filter((line) => !line.startsWith("ok "));

describe("a response as AWS specifies it", () => {
  test("keeps every rule", () => {
    expect(check(response(GOOD))).toEqual([
      "ok response status: 200",
      "ok response content type: application/json",
      "ok response content encoding: none",
      "ok response content length: 78",
      "ok response size: 178 bytes",
      "ok response request id: the same as the request's",
      "ok response timestamp: a number of milliseconds",
      "ok response time: 0.12 s",
    ]);
  });

  test.each(["application/json; charset=utf-8", "Application/JSON", "application/json "])("has the type %j", (type) => {
    expect(faults(response(GOOD, { headers: { "content-type": type, "content-length": "1" } }))).toEqual([]);
  });

  test.each([undefined, null, ""])("may have the error message %j", (errorMessage) => {
    expect(faults(response({ ...GOOD, errorMessage }))).toEqual([]);
  });

  test.each([
    [NOW - DAY_MS + 1, []],
    [NOW + DAY_MS - 1, []],
    [NOW - DAY_MS, [`note response timestamp: timestamp is ${NOW - DAY_MS}: more than a day off.`]],
    [NOW + DAY_MS, [`note response timestamp: timestamp is ${NOW + DAY_MS}: more than a day off.`]],
  ])("has the timestamp %d of about now", (timestamp, expected) => {
    expect(faults(response({ ...GOOD, timestamp }))).toEqual(expected);
  });

  test.each([
    [30_000, []],
    [30_001, ["note response time: 30.00 s; Firehose gives up after 180 s."]],
  ])("comes within %d ms", (milliseconds, expected) => {
    expect(faults(response(GOOD, { milliseconds }))).toEqual(expected);
  });

  test.each([
    [1024 * 1024 - 1, []],
    [1024 * 1024, ["problem response size: The response has 1 MiB or more; headers and body together must have less."]],
  ])("has %d bytes", (bytes, expected) => {
    expect(faults(response(GOOD, { bytes }))).toEqual(expected);
  });
});

describe("a response that breaks a rule", () => {
  test.each([
    [undefined, "There is none; it must be application/json."],
    ["text/html", 'It is "text/html"; it must be application/json.'],
    ["application/json-seq", 'It is "application/json-seq"; it must be application/json.'],
  ])("has the content type %j", (type, found) => {
    expect(faults(response(GOOD, { headers: { "content-type": type, "content-length": "1" } }))).toEqual([
      `problem response content type: ${found}`,
    ]);
  });

  test("is compressed, and its body is not read", () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip", "content-length": "1" };
    expect(faults(response("\u001f\u008b", { headers }))).toEqual([
      'problem response content encoding: It is "gzip"; there must be none.',
    ]);
  });

  test("has a body and no length", () => {
    expect(faults(response(GOOD, { headers: { "content-type": "application/json" } }))).toEqual([
      "problem response content length: There is none; a response with a body must have it.",
    ]);
  });

  test("is empty; then it needs no length", () => {
    expect(faults(response("", { headers: { "content-type": "application/json" } }))).toEqual([
      "problem response body: It is empty; it must be JSON with requestId and timestamp.",
    ]);
  });

  test.each(["OK", "[]", '"text"', "null", "7"])("is no JSON object but %j", (body) => {
    const [fault] = faults(response(body));
    expect(fault).toMatch(/^problem response body: It must be a JSON object, and begins "/);
  });

  test("shows its beginning without the access key", () => {
    expect(faults(response(`<b>${KEY}</b>`))).toEqual([
      'problem response body: It must be a JSON object, and begins "<b>***</b>".',
    ]);
  });

  test.each([
    [undefined, "missing"],
    [null, "null"],
    ["another", '"another"'],
    [7, "7"],
    [true, "true"],
    [["id"], "a list"],
    [{ id: ID }, "an object"],
  ])("has the request id %j", (requestId, found) => {
    expect(faults(response({ ...GOOD, requestId }))).toEqual([
      `problem response request id: requestId is ${found}; the request's is "${ID}".`,
    ]);
  });

  test.each([
    [undefined, "missing"],
    [null, "null"],
    ["1700000000000", '"1700000000000"'],
    [[NOW], "a list"],
  ])("has the timestamp %j", (timestamp, found) => {
    expect(faults(response({ ...GOOD, timestamp }))).toEqual([
      `problem response timestamp: timestamp is ${found}; it must be a number of milliseconds.`,
    ]);
  });

  test.each([7, {}, "x".repeat(8193)])("has an error message that is none", (errorMessage) => {
    expect(faults(response({ ...GOOD, errorMessage }))).toEqual([
      "problem response error message: errorMessage must be a text of at most 8192 characters.",
    ]);
  });

  test("says with each fault what to do", () => {
    const [outcome] = checkResponse(response("OK"), request(), NOW).filter(({ verdict }) => verdict === "problem");
    expect(outcome?.remedy).toBe(
      "Let the ingester itself answer: a login page, or a proxy's own page in front of it, answers like this. Firehose counts it as a failed delivery.",
    );
  });
});

test("an error message beside 200 is noted, without the access key", () => {
  expect(faults(response({ ...GOOD, errorMessage: `dropped ${KEY}` }))).toEqual([
    'note response error message: The endpoint answers 200, and says "dropped ***".',
  ]);
});

test("an error message of 8192 characters is allowed", () => {
  expect(faults(response({ ...GOOD, errorMessage: "x".repeat(8192) }))[0]).toMatch(/^note response error message/);
});

describe("another status than 200", () => {
  test("is a problem, and no other rule counts", () => {
    expect(check(response("<h1>", { status: 503, headers: {} }))).toEqual([
      expect.stringMatching(
        /^problem response status: The endpoint answers 503: .* The endpoint says "<h1>"\.$/,
      ) as string,
      "ok response time: 0.12 s",
    ]);
  });

  test.each([401, 403])("%d is unknown where the request had no key that is known", (status) => {
    const own = request({ isKeyKnown: false, accessKey: undefined });
    expect(faults(response("", { status }), own)).toEqual([
      `unknown response status: The endpoint answers ${status} to a request without access key.`,
    ]);
  });

  test.each([401, 403])("%d is a problem where the key is the stream's own", (status) => {
    expect(faults(response("", { status }))[0]).toMatch(`problem response status: The endpoint answers ${status}: `);
  });

  test("201 is a problem too", () => {
    expect(faults(response(GOOD, { status: 201 }))[0]).toMatch("problem response status: The endpoint answers 201: ");
  });

  test.each([400, 422])("%d is unknown where the request carried no record", (status) => {
    const [outcome] = checkResponse(response("", { status }), request({ recordCount: 0 }), NOW);
    expect(outcome?.verdict).toBe("unknown");
    expect(outcome?.found).toMatch(/ The request carried no record; Firehose's requests always do\.$/);
    expect(outcome?.remedy).toMatch(/^Run the command with --send\. If the response stays the same: [A-Z]/);
  });

  test.each([400, 422])("%d is a problem with a record", (status) => {
    expect(checkResponse(response("", { status }), request(), NOW)[0]?.verdict).toBe("problem");
  });

  test.each([404, 413, 429, 500])("%d is a problem without a record too", (status) => {
    expect(checkResponse(response("", { status }), request({ recordCount: 0 }), NOW)[0]?.verdict).toBe("problem");
  });
});
