import type { EndpointResponse } from "../../../cli/probe/http";
import { checkReachability } from "../../../cli/probe/reachability";

const response = (status: number): EndpointResponse => ({
  status,
  headers: {},
  body: Buffer.from(""),
  bytes: 0,
  milliseconds: 1,
});

describe("the response to the guide's test", () => {
  test.each([200, 204, 299, 400, 402, 406, 408, 409, 413, 415, 422, 429, 499])(
    "with %i proves that the endpoint is reachable, and no more",
    (status) => {
      expect(checkReachability(response(status))).toEqual({
        name: "reachability test",
        verdict: "ok",
        found: `answered ${status}: reachable; the test proves nothing more`,
        remedy: "",
      });
    },
  );

  test.each([401, 403])("with %i proves the same, and is noted: the test carries no access key", (status) => {
    expect(checkReachability(response(status))).toEqual({
      name: "reachability test",
      verdict: "note",
      found: `The endpoint answers ${status} to the guide's test, which carries no access key: reachable; the test proves nothing more.`,
      remedy: "No action needed if the request with the access key succeeds.",
    });
  });

  test.each([300, 302, 399, 404, 405, 500, 503, 599])("with %i is a problem", (status) => {
    expect(checkReachability(response(status)).verdict).toBe("problem");
  });
});
