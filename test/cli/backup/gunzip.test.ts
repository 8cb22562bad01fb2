import { gzipSync } from "node:zlib";
import { gunzip } from "../../../cli/backup/gunzip";
import { chunksOf, textOf } from "../../helpers/chunks";

const read = async (content: Buffer, chunkBytes = 64 * 1024): Promise<string[]> =>
  await textOf(gunzip(chunksOf(content, chunkBytes)));

describe("GZIP data", () => {
  const [one, two] = [gzipSync("one"), gzipSync("two")];

  test.each([1, 7, 4096, 64 * 1024])("is decompressed in chunks of %i bytes", async (chunkBytes) => {
    expect((await read(Buffer.concat([one, two]), chunkBytes)).join("")).toBe("onetwo");
  });

  test("that is empty is nothing, and that is padded with zeros ends before them", async () => {
    expect(await read(gzipSync(""))).toEqual([]);
    expect(await read(Buffer.concat([one, Buffer.alloc(5000)]), 100)).toEqual(["one"]);
  });

  test("gives what is good before the error of a corrupt end", async () => {
    expect(await read(Buffer.concat([one, two.subarray(0, 10)]))).toEqual(["one", "error: unexpected end of file"]);
    expect(await read(Buffer.concat([one, Buffer.alloc(9), two]))).toEqual([
      "one",
      "error: there is data behind the end",
    ]);
  });

  test("is decompressed in parts, so that memory stays bounded", async () => {
    let largest = 0;
    let bytes = 0;
    for await (const chunk of gunzip(chunksOf(gzipSync(Buffer.alloc(50_000_000)), 64 * 1024))) {
      largest = Math.max(largest, chunk.length);
      bytes += chunk.length;
    }
    expect({ bytes, isBounded: largest <= 512 * 1024 }).toEqual({ bytes: 50_000_000, isBounded: true });
  });
});
