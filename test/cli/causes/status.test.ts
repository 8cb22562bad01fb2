import { statusInMessage } from "../../../cli/causes/status";

const UNSUCCESSFUL =
  "Delivery to the endpoint was unsuccessful. See Troubleshooting HTTP Endpoints in the Firehose documentation for more information. ";

describe("the status of the endpoint's answer", () => {
  test.each([
    [`${UNSUCCESSFUL}Response received with status code. 413: {"errorMessage":"body exceeds limit"}`, 413],
    [`${UNSUCCESSFUL}Response received with status code 503: busy`, 503],
    [`${UNSUCCESSFUL}Response received with status code: 401`, 401],
    ['The following response was received from the endpoint destination. 413: {"requestId": "1"}', 413],
    ["Received the following response from the endpoint destination. 500", 500],
    ['The response received is invalid. Raw response received: 200 {"requestId": null}', 200],
    ["HTTP 401 Unauthorized", 401],
    ["HTTP/1.1 503 Service Unavailable", 503],
    ["403 Forbidden", 403],
    ["403", 403],
    ["The endpoint answered with HTTP status 429.", 429],
    ["100: Continue", 100],
    ["599: whatever", 599],
  ])("is read from %j", (message, status) => {
    expect(statusInMessage(message)).toBe(status);
  });

  test.each([
    // The endpoint's own text, behind AWS's words or without them.
    'Received the following response from the endpoint destination. {"status": 401, "errorMessage": "HTTP 403"}',
    "The following response was received from the endpoint destination. upstream said 413: Payload too large",
    '{"errorMessage": "status code 401"}',
    '"status code 401"',
    "<html>HTTP 502</html>",
    "failed\nHTTP 503",
    // Numbers that are no status.
    "099: too small",
    "600: too large",
    "5030: too long",
    "413 records failed",
    "The request timed out after 180 seconds.",
    "",
  ])("is not made up from %j", (message) => {
    expect(statusInMessage(message)).toBeUndefined();
  });

  test("is AWS's, not one that the endpoint's text names in the same words", () => {
    const text = "from the endpoint destination. 401: response received with status code. 413";
    expect(statusInMessage(`The following response was received ${text}`)).toBe(401);
  });
});
