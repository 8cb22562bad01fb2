import { LineSplitter } from "../../../cli/backup/lines";

/** The lines of a text that comes in chunks of so many bytes. */
function lines(text: string, chunkBytes: number, maxBytes = 100): string[] {
  const splitter = new LineSplitter(maxBytes);
  const all = new Array<string>();
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    all.push(...[...splitter.add(bytes.subarray(from, from + chunkBytes))].flat());
  }
  return [...all, ...splitter.end()];
}

describe("a text is split into lines", () => {
  test.each([1, 2, 3, 100])("that comes in chunks of %i bytes", (chunkBytes) => {
    expect(lines("one\ntwo\n\ngrößer 日本\nlast", chunkBytes)).toEqual(["one", "two", "", "größer 日本", "last"]);
  });

  test("without a line behind the last line break", () => {
    expect(lines("one\n", 100)).toEqual(["one"]);
    expect(lines("", 100)).toEqual([]);
  });

  test.each([1, 3, 100])("of which one is longer than the limit, in chunks of %i bytes", (chunkBytes) => {
    expect(lines("12345\n123456\n1\n1234567", chunkBytes, 5)).toEqual(["12345", "12345", "1", "12345"]);
  });

  test("at most 1,000 at once", () => {
    const lengths = [...new LineSplitter(10).add(Buffer.from("x\n".repeat(2001)))].map(({ length }) => length);
    expect(lengths).toEqual([1000, 1000, 1]);
  });

  test("whose end is reported once", () => {
    const splitter = new LineSplitter(10);
    expect([...splitter.add(Buffer.from("one"))]).toEqual([[]]);
    expect(splitter.end()).toEqual(["one"]);
    expect(splitter.end()).toEqual([]);
  });
});
