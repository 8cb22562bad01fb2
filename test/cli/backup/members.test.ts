import { gzipSync } from "node:zlib";
import { gunzippedMembers } from "../../../cli/backup/members";

/** Data, part by part. */
type Parts = () => readonly (Buffer | string)[];

const read = async (...parts: ReturnType<Parts>): Promise<string | undefined> =>
  (await gunzippedMembers(Buffer.concat(parts.map((part) => Buffer.from(part)))))?.toString();

const one = (): Buffer => gzipSync("one");
const two = (): Buffer => gzipSync("two");

/** A member with every optional field of its header: extra field, name, comment and checksum. */
const withHeader = (): Buffer =>
  Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 65, 66]),
    Buffer.from("name\0comment\0\0\0", "latin1"),
    one().subarray(10),
  ]);

describe("the GZIP members of a record are decompressed", () => {
  test.each<[name: string, parts: Parts, expected: string]>([
    ["one", () => [one()], "one"],
    ["several", () => [one(), two()], "onetwo"],
    ["several with a line break between and behind them", () => [one(), "\n", two(), "\n"], "one\ntwo\n"],
    ["one with text behind it", () => [one(), " and text"], "one and text"],
    ["one with a header of every field, and one behind it", () => [withHeader(), "\n", two()], "one\ntwo"],
    ["one within another", () => [gzipSync(one())], "one"],
    ["an empty one", () => [gzipSync("")], ""],
  ])("%s", async (_, parts, expected) => {
    expect(await read(...parts())).toBe(expected);
  });

  const damaged = (): Buffer => {
    const content = two();
    content[content.length - 5] = (content[content.length - 5] ?? 0) ^ 0xff;
    return content;
  };
  test.each<[name: string, parts: Parts]>([
    ["text", () => ["one"]],
    ["nothing", () => []],
    ["a member that was cut", () => [one(), "\n", two().subarray(0, -1)]],
    ["a member with a wrong checksum or length", () => [one(), "\n", damaged()]],
    ["a header without content", () => [one(), "\n", two().subarray(0, 10)]],
    ["a header whose name has no end", () => [one(), "\n", Buffer.from("1f8b0808000000000003616161", "hex")]],
  ])("but not %s", async (_, parts) => {
    expect(await read(...parts())).toBeUndefined();
  });

  test("up to 4 MiB in all", async () => {
    const large = (bytes: number): Buffer => gzipSync(Buffer.alloc(bytes, "x"));
    const limit = 4 * 1024 * 1024;
    expect(await read(large(limit))).toHaveLength(limit);
    expect(await read(large(limit + 1))).toBeUndefined();
    expect(await read(large(limit - 4), "\n", gzipSync("one"))).toHaveLength(limit);
    expect(await read(large(limit - 3), "\n", gzipSync("one"))).toBeUndefined();
  });
});
