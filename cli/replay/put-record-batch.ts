import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { createHash, webcrypto } from "node:crypto";
import { Readable } from "node:stream";
import { asObject, parsedJson } from "../../iam/json";
import { UndeterminedError } from "../exit-codes";
import { shortened } from "../text";

/** Characters of an unexpected response. */
const MAX_SHOWN = 100;
/** Up to this length, another thread would take at least as long as the hash itself. */
const MAX_HASHED_HERE_BYTES = 256 * 1024;
const NO_RECORDS = '{"FailedPutCount":0,"RequestResponses":[]}';

/** The response for one record: accepted if it has an id. */
export interface RecordResponse {
  readonly RecordId?: unknown;
  readonly ErrorCode?: unknown;
  readonly ErrorMessage?: unknown;
}

/**
 * Calls PutRecordBatch once. The SDK resolves, signs and sends the request, and reads errors. This code builds the body
 * of the request and parses that of the response, which take the SDK the longest; another thread computes the hash to
 * sign.
 *
 * @param body is not changed until the request is complete
 * @param assertMaySend is called after everything that takes time, right before the request is sent
 * @returns the responses, in the order of the records
 * @throws UndeterminedError when a success response is not from Firehose
 */
export async function putRecordBatch(
  firehose: FirehoseClient,
  streamName: string,
  body: Buffer,
  assertMaySend: () => void,
): Promise<readonly RecordResponse[]> {
  const hash = await sha256(body);
  const command = new PutRecordBatchCommand({ DeliveryStreamName: streamName, Records: [] });
  let responses: readonly RecordResponse[] = [];
  command.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (HttpRequest.isInstance(request)) {
        request.body = body;
        request.headers["x-amz-content-sha256"] = hash;
      }
      return await next(args);
    },
    // Before the SDK adds the length of the body and signs it.
    { step: "build", priority: "high", name: "replayRequestBody" },
  );
  command.middlewareStack.add(
    (next) => async (args) => {
      assertMaySend();
      const result = await next(args);
      const { response } = result;
      if (HttpResponse.isInstance(response) && response.statusCode === 200 && response.body instanceof Readable) {
        responses = recordResponses(await textOf(response.body));
        response.body = Readable.from([Buffer.from(NO_RECORDS)]);
      }
      return result;
    },
    // After the SDK has sent the request, before it reads the response.
    { step: "deserialize", priority: "low", name: "replayResponseBody" },
  );
  await firehose.send(command);
  return responses;
}

const sha256 = async (body: Buffer): Promise<string> =>
  body.length <= MAX_HASHED_HERE_BYTES
    ? createHash("sha256").update(body).digest("hex")
    : Buffer.from(await webcrypto.subtle.digest("SHA-256", body)).toString("hex");

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks = new Array<Buffer>();
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function recordResponses(text: string): readonly RecordResponse[] {
  const responses = responsesIn(text);
  if (responses === undefined) {
    throw new UndeterminedError(
      `The response to firehose:PutRecordBatch is not from Firehose ("${shortened(text, MAX_SHOWN)}"). Make sure that no proxy answers for AWS, and run the command again; the records of this request may be sent twice.`,
    );
  }
  return responses.map((response) => asObject(response));
}

function responsesIn(text: string): readonly unknown[] | undefined {
  const { RequestResponses: responses } = asObject(parsedJson(text));
  return Array.isArray(responses) ? responses : undefined;
}
