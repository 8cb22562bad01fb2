import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { AccessKey } from "./access-key";
import type { HttpRequest } from "./http";
import type { ProbeTarget } from "./target";

/** A request as Firehose sends it. */
export interface FirehoseRequest extends HttpRequest {
  readonly requestId: string;
  /** The body before it is compressed. */
  readonly json: string;
  readonly recordCount: number;
  /** Whether the stream sends the same access key, or none as well. */
  readonly isKeyKnown: boolean;
}

export const ACCESS_KEY_HEADER = "X-Amz-Firehose-Access-Key";

/** What of a request must not be shown. */
export const secretsOf = ({ accessKey }: Pick<FirehoseRequest, "accessKey">): string[] =>
  accessKey === undefined ? [] : [accessKey];

/**
 * Builds the request of a stream.
 *
 * Source: Firehose, "HTTP endpoint delivery request and response specifications".
 */
export function firehoseRequest(
  target: ProbeTarget,
  accessKey: AccessKey,
  records: readonly Buffer[],
  timestamp: number,
): FirehoseRequest {
  const requestId = randomUUID();
  const json = JSON.stringify({
    requestId,
    timestamp,
    records: records.map((record) => ({ data: record.toString("base64") })),
  });
  const isCompressed = target.contentEncoding === "GZIP";
  const body = isCompressed ? gzipSync(json) : Buffer.from(json);
  const { commonAttributes } = target;
  return {
    requestId,
    json,
    recordCount: records.length,
    isKeyKnown: accessKey.isKnown,
    accessKey: accessKey.value,
    path: pathOf(target.url),
    body,
    headers: {
      Host: target.url.host,
      "Content-Type": "application/json",
      ...(isCompressed ? { "Content-Encoding": "gzip" } : {}),
      "Content-Length": String(body.length),
      "User-Agent": "Amazon Kinesis Data Firehose Agent/1.0",
      "X-Amz-Firehose-Protocol-Version": "1.0",
      "X-Amz-Firehose-Request-Id": requestId,
      "X-Amz-Firehose-Source-Arn": target.sourceArn,
      ...(accessKey.value === undefined ? {} : { [ACCESS_KEY_HEADER]: accessKey.value }),
      ...(Object.keys(commonAttributes).length === 0
        ? {}
        : { "X-Amz-Firehose-Common-Attributes": asciiJson({ commonAttributes }) }),
    },
  };
}

/** The path of a URL with its query. */
export const pathOf = ({ pathname, search }: URL): string => `${pathname}${search}`;

/** JSON in ASCII: a header must not contain other characters, which JSON can escape. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
