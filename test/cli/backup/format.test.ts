import { foreignFormatOf, formatOf, snappyLength } from "../../../cli/backup/format";
import { hadoop, raw } from "../../helpers/snappy";

describe("the format of an object", () => {
  test.each([
    ["plain", '{"attemptsMade":5'],
    ["plain", ' \n{\n "attemptsMade":5'],
    ["plain", "<html>not found</html>"],
    ["plain", "größer"],
    ["plain", "{"],
    ["plain", "{}"],
    ["unknown", "\u0000\u0001"],
    // 123 bytes, which is the code of "{".
    [
      "raw Snappy",
      raw(
        `{"a":"${Array.from({ length: 115 }, (_, at) => String.fromCharCode(33 + (at % 80))).join("")}"}`.slice(0, 123),
      ),
    ],
  ])("is %s", (format, head) => {
    expect(formatOf(Buffer.from(head))).toBe(format);
  });

  test("is that of the text whatever its length", () => {
    for (let length = 1; length < 3000; length++) {
      const text = `{"${"x".repeat(length)}`;
      expect(formatOf(raw(text).subarray(0, 64))).toBe("raw Snappy");
      expect(formatOf(hadoop(text).subarray(0, 64))).toBe("Hadoop Snappy");
    }
  });
});

describe("a format that Firehose does not use", () => {
  test.each([
    ["28b52ffd24", "Zstandard"],
    ["04224d18", "LZ4"],
    ["fd377a585a00", "XZ"],
    ["425a6839", "bzip2"],
    ["377abcaf271c", "7-Zip"],
    ["50415231", "Parquet"],
    ["4f524300", "ORC"],
    ["4f626a01", "Avro"],
    ["789c", "zlib"],
    ["00", "an unknown format that begins with the bytes 00"],
    ["0001020304050607ff", "an unknown format that begins with the bytes 00 01 02 03 04 05 06 07"],
  ])("that begins with %s is unknown, and has the name %s", (hex, name) => {
    expect(formatOf(Buffer.from(hex, "hex"))).toBe("unknown");
    expect(foreignFormatOf(Buffer.from(hex, "hex"))).toBe(name);
  });
});

describe("the length at the beginning of a Snappy block", () => {
  test.each([
    ["00", { value: 0, bytes: 1 }],
    ["7f", { value: 127, bytes: 1 }],
    ["8001", { value: 128, bytes: 2 }],
    ["ffffffff0f", { value: 0xffff_ffff, bytes: 5 }],
    ["8080808010", undefined],
    ["808080808001", undefined],
    ["80", undefined],
    ["", undefined],
  ])("of %s is %j", (hex, length) => {
    expect(snappyLength(Buffer.from(hex, "hex"))).toEqual(length);
  });
});
