import { buf as crc32 } from "crc-32";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import type { ChunkReader } from "./chunk-reader";
import { CorruptData, UnreadableObject } from "./unreadable";

/** The directory of a ZIP file is at its end, so that it is in memory before anything is decompressed. */
const MAX_ZIP_BYTES = 32 * 1024 * 1024;

/** The files of a ZIP archive, one after the other. */
export async function* unzip(reader: ChunkReader): AsyncGenerator<Buffer> {
  const archive = await reader.read(MAX_ZIP_BYTES + 1);
  if (archive.length > MAX_ZIP_BYTES) {
    throw new UnreadableObject(
      `the object is a ZIP archive of more than ${MAX_ZIP_BYTES} bytes, the limit of this command; it stays as it is`,
    );
  }
  let hasOutput = false;
  try {
    const zip = await fromBufferPromise(archive, { lazyEntries: true, strictFileNames: false });
    for await (const entry of zip.eachEntry()) {
      for await (const chunk of contentOf(zip, entry)) {
        hasOutput = true;
        yield chunk;
      }
      // Separates the last record of a file from the first one of the next.
      yield Buffer.from("\n");
    }
  } catch (error) {
    const reason = `ZIP: ${error instanceof Error ? error.message : String(error)}`;
    throw hasOutput
      ? new CorruptData(reason)
      : new UnreadableObject(`the object cannot be read: ${reason}; it stays as it is`);
  }
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let checksum = 0;
  const content: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
  for await (const chunk of content) {
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (checksum >>> 0 !== entry.crc32) {
    throw new CorruptData("the checksum does not match");
  }
}
