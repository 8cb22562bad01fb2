import { call } from "./call";

/**
 * The pages of an SDK paginator, requested lazily. If AWS says that the resource does not exist, yields undefined, and
 * ends.
 *
 * @param action the permission that the calls need, such as `s3:ListBucket`
 * @throws UndeterminedError when AWS gives no answer: what to do is in the message
 */
export async function* pagesOf<Page>(
  action: string,
  paginator: AsyncGenerator<Page, unknown>,
): AsyncGenerator<Page | undefined, undefined> {
  let result = await call(action, paginator.next());
  while (result?.done !== true) {
    yield result?.value;
    result = await call(action, paginator.next());
  }
}

/** The items of every page that a paginator of the SDK yields. */
export async function collected<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items = new Array<Item>();
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
  }
  return items;
}
