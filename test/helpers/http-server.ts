import type { IncomingMessage, Server } from "node:http";

/** The whole body of a request, or of a response. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks = new Array<Buffer>();
  for await (const chunk of incoming) {
    if (Buffer.isBuffer(chunk)) {
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}

/** Stops a server, and closes the connections that are open. */
export async function stopServer(server: Pick<Server, "close" | "closeAllConnections">): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
