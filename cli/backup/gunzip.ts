import type { TransformOptions } from "node:stream";
import { createGunzip, type ZlibOptions } from "node:zlib";
import type { ChunkReader } from "./chunk-reader";
import { gunzipSlices, MAX_OUTPUT_BYTES, outputBytes } from "./gunzip-slices";
import { CorruptData } from "./unreadable";

/** Firehose writes 5 MiB to an object unless it is set, of which GZIP makes less. */
const MAX_WHOLE_BYTES = 1024 * 1024;

/**
 * GZIP data decompressed, all members of it. What is good comes before the error of a corrupt end.
 *
 * Objects of the usual size by Node's own iteration, with which `replay` is a fifth faster than slice by slice. It drops
 * what is good of the part that is corrupt, so that this is read again by slices.
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

/** @throws Error where the content is corrupt, or something is behind it */
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
