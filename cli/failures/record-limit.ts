/** How many records are listed, over all readings that share the limit. */
export class RecordLimit {
  private listed = 0;

  public constructor(private readonly max: number) {}

  /** Whether one more record is listed. */
  public take(): boolean {
    const isLeft = this.listed < this.max;
    this.listed += isLeft ? 1 : 0;
    return isLeft;
  }
}
