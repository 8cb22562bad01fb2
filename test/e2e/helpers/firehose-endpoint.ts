import { generateKeyPairSync } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { gunzipSync, gzipSync } from "node:zlib";
import { pki, md } from "node-forge";
import { readBody, stopServer } from "../../helpers/http-server";

/** How the endpoint answers; `well` is as AWS's specification demands. */
export type Behaviour =
  | "well"
  | { readonly status: 401 | 403 | 404 | 413 | 429 | 503 }
  | "redirect"
  | "slow"
  | "wrong request id"
  | "timestamp as text"
  | "timestamp in seconds"
  | "not JSON"
  | "HTML"
  | "compressed"
  | "without length"
  | "oversized"
  | "endless"
  | "empty"
  | "with error message"
  | "echoes its headers"
  | "closed"
  | "not HTTP";

/** Which certificate it shows. */
export type CertificateKind =
  "valid" | "expired" | "expiring" | "for another name" | "self-signed" | "without intermediate";

export interface EndpointOptions {
  readonly behaviour?: Behaviour;
  readonly certificate?: CertificateKind;
  /** Requests without it are answered 401. */
  readonly accessKey?: string;
  /** Of TLS; the newest if not given. */
  readonly maxVersion?: "TLSv1.1" | "TLSv1.2";
}

/** What the endpoint received. */
export interface DeliveredRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. */
  readonly body: string;
}

/** Time after which a `slow` answer comes. */
export const SLOW_MILLISECONDS = 1500;
export const REDIRECT_TARGET = "https://elsewhere.example.com/login";
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ARN = /^arn:aws[a-z-]*:firehose:[a-z0-9-]+:[0-9]{12}:deliverystream\/[a-zA-Z0-9_.-]{1,64}$/;

/** An ingester of our own, that speaks Firehose's HTTP delivery specification over TLS on 127.0.0.1. */
export interface FirehoseEndpoint {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly port: number;
  /** The certificate authority as PEM. */
  readonly authority: string;
  readonly received: readonly DeliveredRequest[];
  /** The name that each connection asked for, where one did. */
  readonly serverNames: readonly string[];
  behave(behaviour: Behaviour): void;
  /** Forgets what was received, and answers well again. */
  reset(): void;
  stop(): Promise<void>;
}

