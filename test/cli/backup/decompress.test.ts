import { gzipSync } from "node:zlib";
import { failedLine } from "../../fixtures/failed-records";
import { checksum, frame, framed, hadoop, raw, snappyJava, STREAM_IDENTIFIER, uint32 } from "../../helpers/snappy";
import { operatorCase, readEntries, seededRandom, short } from "../../helpers/backup";

const one = `${failedLine("one")}\n`;
const two = `${failedLine("two")}\n`;

describe("a backup object is read when it is", () => {
  test.each([
    ["ZIP", "f3.zip"],
    ["raw Snappy", "f3-raw.snappy"],
    ["framed Snappy", "f3-framed.snappy"],
    ["Hadoop Snappy", "f3.hsnappy"],
  ])("%s, one record", async (_, file) => {
    const content = operatorCase(file);
    const expected = [
      { kind: "record", index: 0, record: { errorCode: "HttpEndpoint.DestinationException", data: Buffer.from("x") } },
    ];
    expect(await readEntries(content)).toMatchObject(expected);
    expect(await readEntries(content, 1)).toMatchObject(expected);
  });

  test.each([
    ["several GZIP members", () => Buffer.concat([gzipSync(one), gzipSync(two)])],
    ["GZIP around GZIP", () => gzipSync(gzipSync(one + two))],
    ["GZIP around framed Snappy", () => gzipSync(Buffer.concat([STREAM_IDENTIFIER, framed(one + two)]))],
    ["framed Snappy of several frames", () => Buffer.concat([STREAM_IDENTIFIER, framed(one), framed(two)])],
    [
      "framed Snappy with padding, a frame to skip and one that is not compressed",
      () =>
        Buffer.concat([
          STREAM_IDENTIFIER,
          framed(one),
          frame(0xfe, Buffer.alloc(9)),
          frame(0x80, Buffer.from("skip")),
          frame(0x01, Buffer.concat([checksum(Buffer.from(two)), Buffer.from(two)])),
        ]),
    ],
    [
      "several streams of framed Snappy",
      () => Buffer.concat([STREAM_IDENTIFIER, framed(one), STREAM_IDENTIFIER, framed(two)]),
    ],
    ["Hadoop Snappy of several blocks", () => Buffer.concat([hadoop(one), hadoop(two)])],
    ["Hadoop Snappy of several blocks within one", () => hadoop(one, two)],
    ["Snappy of snappy-java", () => snappyJava(one + two)],
    ["several streams of snappy-java", () => Buffer.concat([snappyJava(one), snappyJava(two)])],
    ["raw Snappy", () => raw(one + two)],
    ["plain, behind a byte order mark", () => Buffer.from(`\ufeff${one}${two}`)],
    ["plain, with Windows line endings", () => Buffer.from(`${one}${two}`.replaceAll("\n", "\r\n"))],
  ])("%s", async (_, make) => {
    const content = make();
    expect(short(await readEntries(content))).toEqual(["one", "two"]);
    expect(short(await readEntries(content, 3))).toEqual(["one", "two"]);
  });

  test("Snappy of more than one of its windows", async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => failedLine(`record ${index}`));
    const text = lines.join("\n");
    const expected = lines.map((_, index) => `record ${index}`);
    expect(short(await readEntries(raw(text)))).toEqual(expected);
    expect(short(await readEntries(hadoop(text.slice(0, 200_000), text.slice(200_000))))).toEqual(expected);
    const { snappyCompress } = await import("hysnappy");
    expect(short(await readEntries(Buffer.from(snappyCompress(Buffer.from(text)))))).toEqual(expected);
  });
});

describe("a backup object that cannot be read is named, and nothing in it is taken for read", () => {
  test.each([
    [
      "Zstandard",
      () => Buffer.from("28b52ffd24", "hex"),
      "the object is Zstandard, which cannot be read; it stays as it is",
    ],
    [
      "GZIP around an unknown format",
      () => gzipSync(Buffer.from("0001020304050607", "hex")),
      "the object is GZIP around an unknown format that begins with the bytes 00 01 02 03 04 05 06 07, which cannot be read; it stays as it is",
    ],
    [
      "GZIP in four layers",
      () => gzipSync(gzipSync(gzipSync(gzipSync(one)))),
      "the object is GZIP around GZIP around GZIP around GZIP, which cannot be read; it stays as it is",
    ],
    [
      "raw Snappy of 4 GB",
      () => Buffer.from("ffffffff0ff0ff7b", "hex"),
      "the object has no magic number; it was read as raw Snappy: a Snappy block of 4294967295 bytes is larger than 33554432 bytes, the limit of this command; it stays as it is",
    ],
  ])("%s", async (_, content, message) => {
    await expect(readEntries(content())).rejects.toThrow(message);
  });

  test.each([
    [
      "raw Snappy",
      "f3-raw.snappy",
      200,
      "the object has no magic number; it was read as raw Snappy: Snappy: missing eof marker; it stays as it is",
    ],
    ["ZIP", "f3.zip", 300, /^the object cannot be read: ZIP: .*end of central directory record.*; it stays as it is$/i],
  ])("%s that was truncated", async (_, file, bytes, message) => {
    await expect(readEntries(operatorCase(file).subarray(0, bytes))).rejects.toThrow(message);
  });

  test.each([
    ["xz", "fd377a585a00", "XZ"],
    ["bzip2", "425a6839314159265359", "bzip2"],
    ["Parquet", "504152311504", "Parquet"],
    ["zlib", "789c", "zlib"],
    [
      "an encrypted object",
      "9f8e7d6c5b4a39281706",
      "an unknown format that begins with the bytes 9f 8e 7d 6c 5b 4a 39 28",
    ],
  ])("%s", async (_, hex, name) => {
    await expect(readEntries(Buffer.from(hex, "hex"))).rejects.toThrow(
      `the object is ${name}, which cannot be read; it stays as it is`,
    );
  });
});

