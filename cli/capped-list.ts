/** Bounds the memory, whatever a bucket holds. */
const MAX_LISTED = 10_000;

/** A list that counts everything, and keeps the first ones. */
export class CappedList<T> {
  private readonly first = new Array<T>();
  private all = 0;

  /** @param itemOf creates the item; only called for items that are kept, so that the others cost no memory */
  public add(itemOf: () => T): void {
    this.all += 1;
    if (this.first.length < MAX_LISTED) {
      this.first.push(itemOf());
    }
  }

  public get count(): number {
    return this.all;
  }

  public get items(): readonly T[] {
    return this.first;
  }

  /** As JSON for machines. */
  public toJSON(): { readonly count: number; readonly items: readonly T[] } {
    return { count: this.all, items: this.first };
  }
}