export async function startFirehoseEndpoint(options: EndpointOptions = {}): Promise<FirehoseEndpoint> {
  let behaviour = options.behaviour ?? "well";
  const received = new Array<DeliveredRequest>();
  const { key, cert } = certificate(options.certificate ?? "valid");
  const oldest =
    options.maxVersion === "TLSv1.1"
      ? ({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const)
      : options.maxVersion === undefined
        ? {}
        : { maxVersion: options.maxVersion };
  const serverNames = new Array<string>();
  const SNICallback = (name: string, done: (error: Error | null) => void): void => {
    serverNames.push(name);
    done(null);
  };
  const server = createServer({ key, cert, SNICallback, ...oldest }, (request, response) => {
    void read(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const one = { method, path: url, headers, body };
      received.push(one);
      answer(one, response, behaviour, options.accessKey);
    });
  });
  const timers = new Set<NodeJS.Timeout>();
  const slowly = (after: () => void): void => {
    const timer = setTimeout(after, SLOW_MILLISECONDS);
    timers.add(timer);
  };
  const answer = (
    one: DeliveredRequest,
    response: ServerResponse,
    how: Behaviour,
    accessKey: string | undefined,
  ): void => {
    if (how === "slow") {
      slowly(() => {
        answer(one, response, "well", accessKey);
      });
    } else {
      respond(one, response, how, accessKey);
    }
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    port,
    authority: authorities().root.pem,
    received,
    serverNames,
    behave: (next) => {
      behaviour = next;
    },
    reset: () => {
      behaviour = "well";
      received.splice(0);
      serverNames.splice(0);
    },
    stop: async () => {
      timers.forEach(clearTimeout);
      await stopServer(server);
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const body = await readBody(request);
  return (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString("utf8");
}

type Reply = readonly [status: number, headers: Record<string, string>, body: string | Buffer];

function respond(
  one: DeliveredRequest,
  response: ServerResponse,
  how: Exclude<Behaviour, "slow">,
  accessKey: string | undefined,
): void {
  if (how === "closed") {
    response.socket?.destroy();
    return;
  }
  if (how === "not HTTP") {
    response.socket?.end("220 mail.example.com ESMTP\r\n");
    return;
  }
  if (how === "endless") {
    response.writeHead(200, { "Content-Type": "application/json" });
    const more = (): void => {
      if (!response.destroyed) {
        response.write(Buffer.alloc(64 * 1024, " "), more);
      }
    };
    more();
    return;
  }
  const [status, headers, body] = reply(one, how, accessKey);
  response.writeHead(status, headers);
  if (how === "without length") {
    response.flushHeaders();
    response.write(body);
    response.end();
  } else {
    response.end(body);
  }
}

/** The access key, between others. */
const echo = ({ headers }: DeliveredRequest): string =>
  `a ${String(headers["x-amz-firehose-access-key"])} b ${JSON.stringify(headers)}`;

function reply(
  one: DeliveredRequest,
  how: Exclude<Behaviour, "slow" | "closed" | "not HTTP" | "endless">,
  accessKey: string | undefined,
): Reply {
  const requestId = String(one.headers["x-amz-firehose-request-id"]);
  const json = (status: number, body: object): Reply => {
    const text = JSON.stringify(body);
    return [status, { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(text)) }, text];
  };
  const timestamp = Date.now();
  if (typeof how === "object") {
    return json(how.status, { requestId, timestamp, errorMessage: `refused with ${how.status}` });
  }
  switch (how) {
    case "redirect":
      return [302, { Location: REDIRECT_TARGET, "Content-Length": "0" }, ""];
    case "HTML":
      return [200, { "Content-Type": "text/html", "Content-Length": "23" }, "<h1>Please sign in</h1>"];
    case "empty":
      return [200, { "Content-Type": "application/json", "Content-Length": "0" }, ""];
    case "not JSON":
      return [200, { "Content-Type": "application/json", "Content-Length": "2" }, "OK"];
    case "echoes its headers":
      return json(200, { requestId: echo(one), timestamp: echo(one), errorMessage: echo(one) });
  }
  const fault = faultOf(one);
  if (fault !== undefined) {
    return json(400, { requestId, timestamp, errorMessage: fault });
  }
  if (accessKey !== undefined && one.headers["x-amz-firehose-access-key"] !== accessKey) {
    return json(401, { requestId, timestamp, errorMessage: "the access key is missing or wrong" });
  }
  switch (how) {
    case "wrong request id":
      return json(200, { requestId: "another", timestamp });
    case "timestamp as text":
      return json(200, { requestId, timestamp: String(timestamp) });
    case "timestamp in seconds":
      return json(200, { requestId, timestamp: 1_700_000_000 });
    case "with error message":
      return json(200, { requestId, timestamp, errorMessage: "half of it was dropped" });
    case "oversized":
      return json(200, { requestId, timestamp, padding: "x".repeat(1024 * 1024) });
    case "compressed": {
      const body = gzipSync(JSON.stringify({ requestId, timestamp }));
      const headers = { "Content-Encoding": "gzip", "Content-Length": String(body.length) };
      return [200, { "Content-Type": "application/json", ...headers }, body];
    }
    case "without length":
      return [200, { "Content-Type": "application/json" }, JSON.stringify({ requestId, timestamp })];
    case "well":
      return json(200, { requestId, timestamp });
  }
}

/** What of a request breaks AWS's specification. */
function faultOf({ method, headers, body }: DeliveredRequest): string | undefined {
  const header = (name: string): string => String(headers[name] ?? "");
  const parsed = parsedBody(body);
  const faults: readonly (readonly [boolean, string])[] = [
    [method === "POST", "the method must be POST"],
    [header("content-type") === "application/json", "the content type must be application/json"],
    [header("x-amz-firehose-protocol-version") === "1.0", "the protocol version must be 1.0"],
    [GUID.test(header("x-amz-firehose-request-id")), "the request id must be a GUID"],
    [ARN.test(header("x-amz-firehose-source-arn")), "the source must be the ARN of a stream"],
    [parsed.get("requestId") === header("x-amz-firehose-request-id"), "requestId must be the header's"],
    [Number.isInteger(parsed.get("timestamp")), "timestamp must be a whole number"],
    [areRecords(parsed.get("records")), "records must be a list of data in Base64"],
  ];
  return faults.find(([isKept]) => !isKept)?.[1];
}

function parsedBody(body: string): ReadonlyMap<string, unknown> {
  try {
    const json: unknown = JSON.parse(body);
    return new Map(Object.entries(typeof json === "object" && json !== null ? json : {}));
  } catch {
    return new Map();
  }
}

const areRecords = (records: unknown): boolean =>
  Array.isArray(records) &&
  records.every((record: unknown) => /^\{"data":"[A-Za-z0-9+/]+={0,2}"\}$/.test(JSON.stringify(record)));

interface Signed {
  readonly pem: string;
  readonly forge: pki.Certificate;
  readonly keyPem: string;
}

let made: { readonly root: Signed; readonly intermediate: Signed } | undefined;

/** Made once a test file: making keys takes time. */
function authorities(): { readonly root: Signed; readonly intermediate: Signed } {
  if (made === undefined) {
    const root = sign({ name: "Test Root", isAuthority: true, days: [-30, 3650] });
    made = {
      root,
      intermediate: sign({ name: "Test Intermediate", isAuthority: true, days: [-30, 3650], issuer: root }),
    };
  }
  return made;
}

function certificate(kind: CertificateKind): { readonly key: string; readonly cert: string } {
  const { root, intermediate } = authorities();
  const name = kind === "for another name" ? "other.example.com" : "localhost";
  const days: readonly [number, number] =
    kind === "expired" ? [-20, -1] : kind === "expiring" ? [-20, 10.5] : [-20, 100.5];
  const issuer = kind === "self-signed" ? undefined : kind === "without intermediate" ? intermediate : root;
  const leaf = sign({ name, isAuthority: false, days, ...(issuer === undefined ? {} : { issuer }) });
  return { key: leaf.keyPem, cert: leaf.pem };
}

interface Subject {
  readonly name: string;
  readonly isAuthority: boolean;
  /** From and to, in days from now. */
  readonly days: readonly [number, number];
  /** Not given: itself. */
  readonly issuer?: Signed;
}

let serial = 1;

function sign({ name, isAuthority, days, issuer }: Subject): Signed {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const forge = pki.createCertificate();
  const subject = [{ name: "commonName", value: name }];
  forge.publicKey = pki.publicKeyFromPem(pair.publicKey);
  forge.serialNumber = `0${(serial++).toString(16)}`;
  [forge.validity.notBefore, forge.validity.notAfter] = [inDays(days[0]), inDays(days[1])];
  forge.setSubject(subject);
  forge.setIssuer(issuer?.forge.subject.attributes ?? subject);
  const altNames =
    name === "localhost"
      ? [
          { type: 2, value: name },
          { type: 7, ip: "127.0.0.1" },
        ]
      : [{ type: 2, value: name }];
  forge.setExtensions(
    isAuthority
      ? [
          { name: "basicConstraints", cA: true, critical: true },
          { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
        ]
      : [
          { name: "subjectAltName", altNames },
          { name: "extKeyUsage", serverAuth: true },
        ],
  );
  forge.sign(pki.privateKeyFromPem(issuer?.keyPem ?? pair.privateKey), md.sha256.create());
  return { pem: pki.certificateToPem(forge), forge, keyPem: pair.privateKey };
}

const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
