/** Limits the number of records that are listed by all readings that share it. */
export class RecordLimit {
  private listed = 0;

  public constructor(private readonly max: number) {}

  /** Returns whether one more record may be listed, and counts it. */
  public take(): boolean {
    const isLeft = this.listed < this.max;
    this.listed += isLeft ? 1 : 0;
    return isLeft;
  }
}
