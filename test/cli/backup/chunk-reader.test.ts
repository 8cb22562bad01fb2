import { ChunkReader } from "../../../cli/backup/chunk-reader";

/** A reader of chunks, and whether their source was closed. */
function reader(...texts: readonly string[]): { readonly reader: ChunkReader; readonly isClosed: () => boolean } {
  let isClosed = false;
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for (const text of texts) {
        yield await Promise.resolve(Buffer.from(text));
      }
    } finally {
      isClosed = true;
    }
  }
  return { reader: new ChunkReader(chunks()), isClosed: () => isClosed };
}

async function rest(from: ChunkReader): Promise<string[]> {
  const all = new Array<string>();
  for await (const chunk of from.rest()) {
    all.push(chunk.toString());
  }
  return all;
}

describe("a reader of chunks", () => {
  test("gives as many bytes as it is asked for, wherever the chunks end", async () => {
    const { reader: chunks } = reader("ab", "", "cde", "f");
    expect((await chunks.read(1)).toString()).toBe("a");
    expect((await chunks.read(3)).toString()).toBe("bcd");
    expect((await chunks.read(0)).toString()).toBe("");
    expect((await chunks.read(9)).toString()).toBe("ef");
    expect((await chunks.read(1)).toString()).toBe("");
  });

  test("shows the next bytes without taking them", async () => {
    const { reader: chunks } = reader("ab", "cd");
    expect((await chunks.peek(3)).toString()).toBe("abc");
    expect((await chunks.peek(9)).toString()).toBe("abcd");
    expect((await chunks.read(4)).toString()).toBe("abcd");
  });

  test("gives the rest, with what was shown and not taken", async () => {
    const { reader: chunks } = reader("ab", "cd", "ef");
    await chunks.read(1);
    await chunks.peek(2);
    expect((await rest(chunks)).join("|")).toBe("bcd|ef");
    expect(await rest(chunks)).toEqual([]);
  });

  test("closes its source once, and has no more bytes then", async () => {
    const { reader: chunks, isClosed } = reader("ab", "cd");
    await chunks.read(1);
    expect(isClosed()).toBe(false);
    await chunks.close();
    await chunks.close();
    expect(isClosed()).toBe(true);
    expect((await chunks.read(9)).toString()).toBe("b");
  });
});
