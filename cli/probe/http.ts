import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request } from "node:https";
import { isIP } from "node:net";
import { performance } from "node:perf_hooks";
import { RESPONSE_LIMIT_BYTES } from "../endpoint-limits";
import { UndeterminedError } from "../exit-codes";
import { TimeoutError, withTimeout } from "./deadline";
import type { Endpoint } from "./endpoint";
import { failureIn } from "./failure";
import type { ProbeContext } from "./options";

/** An address of the endpoint that accepts TLS connections. */
export interface Connection extends Endpoint {
  readonly address: string;
  /** Whether chain, name and expiry of the certificate are right. */
  readonly isTrusted: boolean;
  /** As PEM; undefined for Node's own. */
  readonly authorities: string | undefined;
}

/** The request to post. */
export interface HttpRequest {
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** A request that carries one is sent only over a verified connection. */
  readonly accessKey: string | undefined;
}

/** The response of the endpoint. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** At most one byte more than a response may have. */
  readonly body: Buffer;
  /** Headers and body, as far as they were read. */
  readonly bytes: number;
  /** From the start of the connection to the end of the response. */
  readonly milliseconds: number;
}

/** No response came. */
export class NoResponseError extends Error {
  /** @param errorCode what Firehose calls this in its error log */
  public constructor(
    public readonly errorCode: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Posts a request, and follows no redirect.
 *
 * @throws NoResponseError when none came in time, or the connection broke
 * @throws UndeterminedError when the command is interrupted
 */
export async function post(
  connection: Connection,
  { path, headers, body, accessKey }: HttpRequest,
  { timeoutMs, abortSignal }: Pick<ProbeContext, "timeoutMs" | "abortSignal">,
): Promise<EndpointResponse> {
  const { hostname, address, port, authorities } = connection;
  const start = performance.now();
  try {
    return await withTimeout(timeoutMs, abortSignal, async (signal) => {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const outgoing = request({
          method: "POST",
          host: address,
          servername: isIP(hostname) === 0 ? hostname : "",
          port,
          path,
          agent: false,
          signal,
          // Verified again: an earlier connection proves nothing about this one.
          rejectUnauthorized: accessKey !== undefined,
          ...(authorities === undefined ? {} : { ca: authorities }),
        });
        // Not as an option: NODE_DEBUG prints the options, and a header holds the access key.
        for (const [name, value] of Object.entries(headers)) {
          outgoing.setHeader(name, value);
        }
        outgoing.once("response", resolve).on("error", reject).end(body);
      });
      const content = await bodyOf(response);
      const { statusCode: status = 0, rawHeaders } = response;
      const headerBytes = Buffer.byteLength(rawHeaders.join("")) + 2 * rawHeaders.length;
      return {
        status,
        headers: response.headers,
        body: content,
        bytes: headerBytes + content.length,
        milliseconds: performance.now() - start,
      };
    });
  } catch (error) {
    throw toNoResponseError(error);
  }
}

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks = new Array<Buffer>();
  let bytes = 0;
  const stream: AsyncIterable<Buffer> = response;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > RESPONSE_LIMIT_BYTES) {
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, RESPONSE_LIMIT_BYTES + 1);
}

function toNoResponseError(error: unknown): Error {
  if (error instanceof UndeterminedError) {
    return error;
  }
  const { code, message } = failureIn(error);
  if (error instanceof TimeoutError) {
    return new NoResponseError("HttpEndpoint.RequestTimeout", message);
  }
  if (code.startsWith("HPE_")) {
    return new NoResponseError("HttpEndpoint.InvalidResponseFromDestination", `the response is not HTTP (${code})`);
  }
  if (code === "ECONNRESET" || code === "EPIPE") {
    return new NoResponseError(
      "HttpEndpoint.ConnectionReset",
      "the connection was closed before the end of the response",
    );
  }
  return /SSL|TLS|CERT|SIGNATURE/.test(code)
    ? new NoResponseError("HttpEndpoint.SSLHandshakeFailure", `the connection is not verified (${code})`)
    : new NoResponseError("HttpEndpoint.ConnectionFailed", `no connection (${code === "" ? message : code})`);
}
