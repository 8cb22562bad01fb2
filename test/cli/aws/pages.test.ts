import { Readable } from "node:stream";
import { collected, pagesOf } from "../../../cli/aws/pages";

describe("the pages of a paginator", () => {
  /** Yields one page for each text, and throws the error after them; counts what was requested. */
  function paginator(texts: readonly string[], error?: Error): { pages: AsyncGenerator<string>; requests: string[] } {
    const requests = new Array<string>();
    async function* pages(): AsyncGenerator<string> {
      for (const text of texts) {
        requests.push(text);
        yield await Promise.resolve(text);
      }
      if (error !== undefined) {
        throw error;
      }
    }
    return { pages: pages(), requests };
  }
  const named = (name: string): Error => Object.assign(new Error("from the test"), { name });

  test("are those that AWS answers, in their order", async () => {
    expect(await collected(pagesOf("s3:ListBucket", paginator(["a", "b"]).pages), (page) => [page])).toEqual([
      "a",
      "b",
    ]);
    expect(await pagesOf("s3:ListBucket", paginator([]).pages).next()).toEqual({ value: undefined, done: true });
  });

  test("are requested when they are asked for", async () => {
    const { pages, requests } = paginator(["a", "b"]);
    for await (const page of pagesOf("s3:ListBucket", pages)) {
      expect(page).toBe("a");
      break;
    }
    expect(requests).toEqual(["a"]);
  });

  test("end with undefined where there is no such thing, also after the first one", async () => {
    const { pages } = paginator(["a"], named("NoSuchBucket"));
    expect(await collected(pagesOf("s3:ListBucket", pages), (page) => [page])).toEqual(["a", undefined]);
  });

  test("are undetermined where AWS denies one", async () => {
    const pages = pagesOf("s3:ListBucket", paginator(["a"], named("AccessDenied")).pages);
    expect((await pages.next()).value).toBe("a");
    await expect(pages.next()).rejects.toThrow("AWS denied s3:ListBucket.");
  });
});

test("the items of all pages are collected in order; a page may have none", async () => {
  const pages = Readable.from([{ names: ["a", "b"] }, {}, { names: ["c"] }]);
  expect(await collected<{ readonly names?: string[] }, string>(pages, ({ names }) => names)).toEqual(["a", "b", "c"]);
});
