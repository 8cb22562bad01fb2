import { ChunkReader } from "../../../cli/backup/chunk-reader";
import { framedSnappy, hadoopSnappy, rawSnappy, snappyOfSnappyJava } from "../../../cli/backup/snappy";
import { chunksOf, textOf } from "../../helpers/chunks";
import { framed, hadoop, raw, snappyJava, STREAM_IDENTIFIER, uint32 } from "../../helpers/snappy";
import type { Decoder } from "../../../cli/backup/decompress";

const read = async (decoder: Decoder, ...content: readonly Buffer[]): Promise<string[]> =>
  await textOf(decoder(new ChunkReader(chunksOf(Buffer.concat(content), 5))));

/** A raw block that says that it decompresses to so many bytes. */
const blockOf = (bytes: number): Buffer => {
  const block = Buffer.alloc(6, 0x80);
  for (let at = 0, rest = bytes; at < 5; at++, rest = Math.floor(rest / 128)) {
    block[at] = (rest % 128) | (at < 4 ? 0x80 : 0);
  }
  block[5] = 0;
  return block;
};
const MAX_BLOCK_BYTES = 32 * 1024 * 1024;
const TOO_LARGE = `error: a Snappy block of ${MAX_BLOCK_BYTES + 1} bytes is larger than ${MAX_BLOCK_BYTES} bytes, the limit of this command`;

describe("Snappy data is decompressed", () => {
  test("in frames", async () => {
    expect(await read(framedSnappy, STREAM_IDENTIFIER, framed("one"), framed("two"))).toEqual(["one", "two"]);
    expect(await read(framedSnappy)).toEqual([]);
  });

  test("in the streams of snappy-java", async () => {
    expect(await read(snappyOfSnappyJava, snappyJava("one"), snappyJava("two"))).toEqual(["one", "two"]);
  });

  test("in Hadoop's blocks, one of which may have several raw ones", async () => {
    expect(await read(hadoopSnappy, hadoop("one", "two"), hadoop("three"))).toEqual(["one", "two", "three"]);
    expect(await read(hadoopSnappy, uint32(0), hadoop("one"))).toEqual(["one"]);
  });

  test("in one raw block", async () => {
    expect(await read(rawSnappy, raw("one"))).toEqual(["one"]);
  });
});

describe("Snappy data that is damaged ends with what is wrong", () => {
  test.each([
    [
      "a frame without a whole head",
      framedSnappy,
      () => [framed("one"), Buffer.alloc(3)],
      "unexpected end of Snappy data",
    ],
    [
      "a frame without a checksum",
      framedSnappy,
      () => [framed("one"), Buffer.from([1, 3, 0, 0, 1, 2, 3])],
      "the checksum of a Snappy frame does not match",
    ],
    [
      "a block that is none",
      hadoopSnappy,
      () => [hadoop("one"), uint32(9), uint32(1), Buffer.from([9])],
      "Snappy: premature end of input",
    ],
    [
      "a block without a length",
      hadoopSnappy,
      () => [hadoop("one"), uint32(9), uint32(0)],
      "a Snappy block has no length",
    ],
    [
      "a block of more bytes than its frame",
      hadoopSnappy,
      () => [hadoop("one"), uint32(2), uint32(raw("two").length), raw("two")],
      "a block of Hadoop Snappy does not have the length that it says",
    ],
  ] as const)("%s", async (_, decoder, content, reason) => {
    expect(await read(decoder, ...content())).toEqual(["one", `error: ${reason}`]);
  });

  test("or too large, before it is in memory", async () => {
    const block = blockOf(MAX_BLOCK_BYTES + 1);
    expect(await read(hadoopSnappy, uint32(9), uint32(block.length), block)).toEqual([TOO_LARGE]);
    expect(await read(rawSnappy, block)).toEqual([
      `error: the object has no magic number; it was read as raw Snappy: ${TOO_LARGE.slice("error: ".length)}; it stays as it is`,
    ]);
  });
});
