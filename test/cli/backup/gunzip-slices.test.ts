import { gunzipSlices, outputBytes } from "../../../cli/backup/gunzip-slices";
import { ENDS_OF_GZIP, oneTwo } from "../../fixtures/gzip";
import { chunksOf, textOf } from "../../helpers/chunks";

const read = async (content: Buffer, chunkBytes = 64 * 1024): Promise<string[]> =>
  await textOf(gunzipSlices(chunksOf(content, chunkBytes)));

describe("slices of GZIP data", () => {
  test.each([1, 7, 4096, 64 * 1024])("are decompressed in chunks of %i bytes", async (chunkBytes) => {
    expect((await read(oneTwo(), chunkBytes)).join("")).toBe("onetwo");
  });

  test.each(ENDS_OF_GZIP)("%s: all that is good comes before an error", async (_, content, chunkBytes, texts) => {
    expect(await read(content(), chunkBytes)).toEqual(texts);
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
