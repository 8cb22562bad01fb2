/** An HTTP API that speaks JSON and takes a bearer token. */
export interface JsonApi {
  /** URL without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** Media type of requests and responses. */
  readonly mediaType: string;
}

/** A response other than 2xx. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    request: string,
  ) {
    super(`${request} answered with HTTP status ${status}.`);
  }
}

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Sends a request and returns the parsed JSON of the response; undefined when the response is empty.
 *
 * @throws HttpError on a response other than 2xx
 */
export async function requestJson(
  { baseUrl, token, mediaType }: JsonApi,
  method: "GET" | "PATCH" | "POST",
  path: string,
  content?: unknown,
): Promise<unknown> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { Accept: mediaType, Authorization: `Bearer ${token}`, "Content-Type": mediaType },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new HttpError(response.status, `${method} ${path}`);
  }
  return text === "" ? undefined : JSON.parse(text);
}
