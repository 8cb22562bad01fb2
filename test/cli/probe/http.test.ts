import {
  type EndpointResponse,
  type Connection,
  type HttpRequest,
  NoResponseError,
  post,
} from "../../../cli/probe/http";
import { InterruptedError } from "../../../cli/aws/call";
import type { ProbeContext } from "../../../cli/probe/options";
import {
  type Behaviour,
  type EndpointOptions,
  type FirehoseEndpoint,
  REDIRECT_TARGET,
  startFirehoseEndpoint,
} from "../../e2e/helpers/firehose-endpoint";
import { probeContext } from "../../helpers/probe";

const KEY = "s3cr3t";
const LIMIT = 1024 * 1024;

let endpoint: FirehoseEndpoint;

beforeAll(async () => {
  endpoint = await startFirehoseEndpoint();
});

beforeEach(() => {
  endpoint.reset();
});

afterAll(async () => {
  await endpoint.stop();
});

const connectionTo = ({ port, authority }: FirehoseEndpoint, fields: Partial<Connection> = {}): Connection => ({
  hostname: "localhost",
  port,
  address: "127.0.0.1",
  isTrusted: true,
  authorities: authority,
  ...fields,
});

const request = (fields: Partial<HttpRequest> = {}): HttpRequest => {
  const body = Buffer.from("{}");
  return {
    path: "/logs?a=b",
    headers: { Host: "kfuse.example.com", "Content-Length": "2" },
    body,
    accessKey: undefined,
    ...fields,
  };
};

async function posted(behaviour: Behaviour, context: Partial<ProbeContext> = {}): Promise<EndpointResponse> {
  endpoint.behave(behaviour);
  return await post(connectionTo(endpoint), request(), probeContext(context));
}

/** The error of a request to an endpoint of its own. */
async function errorOf(options: EndpointOptions, of: HttpRequest, fields: Partial<Connection> = {}): Promise<unknown> {
  const own = await startFirehoseEndpoint(options);
  try {
    return await post(connectionTo(own, fields), of, probeContext());
  } catch (error) {
    return error;
  } finally {
    await own.stop();
  }
}

describe("a request", () => {
  test("is posted with its path, headers and body", async () => {
    await post(connectionTo(endpoint), request({ body: Buffer.from("ab") }), probeContext());
    expect(endpoint.received).toMatchObject([
      { method: "POST", path: "/logs?a=b", headers: { host: "kfuse.example.com", "content-length": "2" }, body: "ab" },
    ]);
    expect(endpoint.serverNames).toEqual(["localhost"]);
  });

  test("asks for no server name where the host is an address", async () => {
    await post(connectionTo(endpoint, { hostname: "127.0.0.1" }), request(), probeContext());
    expect(endpoint.serverNames).toEqual([]);
  });

  test.each(["expired", "self-signed", "for another name"] as const)(
    "without an access key is sent over a connection whose certificate is %s",
    async (certificate) => {
      expect(await errorOf({ certificate }, request())).not.toBeInstanceOf(Error);
    },
  );

  test.each([
    ["expired", "CERT_HAS_EXPIRED"],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["for another name", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["without intermediate", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ] as const)("with an access key is not sent where the certificate is %s", async (certificate, code) => {
    const own = await startFirehoseEndpoint({ certificate });
    await expect(post(connectionTo(own), request({ accessKey: KEY }), probeContext())).rejects.toEqual(
      new NoResponseError("HttpEndpoint.SSLHandshakeFailure", `the connection is not verified (${code})`),
    );
    expect(own.received).toEqual([]);
    await own.stop();
  });
});

describe("a response", () => {
  test("has status, headers, body and size", async () => {
    const { status, headers, body, bytes, milliseconds } = await posted({ status: 413 });
    expect({ status, type: headers["content-type"], length: headers["content-length"] }).toEqual({
      status: 413,
      type: "application/json",
      length: String(body.length),
    });
    expect(body.toString()).toContain("refused with 413");
    expect(bytes).toBeGreaterThan(body.length);
    expect(milliseconds).toBeGreaterThan(0);
  });

  test("that leads elsewhere is not followed", async () => {
    const { status, headers } = await posted("redirect");
    expect({ status, location: headers.location }).toEqual({ status: 302, location: REDIRECT_TARGET });
    expect(endpoint.received).toHaveLength(1);
  });

  test("is read to one byte more than it may have", async () => {
    expect((await posted("endless")).body).toHaveLength(LIMIT + 1);
  });
});

describe("no response", () => {
  test.each<[Behaviour, string, string]>([
    ["closed", "HttpEndpoint.ConnectionReset", "the connection was closed before the end of the response"],
    ["not HTTP", "HttpEndpoint.InvalidResponseFromDestination", "the response is not HTTP (HPE_INVALID_CONSTANT)"],
  ])("comes from an endpoint that is %s", async (behaviour, code, message) => {
    await expect(posted(behaviour)).rejects.toEqual(new NoResponseError(code, message));
    await expect(posted(behaviour)).rejects.toMatchObject({ errorCode: code });
  });

  test("comes in time from a slow endpoint", async () => {
    await expect(posted("slow", { timeoutMs: 50 })).rejects.toMatchObject({
      errorCode: "HttpEndpoint.RequestTimeout",
      message: "no response within 0.05 s",
    });
  });

  test("comes from an address where nothing listens", async () => {
    const connection = connectionTo(endpoint, { address: "127.0.0.2" });
    await expect(post(connection, request(), probeContext())).rejects.toMatchObject({
      errorCode: "HttpEndpoint.ConnectionFailed",
      message: "no connection (ECONNREFUSED)",
    });
  });

  test("comes once the command is interrupted", async () => {
    await expect(posted("slow", { abortSignal: AbortSignal.timeout(20) })).rejects.toThrow(InterruptedError);
  });
});
