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