describe("a corrupt end is an entry behind the records before it:", () => {
  const damaged = (content: Buffer, at: number): Buffer => {
    const copy = Buffer.from(content);
    copy[at] = (copy[at] ?? 0) ^ 0xff;
    return copy;
  };
  const frames = (): Buffer => Buffer.concat([STREAM_IDENTIFIER, framed(one), framed(two)]);

  test.each([
    [
      "a frame of Snappy with another checksum",
      () => damaged(frames(), 10 + framed(one).length + 5),
      "the checksum of a Snappy frame does not match",
    ],
    ["framed Snappy that was truncated", () => frames().subarray(0, -10), "unexpected end of Snappy data"],
    [
      "a frame that there is not",
      () => Buffer.concat([STREAM_IDENTIFIER, framed(one), frame(0x02, Buffer.alloc(4))]),
      "there is no Snappy frame of type 2",
    ],
    [
      "Hadoop Snappy that was truncated",
      () => Buffer.concat([hadoop(one), hadoop(two).subarray(0, 20)]),
      "unexpected end of Snappy data",
    ],
    [
      "Hadoop Snappy with a wrong length",
      () => Buffer.concat([hadoop(one), uint32(3), uint32(raw(two).length), raw(two)]),
      "a block of Hadoop Snappy does not have the length that it says",
    ],
    [
      "Snappy of snappy-java that was truncated",
      () => Buffer.concat([snappyJava(one), snappyJava(two).subarray(0, 30)]),
      "unexpected end of Snappy data",
    ],
  ])("%s", async (_, content, reason) => {
    expect(short(await readEntries(content()))).toEqual(["one", `corrupt: the rest is corrupt: ${reason}`]);
  });

  test("a ZIP archive with another checksum", async () => {
    const archive = operatorCase("f3.zip");
    const directory = archive.indexOf("PK\u0001\u0002");
    expect(short(await readEntries(damaged(archive, directory + 16)))).toEqual([
      "x",
      "corrupt: the rest is corrupt: ZIP: the checksum does not match",
    ]);
  });
});

describe("whatever is truncated or corrupt,", () => {
  const lines = Array.from({ length: 40 }, (_, index) => `${failedLine(`record ${index}`)}\n`);
  const contents = {
    plain: () => Buffer.from(lines.join("")),
    GZIP: () => gzipSync(lines.join("")),
    "GZIP of many members": () => Buffer.concat(lines.map((line) => gzipSync(line))),
    "framed Snappy": () => Buffer.concat([STREAM_IDENTIFIER, ...lines.map(framed)]),
    "Hadoop Snappy": () => Buffer.concat(lines.map((line) => hadoop(line))),
    "raw Snappy": () => raw(lines.join("")),
    ZIP: () => operatorCase("f3.zip"),
  } as const satisfies Readonly<Record<string, () => Buffer>>;

  test.each(Object.entries(contents))(
    "%s is read to an end, and gives no record that is not in it",
    async (name, contentOf) => {
      const random = seededRandom(20261126);
      const content = contentOf();
      const known = new Set([...lines.map((_, index) => `record ${index}`), "x"]);
      for (let run = 0; run < 150; run++) {
        const copy = Buffer.from(
          content.subarray(0, run % 3 === 0 ? Math.floor(random() * content.length) : content.length),
        );
        for (let flips = run % 3 === 0 ? 0 : 1 + Math.floor(random() * 3); flips > 0; flips--) {
          copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
        }
        const reading = readEntries(copy, 1 + Math.floor(random() * 5000));
        const list = await reading.catch((error: unknown) => String(error));
        if (typeof list === "string") {
          expect(list).toMatch(/it stays as it is$/);
        } else if (!["plain", "GZIP", "Hadoop Snappy", "ZIP"].includes(name)) {
          // Where there is a checksum for each record, or no record without a whole block.
          const records = short(list).filter((text) => !text.startsWith("corrupt: "));
          expect(name === "raw Snappy" ? [] : records.filter((text) => !known.has(text))).toEqual([]);
        }
      }
    },
  );

  test.each(["GZIP", "GZIP of many members", "framed Snappy", "Hadoop Snappy"] as const)(
    "%s is whole in chunks of any size",
    async (name) => {
      const random = seededRandom(7);
      const content = contents[name]();
      for (let run = 0; run < 40; run++) {
        expect(short(await readEntries(content, 1 + Math.floor(random() * 300)))).toHaveLength(40);
      }
    },
  );

  test.each(["GZIP", "GZIP of many members", "framed Snappy", "Hadoop Snappy"] as const)(
    "%s that was truncated says so, and gives the records before",
    async (name) => {
      const content = contents[name]();
      for (let end = 20; end < content.length; end += 97) {
        const list = short(await readEntries(content.subarray(0, end)).catch(() => []));
        const isAtEndOfMember = list.length > 0 && list.every((text) => text.startsWith("record "));
        list.slice(0, -2).forEach((text, index) => {
          expect(text).toBe(`record ${index}`);
        });
        if (name === "GZIP" || (list.length > 0 && !isAtEndOfMember)) {
          expect(list.at(-1)).toMatch(/^corrupt: the rest is corrupt: unexpected end of/);
        }
      }
    },
  );
});
