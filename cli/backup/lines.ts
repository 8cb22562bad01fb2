const NEW_LINE = 0x0a;

/** The lines of a text in UTF-8. What a line has beyond `longestBytes` is dropped, so that memory stays bounded. */
export async function* lines(chunks: AsyncIterable<Buffer>, longestBytes: number): AsyncGenerator<string> {
  let parts = new Array<Buffer>();
  let length = 0;
  const keep = (part: Buffer): void => {
    if (part.length > 0 && length < longestBytes) {
      parts.push(part.subarray(0, longestBytes - length));
    }
    length += part.length;
  };
  const line = (): string => {
    const text = Buffer.concat(parts).toString("utf8");
    parts = [];
    length = 0;
    return text;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, from)) {
      keep(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (length > 0) {
    yield line();
  }
}
