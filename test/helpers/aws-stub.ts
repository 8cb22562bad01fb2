import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { type HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { Readable } from "node:stream";
import { Json } from "../e2e/helpers/json";

/** A request as the SDK would send it. */
export interface StubRequest {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface StubResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export type Respond = (request: StubRequest) => StubResponse | Promise<StubResponse>;

const settings = (respond: Respond): object => ({
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "test" },
  maxAttempts: 1,
  requestHandler: {
    handle: async ({ method, path, query, headers, body }: HttpRequest) => {
      const bytes = bytesOf(body);
      const request = { method, path: decodeURIComponent(path), query, headers, body: bytes };
      const { status = 200, headers: responseHeaders = {}, body: response = "" } = await respond(request);
      return {
        response: new HttpResponse({
          statusCode: status,
          headers: { ...responseHeaders },
          body: Readable.from([Buffer.from(response)]),
        }),
      };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  },
});

/** Of a JSON request the SDK gives its own bytes, whose conversion to text it warns of. */
const bytesOf = (body: unknown): Buffer =>
  body instanceof Uint8Array
    ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    : Buffer.from(typeof body === "string" ? body : "");

/** What the SDK answers once the signal of its client is aborted. */
export const aborted: Respond = () => Promise.reject(Object.assign(new Error("stop"), { name: "AbortError" }));

/** A Firehose client without a network. */
export const firehoseStub = (respond: Respond): FirehoseClient => new FirehoseClient(settings(respond));

/** An S3 client without a network; buckets are in the path. */
export const s3Stub = (respond: Respond): S3Client => new S3Client({ ...settings(respond), forcePathStyle: true });

/** Clients without a network; all but IAM's, S3's and SNS's speak JSON, and name the action in a header. */
export const cloudWatchStub = (respond: Respond): CloudWatchClient => new CloudWatchClient(settings(respond));
export const logsStub = (respond: Respond): CloudWatchLogsClient => new CloudWatchLogsClient(settings(respond));
export const kmsStub = (respond: Respond): KMSClient => new KMSClient(settings(respond));
export const secretsManagerStub = (respond: Respond): SecretsManagerClient =>
  new SecretsManagerClient(settings(respond));
export const snsStub = (respond: Respond): SNSClient => new SNSClient(settings(respond));
export const iamStub = (respond: Respond): IAMClient => new IAMClient(settings(respond));

/** The action that a request in a JSON protocol asks for, such as `GetMetricData`. */
export const actionOf = ({ headers }: StubRequest): string => headers["x-amz-target"]?.split(".").at(-1) ?? "";

/** The body of a request in a JSON protocol. */
export const bodyOf = ({ body }: StubRequest): Json => Json.parse(body.toString());

/** An answer in a JSON protocol. */
export const jsonAnswer = (content: object): StubResponse => ({
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(content),
});

/** An answer in the protocol of IAM and SNS. */
export const queryAnswer = (action: string, result: string): { readonly body: string } => ({
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});

/** An error in a JSON protocol, such as Firehose's. */
export const firehoseError = (status: number, code: string, message = "from the stub"): StubResponse => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify({ __type: code, message }),
});

/** An error in S3's protocol. */
export const s3Error = (status: number, code: string): StubResponse => ({
  status,
  body: `<Error><Code>${code}</Code><Message>from the stub</Message></Error>`,
});

/** An error in the protocol of IAM and SNS. */
export const queryError = (status: number, code: string): StubResponse => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>from the stub</Message></Error></ErrorResponse>`,
});
