import { buf as crc32 } from "crc-32";
import { ChunkReader } from "../../../cli/backup/chunk-reader";
import { unzip } from "../../../cli/backup/unzip";
import { operatorCase } from "../../helpers/backup";
import { chunksOf, textOf } from "../../helpers/chunks";

/** An archive of files that are stored without compression. */
function zip(files: readonly { readonly text: string; readonly checksum?: number }[]): Buffer {
  const locals = new Array<Buffer>();
  const directory = new Array<Buffer>();
  let offset = 0;
  for (const [index, { text, checksum = crc32(Buffer.from(text)) }] of files.entries()) {
    const name = Buffer.from(String(index));
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeInt32LE(checksum | 0, 10);
    fields.writeUInt32LE(text.length, 14);
    fields.writeUInt32LE(text.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, name, Buffer.from(text)]);
    locals.push(local);
    directory.push(Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), fields, rest, name);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, entries, Buffer.from("PK\x05\x06"), end]);
}

const read = async (archive: Buffer): Promise<string[]> =>
  await textOf(unzip(new ChunkReader(chunksOf(archive, 64 * 1024))));

describe("a ZIP archive", () => {
  test("is read file by file, with a line break behind each", async () => {
    expect(await read(zip([{ text: "one" }, { text: "two" }]))).toEqual(["one", "\n", "two", "\n"]);
    expect(await read(zip([]))).toEqual([]);
  });

  test("is read when it is compressed", async () => {
    expect((await read(operatorCase("f3.zip"))).join("")).toMatch(/^\{"attemptsMade":5,.*\}\n+$/);
  });

  test("with a wrong checksum gives what is good, and says so", async () => {
    expect(await read(zip([{ text: "one" }, { text: "two", checksum: 1 }, { text: "three" }]))).toEqual([
      "one",
      "\n",
      "two",
      "error: ZIP: the checksum does not match",
    ]);
  });

  test("that is none cannot be read, and stays as it is", async () => {
    expect(await read(Buffer.from("PK\x03\x04"))).toEqual([
      expect.stringMatching(/^error: the object cannot be read: ZIP: .*; it stays as it is$/),
    ]);
  });

  test("of more than 32 MiB is not read into memory", async () => {
    const limit = 32 * 1024 * 1024;
    expect(await read(Buffer.alloc(limit))).toEqual([expect.stringMatching(/end of central directory/i)]);
    expect(await read(Buffer.alloc(limit + 1))).toEqual([
      `error: the object is a ZIP archive of more than ${limit} bytes, the limit of this command; it stays as it is`,
    ]);
  });
});
