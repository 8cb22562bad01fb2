import { createServer, type IncomingMessage } from "node:http";
import { devNull } from "node:os";
import type { Respond } from "./aws-stub";
import { setEnvironment } from "./environment";
import { readBody, stopServer } from "./http-server";

/** A server on this machine that answers every AWS client of this process, whatever makes the client. */
export interface AwsServer {
  readonly close: () => Promise<void>;
}

/** Starts the server, and sets the environment of the AWS SDK to it and to nothing else; `close` restores it. */
export async function startAwsServer(
  respond: Respond,
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<AwsServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, respond).then(
      ({ status = 200, headers = {}, body = "" }) => outgoing.writeHead(status, { ...headers }).end(body),
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const restore = setEnvironment({
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: undefined,
    AWS_PROFILE: undefined,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_SESSION_TOKEN: undefined,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    ...variables,
  });
  return {
    close: async () => {
      restore();
      await stopServer(server);
    },
  };
}

async function answer(incoming: IncomingMessage, respond: Respond): ReturnType<AsyncRespond> {
  const body = await readBody(incoming);
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://localhost");
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return await respond({
    method: incoming.method ?? "",
    path: decodeURIComponent(pathname),
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(headers),
    body,
  });
}

type AsyncRespond = (...request: Parameters<Respond>) => Promise<Awaited<ReturnType<Respond>>>;
