import { EventEmitter, once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http";
import { readBody, stopServer } from "../../helpers/http-server";
import type { EnvironmentVariables } from "./run";

/** A call of an AWS API, as it came from a client. */
export interface AwsCall {
  /**
   * The API's own name of the action, such as `PutRecordBatch`, and for S3 the method, the path and the
   * sub-resources: `GET /bucket`, `PUT /bucket/key?tagging`, `GET /bucket?publicAccessBlock`.
   */
  readonly action: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** How often this action was called, this call included: 1 is the first. */
  readonly count: number;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The connection ends after so many bytes of the body. */
  readonly cutAt?: number;
}

/** Answers a call, by itself or with what the emulator answers; throwing ends the connection without an answer. */
export type Handler = (call: AwsCall, emulator: (call: AwsCall) => Promise<AwsAnswer>) => Promise<AwsAnswer>;

const EMULATOR: Handler = async (call, emulator) => await emulator(call);

/** Refuses with an error as AWS would, in the protocol of the call. */
export function refusal(status: number, code: string, message = `${code} from the fault proxy`): Handler {
  return (call) => Promise.resolve(errorAnswer(call, status, code, message));
}

/** Lets calls wait until each of the actions is in flight. */
export function together(actions: readonly string[]): Handler {
  const missing = new Set(actions);
  const arrivals = new EventEmitter();
  const complete = once(arrivals, "complete");
  return async (call, emulator) => {
    missing.delete(call.action);
    if (missing.size === 0) {
      arrivals.emit("complete");
    }
    await complete;
    return await emulator(call);
  };
}

/** Only so many times, then the emulator answers. */
export function times(count: number, handler: Handler): Handler {
  let left = count;
  return async (call, emulator) => await (left-- > 0 ? handler : EMULATOR)(call, emulator);
}

/** Changes what the emulator answers. */
export function rewrite(change: (body: string, call: AwsCall) => string): Handler {
  return async (call, emulator) => {
    const answer = await emulator(call);
    return { ...answer, body: Buffer.from(change(answer.body.toString(), call)) };
  };
}

/** Ends the connection in the middle of the answer. */
export function cut(bytes: number): Handler {
  return async (call, emulator) => ({ ...(await emulator(call)), cutAt: bytes });
}

/** Ends the connection without an answer. */
export const hangUp: Handler = () => Promise.reject(new Error("The fault proxy hangs up."));

/** Stands in front of the emulator, counts its calls, and answers some of them otherwise. */
export class FaultProxy {
  private readonly handlers = new Map<string, Handler>();
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly server: Server,
    private readonly emulator: URL,
    public readonly endpoint: string,
  ) {}

  public static async start(emulatorEndpoint: string): Promise<FaultProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") {
      throw new Error("The fault proxy listens at no port.");
    }
    const proxy = new FaultProxy(server, new URL(emulatorEndpoint), `http://127.0.0.1:${address.port}`);
    server.on("request", (incoming: IncomingMessage, outgoing) => {
      proxy.answer(incoming).then(
        ({ status, headers, body, cutAt }) => {
          // An answer to HEAD has the length of a body that it does not have.
          const length = incoming.method === "HEAD" ? headers["content-length"] : body.length;
          outgoing.writeHead(status, {
            ...endToEnd(headers),
            ...(length === undefined ? {} : { "content-length": length }),
          });
          if (cutAt !== undefined) {
            outgoing.write(body.subarray(0, cutAt), () => outgoing.destroy());
            return;
          }
          outgoing.end(incoming.method === "HEAD" ? undefined : body);
        },
        () => {
          outgoing.destroy();
        },
      );
    });
    return proxy;
  }

  /** The emulator's environment, with this proxy in its place. */
  public environment(emulatorEnvironment: EnvironmentVariables): EnvironmentVariables {
    return { ...emulatorEnvironment, AWS_ENDPOINT_URL: this.endpoint };
  }

  /** Answers an action with a handler from now on. */
  public on(action: string, handler: Handler): void {
    this.handlers.set(action, handler);
  }

  /** How often an action was called since the last reset. */
  public count(action: string): number {
    return this.counts.get(action) ?? 0;
  }

  /** How often each action was called since the last reset. */
  public get calls(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  /** Forgets the handlers and the counts. */
  public reset(): void {
    this.handlers.clear();
    this.counts.clear();
  }

  public async stop(): Promise<void> {
    await stopServer(this.server);
  }

  private async answer(incoming: IncomingMessage): Promise<AwsAnswer> {
    const body = await readBody(incoming);
    const { method = "GET", url: path = "/", headers } = incoming;
    const action = actionOf(method, path, headers, body);
    const count = this.count(action) + 1;
    this.counts.set(action, count);
    const handler = this.handlers.get(action) ?? EMULATOR;
    return await handler({ action, method, path, headers, body, count }, async (call) => await this.forward(call));
  }

  private async forward({ method, path, headers, body }: AwsCall): Promise<AwsAnswer> {
    return await new Promise((resolve, reject) => {
      const { hostname, port } = this.emulator;
      // The host stays the client's own: the emulator puts it into what it answers.
      const outgoing = request({ hostname, port, method, path, headers: endToEnd(headers) }, (incoming) => {
        readBody(incoming).then((answer) => {
          resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: answer });
        }, reject);
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }
}

function actionOf(method: string, path: string, headers: IncomingHttpHeaders, body: Buffer): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    return target.slice(target.lastIndexOf(".") + 1);
  }
  const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const action = form ? new URLSearchParams(body.toString()).get("Action") : null;
  return action ?? objectAction(method, path);
}

function objectAction(method: string, path: string): string {
  const { pathname, searchParams } = new URL(path, "http://s3");
  const subResources = [...searchParams].filter(([, value]) => value === "").map(([name]) => name);
  const resource = pathname.replace(/(?<=.)\/$/, "");
  return `${method} ${decodeURIComponent(resource)}${subResources.length > 0 ? `?${subResources.join("&")}` : ""}`;
}

/** An error in the protocol of the call. */
export function errorAnswer({ headers }: AwsCall, status: number, code: string, message: string): AwsAnswer {
  if (headers["x-amz-target"] !== undefined) {
    const type = headers["content-type"] ?? "application/x-amz-json-1.1";
    return answerOf(status, type, JSON.stringify({ __type: code, message }));
  }
  const error = `<Code>${code}</Code><Message>${message}</Message>`;
  const isQuery = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const xml = isQuery
    ? `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>fault</RequestId></ErrorResponse>`
    : `<Error>${error}<RequestId>fault</RequestId></Error>`;
  return answerOf(status, "text/xml", xml);
}

/** An answer with a body of a content type. */
export const answerOf = (status: number, type: string, body: string): AwsAnswer => ({
  status,
  headers: { "content-type": type, "x-amzn-requestid": "fault" },
  body: Buffer.from(body),
});

/** Without the headers that are about the connection or the length, which Node sets by itself. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const ofConnection = ["connection", "content-length", "expect", "keep-alive", "transfer-encoding"];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.includes(name)));
}
