/** Content in chunks of so many bytes. */
export async function* chunksOf(content: Buffer, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < content.length; from += chunkBytes) {
    yield await Promise.resolve(content.subarray(from, from + chunkBytes));
  }
}

/** The chunks as text, and the error that ends them. */
export async function textOf(chunks: AsyncIterable<Buffer>): Promise<string[]> {
  const texts = new Array<string>();
  try {
    for await (const chunk of chunks) {
      texts.push(chunk.toString());
    }
  } catch (error) {
    texts.push(`error: ${error instanceof Error || isErrorLike(error) ? error.message : String(error)}`);
  }
  return texts;
}

/** Node's own errors are of another realm in Jest. */
const isErrorLike = (error: unknown): error is { readonly message: string } =>
  typeof error === "object" && error !== null && "message" in error && typeof error.message === "string";
