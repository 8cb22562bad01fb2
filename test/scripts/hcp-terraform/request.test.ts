import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpError, type JsonApi, requestJson } from "../../../scripts/hcp-terraform/request";
import { stopServer } from "../../helpers/http-server";

const MEDIA_TYPE = "application/vnd.api+json";
const TOKEN = "token-of-the-test";

interface RecordedRequest {
  readonly request: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe("a request to an API", () => {
  let server: Server;
  let api: JsonApi;
  let answer: readonly [status: number, body: string];
  let received: RecordedRequest[];

  beforeEach(async () => {
    received = [];
    answer = [200, '{"data":[1]}'];
    server = createServer((message, response) => {
      let body = "";
      message.on("data", (chunk: Buffer) => (body += chunk.toString()));
      message.on("end", () => {
        received.push({ request: `${message.method ?? ""} ${message.url ?? ""}`, headers: message.headers, body });
        response.writeHead(answer[0]);
        response.end(answer[1]);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    api = {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
      token: TOKEN,
      mediaType: MEDIA_TYPE,
    };
  });

  afterEach(async () => {
    await stopServer(server);
  });

  test("has method, path, media type and token, and returns the JSON of the response", async () => {
    expect(await requestJson(api, "GET", "/runs?page=1")).toEqual({ data: [1] });
    expect(received).toMatchObject([
      {
        request: "GET /api/v2/runs?page=1",
        headers: { accept: MEDIA_TYPE, "content-type": MEDIA_TYPE, authorization: `Bearer ${TOKEN}` },
        body: "",
      },
    ]);
  });

  test.each(["PATCH", "POST"] as const)("has its content as JSON, with %s", async (method) => {
    await requestJson(api, method, "/runs", { comment: 'a "b"\nc' });
    expect(received.map(({ request, body }) => [request, body])).toEqual([
      [`${method} /api/v2/runs`, '{"comment":"a \\"b\\"\\nc"}'],
    ]);
  });

  test("has no content where none is given, which is not null", async () => {
    await requestJson(api, "POST", "/runs");
    await requestJson(api, "POST", "/runs", null);
    expect(received.map(({ body }) => body)).toEqual(["", "null"]);
  });

  test("returns nothing of an empty response", async () => {
    answer = [202, ""];
    expect(await requestJson(api, "POST", "/runs")).toBeUndefined();
  });

  test.each([200, 201, 299])("succeeds with the status %i", async (status) => {
    answer = [status, "{}"];
    expect(await requestJson(api, "GET", "/runs")).toEqual({});
  });

  test.each([300, 400, 404, 409, 500])(
    "fails with the status %i, the method and the path, and no token",
    async (status) => {
      answer = [status, `{"errors":["${TOKEN}"]}`];
      const error: unknown = await requestJson(api, "POST", "/runs/run-1").catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(HttpError);
      expect(error).toMatchObject({ status, message: `POST /runs/run-1 answered with HTTP status ${status}.` });
    },
  );

  test("fails with a response that is not JSON", async () => {
    answer = [200, "<html>"];
    await expect(requestJson(api, "GET", "/runs")).rejects.toThrow(SyntaxError);
  });
});
