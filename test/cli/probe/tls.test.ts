import { createServer, type Server, type Socket } from "node:net";
import { InterruptedError } from "../../../cli/aws/call";
import { handshake } from "../../../cli/probe/tls";
import { type CertificateKind, type EndpointOptions, startFirehoseEndpoint } from "../../e2e/helpers/firehose-endpoint";

const signal = new AbortController().signal;

interface HandshakeResult {
  readonly result: Awaited<ReturnType<typeof handshake>>;
  readonly serverNames: readonly string[];
}

async function connectTo(options: EndpointOptions, hostname = "localhost", isTrusted = true): Promise<HandshakeResult> {
  const endpoint = await startFirehoseEndpoint(options);
  try {
    const authorities = isTrusted ? endpoint.authority : undefined;
    const result = await handshake({ hostname, port: endpoint.port }, "127.0.0.1", {
      authorities,
      abortSignal: signal,
    });
    return { result, serverNames: endpoint.serverNames };
  } finally {
    await endpoint.stop();
  }
}

/** A server that does not speak TLS. */
async function plainServer(
  respond: (socket: Socket) => void,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    respond(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, port: typeof address === "object" ? (address?.port ?? 0) : 0 };
}

describe("a handshake", () => {
  test("shows protocol, certificate and authority", async () => {
    const { result } = await connectTo({});
    expect(result).toMatchObject({ protocol: "TLSv1.3", chainError: undefined });
    expect("certificate" in result && [result.certificate.subject, result.root.subject]).toEqual([
      "CN=localhost",
      "CN=Test Root",
    ]);
  });

  test("has the newest protocol of the endpoint", async () => {
    expect((await connectTo({ maxVersion: "TLSv1.2" })).result).toMatchObject({ protocol: "TLSv1.2" });
  });

  test.each<[CertificateKind, string]>([
    ["expired", "CERT_HAS_EXPIRED"],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["without intermediate", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ])("takes place with a certificate that is %s, and names the fault", async (certificate, chainError) => {
    expect((await connectTo({ certificate })).result).toMatchObject({ protocol: "TLSv1.3", chainError });
  });

  test("takes place with an authority that is not known, and names the fault", async () => {
    expect((await connectTo({}, "localhost", false)).result).toMatchObject({
      chainError: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    });
  });

  test("takes place with a certificate for another name, which is checked apart", async () => {
    expect((await connectTo({ certificate: "for another name" })).result).toMatchObject({ chainError: undefined });
  });

  test("asks for the host by its name", async () => {
    expect((await connectTo({}, "ingester.example.com")).serverNames).toEqual(["ingester.example.com"]);
  });

  test("asks for no name where the host is an address", async () => {
    expect((await connectTo({}, "127.0.0.1")).serverNames).toEqual([]);
  });
});

describe("no handshake", () => {
  test("takes place with an old protocol, which is named", async () => {
    const { result } = await connectTo({ maxVersion: "TLSv1.1" });
    expect(result).toMatchObject({ oldProtocol: "TLSv1.1" });
    expect("failure" in result && result.failure).toMatch(/protocol/i);
  });

  test.each([
    [
      "closes the connection",
      (socket: Socket): void => {
        socket.destroy();
      },
      /closed|ECONNRESET|disconnected/,
    ],
    [
      "speaks no TLS",
      (socket: Socket): void => {
        socket.end("220 mail.example.com ESMTP\r\n");
      },
      /wrong version number|packet length/i,
    ],
  ])("takes place with an endpoint that %s", async (_, respond, failure) => {
    const { server, port } = await plainServer(respond);
    const result = await handshake({ hostname: "localhost", port }, "127.0.0.1", {
      authorities: undefined,
      abortSignal: signal,
    });
    server.close();
    expect(result).toEqual({ failure: expect.stringMatching(failure) as string, oldProtocol: undefined });
  });

  test("takes place once the command is interrupted", async () => {
    const abort = new AbortController();
    const { server, port } = await plainServer(() => {
      abort.abort();
    });
    await expect(
      handshake({ hostname: "localhost", port }, "127.0.0.1", { authorities: undefined, abortSignal: abort.signal }),
    ).rejects.toThrow(InterruptedError);
    await new Promise((resolve) => server.close(resolve));
  });
});
