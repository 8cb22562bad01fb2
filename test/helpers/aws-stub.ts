import { FirehoseClient } from "@aws-sdk/client-firehose";
import { S3Client } from "@aws-sdk/client-s3";
import { type HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { Readable } from "node:stream";

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
      const bytes = Buffer.from(typeof body === "string" || body instanceof Uint8Array ? body : "");
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

/** A Firehose client without a network. */
export const firehoseStub = (respond: Respond): FirehoseClient => new FirehoseClient(settings(respond));

/** An S3 client without a network; buckets are in the path. */
export const s3Stub = (respond: Respond): S3Client => new S3Client({ ...settings(respond), forcePathStyle: true });

/** An error in Firehose's protocol. */
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
