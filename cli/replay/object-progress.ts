import type { BackupObject } from "../backup/objects";
import type { Settled } from "./outcome";

/** How far an object has come: it is settled once it was read to its end and nothing of it waits to be accepted. */
export class ObjectProgress {
  private waiting = 0;
  private isRead = false;
  private accepted: number;
  private setAside = 0;
  private broken = 0;

  public constructor(
    public readonly object: BackupObject,
    public readonly tagCount: number,
    acceptedBefore: number,
  ) {
    this.accepted = acceptedBefore;
  }

  public wait(): void {
    this.waiting += 1;
  }

  public accept(): void {
    this.waiting -= 1;
    this.accepted += 1;
  }

  public putAside(): void {
    this.setAside += 1;
  }

  public break(): void {
    this.broken += 1;
  }

  public end(): void {
    this.isRead = true;
  }

  /** What became of it, once nothing more will. */
  public get settled(): Settled | undefined {
    const { accepted, setAside, broken } = this;
    return this.isRead && this.waiting === 0 ? { accepted, setAside, broken } : undefined;
  }
}
