import { gzipSync } from "node:zlib";
import { gunzipSlices, outputBytes } from "../../../cli/backup/gunzip-slices";
import { chunksOf, textOf } from "../../helpers/chunks";

const read = async (content: Buffer, chunkBytes = 64 * 1024): Promise<string[]> =>
  await textOf(gunzipSlices(chunksOf(content, chunkBytes)));

describe("slices of GZIP data", () => {
  const [one, two] = [gzipSync("one"), gzipSync("two")];

  test.each([1, 7, 4096, 64 * 1024])("are decompressed in chunks of %i bytes", async (chunkBytes) => {
    expect((await read(Buffer.concat([one, two]), chunkBytes)).join("")).toBe("onetwo");
  });

  test("that are empty are nothing, and end before the zeros that they are padded with", async () => {
    expect(await read(gzipSync(""))).toEqual([]);
    expect(await read(Buffer.concat([one, Buffer.alloc(5000)]), 100)).toEqual(["one"]);
  });

  test("give what is good before the error of a corrupt end", async () => {
    expect(await read(Buffer.concat([one, two.subarray(0, 10)]))).toEqual(["one", "error: unexpected end of file"]);
    expect(await read(Buffer.concat([one, Buffer.alloc(9), two]))).toEqual([
      "one",
      "error: there is data behind the end",
    ]);
  });

  test.each([
    [0, 16 * 1024],
    [1024, 16 * 1024],
    [1025, 16 * 1025],
    [32 * 1024, 512 * 1024],
    [32 * 1024 + 1, 512 * 1024],
  ])("of %i bytes have room for %i bytes of output in a turn", (compressedBytes, room) => {
    expect(outputBytes(compressedBytes)).toBe(room);
  });
});
