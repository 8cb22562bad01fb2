import { gzipSync } from "node:zlib";
import { ChunkReader } from "../../../cli/backup/chunk-reader";
import { gunzip } from "../../../cli/backup/gunzip";
import { ENDS_OF_GZIP, oneTwo } from "../../fixtures/gzip";
import { seededRandom } from "../../helpers/backup";
import { chunksOf, textOf } from "../../helpers/chunks";

const MIB = 1024 * 1024;

const read = async (content: Buffer, chunkBytes = 64 * 1024): Promise<string[]> =>
  await textOf(gunzip(new ChunkReader(chunksOf(content, chunkBytes))));

/** Text that GZIP makes hardly shorter than its half. */
function noise(bytes: number): string {
  const random = seededRandom(bytes);
  return Buffer.from(Array.from({ length: bytes / 2 }, () => Math.floor(random() * 256))).toString("hex");
}

describe("GZIP data", () => {
  test.each([1, 7, 4096, 64 * 1024])("is decompressed in chunks of %i bytes", async (chunkBytes) => {
    expect((await read(oneTwo(), chunkBytes)).join("")).toBe("onetwo");
  });

  test.each(ENDS_OF_GZIP)("%s: all that is good comes before an error", async (_, content, chunkBytes, texts) => {
    expect(await read(content(), chunkBytes)).toEqual(texts);
  });

  test.each([1, 4])("of %i MiB gives everything once", async (mebibytes) => {
    const text = noise(mebibytes * MIB);
    expect((await read(gzipSync(text))).join("") === text).toBe(true);
  });

  test.each([1, 4])("of %i MiB that is cut gives once what is before the cut", async (mebibytes) => {
    const text = noise(mebibytes * MIB);
    const content = gzipSync(text);
    const chunks = await read(content.subarray(0, Math.floor(content.length * 0.9)));
    const good = chunks.slice(0, -1).join("");
    expect(chunks.at(-1)).toBe("error: unexpected end of file");
    expect(text.startsWith(good)).toBe(true);
    // zlib gives nothing of the last slice of 4 KiB.
    expect(good.length / text.length).toBeGreaterThan(0.9 - (2 * 4096) / content.length);
  });

  test("is decompressed in parts, so that memory stays bounded", async () => {
    let largest = 0;
    let bytes = 0;
    for await (const chunk of gunzip(new ChunkReader(chunksOf(gzipSync(Buffer.alloc(50_000_000)), 64 * 1024)))) {
      largest = Math.max(largest, chunk.length);
      bytes += chunk.length;
    }
    expect({ bytes, isBounded: largest <= 512 * 1024 }).toEqual({ bytes: 50_000_000, isBounded: true });
  });
});
