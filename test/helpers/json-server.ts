import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonApi } from "../../scripts/hcp-terraform/request";
import { stopServer } from "./http-server";

/** A request that a JSON server received. */
export interface ReceivedRequest {
  readonly request: string;
  readonly content?: unknown;
}

export interface JsonResponse {
  readonly status: number;
  readonly content?: unknown;
}

export interface JsonServer {
  readonly api: JsonApi;
  readonly received: readonly ReceivedRequest[];
  readonly close: () => Promise<void>;
}

const TOKEN = "token-of-the-test";

/** Starts a server on this machine that answers by method and path; without the token it answers 401, else 404. */
export async function startJsonServer(
  responses: Readonly<Record<string, JsonResponse>>,
  mediaType: string,
): Promise<JsonServer> {
  const received: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    let body = "";
    message.on("data", (chunk: Buffer) => (body += chunk.toString()));
    message.on("end", () => {
      const request = `${message.method ?? ""} ${decodeURIComponent(message.url ?? "")}`;
      const content: unknown = body === "" ? undefined : JSON.parse(body);
      received.push({ request, ...(content === undefined ? {} : { content }) });
      const known = message.headers.authorization === `Bearer ${TOKEN}` ? { status: 404 } : { status: 401 };
      const answer = known.status === 401 ? known : (responses[request] ?? known);
      response.writeHead(answer.status, { "Content-Type": mediaType });
      response.end("content" in answer ? JSON.stringify(answer.content) : "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    api: { baseUrl: `http://127.0.0.1:${port}`, token: TOKEN, mediaType },
    received,
    close: () => stopServer(server),
  };
}
