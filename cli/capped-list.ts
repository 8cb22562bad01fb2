/** The most that are listed, so that memory does not grow with what a bucket holds. */
const MAX_LISTED = 10_000;

/** A list that counts everything, and keeps the first ones. */
export class CappedList<T> {
  private readonly first = new Array<T>();
  private all = 0;

  public push(item: T): void {
    this.all += 1;
    if (this.first.length < MAX_LISTED) {
      this.first.push(item);
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
