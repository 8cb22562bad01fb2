import type { TransformOptions } from "node:stream";
import { createGunzip, type ZlibOptions } from "node:zlib";
import type { ChunkReader } from "./chunk-reader";
import { gunzipSlices, MAX_OUTPUT_BYTES, outputBytes } from "./gunzip-slices";
import { CorruptData } from "./unreadable";

/** Objects of the usual size: Firehose's default is 5 MiB before GZIP. */
const MAX_WHOLE_BYTES = 1024 * 1024;

/**
 * Decompresses all members of GZIP data. Yields all valid data before it throws because of corrupt data.
 *
 * Node's own iteration reads objects of the usual size: it makes `replay` a fifth faster than slices. It drops valid
 * data that precedes a corrupt part, so that such an object is read again in slices.
 */
export async function* gunzip(reader: ChunkReader): AsyncGenerator<Buffer> {
  const content = await reader.peek(MAX_WHOLE_BYTES + 1);
  if (content.length > MAX_WHOLE_BYTES) {
    yield* gunzipSlices(reader.rest());
    return;
  }
  let yieldedBytes = 0;
  try {
    for await (const chunk of gunzipContent(content)) {
      yieldedBytes += chunk.length;
      yield chunk;
    }
  } catch {
    yield* skipBytes(yieldedBytes, gunzipSlices(reader.rest()));
  }
}

/** @throws Error when the content is corrupt, or data follows it */
async function* gunzipContent(content: Buffer): AsyncGenerator<Buffer> {
  const options: ZlibOptions & TransformOptions = {
    chunkSize: outputBytes(content.length),
    readableHighWaterMark: 2 * MAX_OUTPUT_BYTES,
  };
  const decompression = createGunzip(options);
  decompression.end(content);
  for await (const chunk of decompression) {
    yield chunk;
  }
  if (decompression.bytesWritten < content.length) {
    throw new CorruptData("there is data after the end");
  }
}

async function* skipBytes(bytes: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left < chunk.length) {
      yield chunk.subarray(left);
    }
    left = Math.max(0, left - chunk.length);
  }
}
