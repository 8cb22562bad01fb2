import type { Outcome } from "../../../cli/checks/check";
import { checkResponse } from "../../../cli/probe/response";
import type { EndpointResponse } from "../../../cli/probe/http";
import type { FirehoseRequest } from "../../../cli/probe/request";

const ID = "43b8e724-dbac-4510-adb7-ef211c6044b9";
const NOW = 1_700_000_000_000;
const DAY_MS = 86_400_000;
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

/** An answer with a JSON body, but for some fields. */
function answer(content: unknown, fields: Partial<EndpointResponse> = {}): EndpointResponse {
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

describe("an answer as AWS specifies it", () => {
  test("keeps every rule", () => {
    expect(check(answer(GOOD))).toEqual([
      "ok answer status: 200",
      "ok answer content type: application/json",
      "ok answer content encoding: none",
      "ok answer content length: 78",
      "ok answer size: 178 bytes",
      "ok answer request id: the same as the request's",
      "ok answer timestamp: a number of milliseconds",
      "ok answer time: 0.12 s",
    ]);
  });

  test.each(["application/json; charset=utf-8", "Application/JSON", "application/json "])("has the type %j", (type) => {
    expect(faults(answer(GOOD, { headers: { "content-type": type, "content-length": "1" } }))).toEqual([]);
  });

  test.each([undefined, null, ""])("may have the error message %j", (errorMessage) => {
    expect(faults(answer({ ...GOOD, errorMessage }))).toEqual([]);
  });

  test.each([
    [NOW - DAY_MS + 1, []],
    [NOW + DAY_MS - 1, []],
    [NOW - DAY_MS, [`note answer timestamp: timestamp is ${NOW - DAY_MS}: more than a day off.`]],
    [NOW + DAY_MS, [`note answer timestamp: timestamp is ${NOW + DAY_MS}: more than a day off.`]],
  ])("has the timestamp %d of about now", (timestamp, expected) => {
    expect(faults(answer({ ...GOOD, timestamp }))).toEqual(expected);
  });

  test.each([
    [30_000, []],
    [30_001, ["note answer time: 30.00 s; Firehose gives up after 180 s."]],
  ])("comes within %d ms", (milliseconds, expected) => {
    expect(faults(answer(GOOD, { milliseconds }))).toEqual(expected);
  });

  test.each([
    [1024 * 1024 - 1, []],
    [1024 * 1024, ["problem answer size: The answer has 1 MiB or more; headers and body together must have less."]],
  ])("has %d bytes", (bytes, expected) => {
    expect(faults(answer(GOOD, { bytes }))).toEqual(expected);
  });
});

describe("an answer that breaks a rule", () => {
  test.each([
    [undefined, "There is none; it must be application/json."],
    ["text/html", 'It is "text/html"; it must be application/json.'],
    ["application/json-seq", 'It is "application/json-seq"; it must be application/json.'],
  ])("has the content type %j", (type, found) => {
    expect(faults(answer(GOOD, { headers: { "content-type": type, "content-length": "1" } }))).toEqual([
      `problem answer content type: ${found}`,
    ]);
  });

  test("is compressed, and its body is not read", () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip", "content-length": "1" };
    expect(faults(answer("\u001f\u008b", { headers }))).toEqual([
      'problem answer content encoding: It is "gzip"; there must be none.',
    ]);
  });

  test("has a body and no length", () => {
    expect(faults(answer(GOOD, { headers: { "content-type": "application/json" } }))).toEqual([
      "problem answer content length: There is none; an answer with a body must have it.",
    ]);
  });

  test("is empty; then it needs no length", () => {
    expect(faults(answer("", { headers: { "content-type": "application/json" } }))).toEqual([
      "problem answer body: It is empty; it must be JSON with requestId and timestamp.",
    ]);
  });

  test.each(["OK", "[]", '"text"', "null", "7"])("is no JSON object but %j", (body) => {
    const [fault] = faults(answer(body));
    expect(fault).toMatch(/^problem answer body: It must be a JSON object, and begins "/);
  });

  test("shows its beginning without the access key", () => {
    expect(faults(answer(`<b>${KEY}</b>`))).toEqual([
      'problem answer body: It must be a JSON object, and begins "<b>***</b>".',
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
    expect(faults(answer({ ...GOOD, requestId }))).toEqual([
      `problem answer request id: requestId is ${found}; the request's is "${ID}".`,
    ]);
  });

  test.each([
    [undefined, "missing"],
    [null, "null"],
    ["1700000000000", '"1700000000000"'],
    [[NOW], "a list"],
  ])("has the timestamp %j", (timestamp, found) => {
    expect(faults(answer({ ...GOOD, timestamp }))).toEqual([
      `problem answer timestamp: timestamp is ${found}; it must be a number of milliseconds.`,
    ]);
  });

  test.each([7, {}, "x".repeat(8193)])("has an error message that is none", (errorMessage) => {
    expect(faults(answer({ ...GOOD, errorMessage }))).toEqual([
      "problem answer error message: errorMessage must be a text of at most 8192 characters.",
    ]);
  });

  test("says with each fault what to do", () => {
    const [outcome] = checkResponse(answer("OK"), request(), NOW).filter(({ verdict }) => verdict === "problem");
    expect(outcome?.remedy).toBe(
      "Let the ingester itself answer: a login page, or a proxy's own page in front of it, answers like this. Firehose counts it as a failed delivery.",
    );
  });
});

test("an error message beside 200 is noted, without the access key", () => {
  expect(faults(answer({ ...GOOD, errorMessage: `dropped ${KEY}` }))).toEqual([
    'note answer error message: The endpoint answers 200, and says "dropped ***".',
  ]);
});

test("an error message of 8192 characters is allowed", () => {
  expect(faults(answer({ ...GOOD, errorMessage: "x".repeat(8192) }))[0]).toMatch(/^note answer error message/);
});

describe("another status than 200", () => {
  test("is a problem, and no other rule counts", () => {
    expect(check(answer("<h1>", { status: 503, headers: {} }))).toEqual([
      expect.stringMatching(
        /^problem answer status: The endpoint answers 503: .* The endpoint says "<h1>"\.$/,
      ) as string,
      "ok answer time: 0.12 s",
    ]);
  });

  test.each([401, 403])("%d is unknown where the request had no key that is known", (status) => {
    const own = request({ isKeyKnown: false, accessKey: undefined });
    expect(faults(answer("", { status }), own)).toEqual([
      `unknown answer status: The endpoint answers ${status} to a request without access key.`,
    ]);
  });

  test.each([401, 403])("%d is a problem where the key is the stream's own", (status) => {
    expect(faults(answer("", { status }))[0]).toMatch(`problem answer status: The endpoint answers ${status}: `);
  });

  test("201 is a problem too", () => {
    expect(faults(answer(GOOD, { status: 201 }))[0]).toMatch("problem answer status: The endpoint answers 201: ");
  });

  test.each([400, 422])("%d is unknown where the request carried no record", (status) => {
    const [outcome] = checkResponse(answer("", { status }), request({ recordCount: 0 }), NOW);
    expect(outcome?.verdict).toBe("unknown");
    expect(outcome?.found).toMatch(/ The request carried no record, which Firehose's own never do\.$/);
    expect(outcome?.remedy).toMatch(/^Run the command with --send\. If the answer stays the same: [A-Z]/);
  });

  test.each([400, 422])("%d is a problem with a record", (status) => {
    expect(checkResponse(answer("", { status }), request(), NOW)[0]?.verdict).toBe("problem");
  });

  test.each([404, 413, 429, 500])("%d is a problem without a record too", (status) => {
    expect(checkResponse(answer("", { status }), request({ recordCount: 0 }), NOW)[0]?.verdict).toBe("problem");
  });
});
