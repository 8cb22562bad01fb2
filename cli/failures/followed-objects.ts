import type { BackupObject } from "../backup/objects";
import { MINUTE_MS, type TimeRange } from "../time";

/** S3 dates an object to the start of its upload: a slow upload is older than the previous reading. */
const OVERLAP_MS = 15 * MINUTE_MS;

/** Remembers which objects were read, so that the next reading of the backup reads only new ones. */
export class FollowedObjects {
  private readBefore = new Set<string>();
  private read = new Set<string>();

  /**
   * @param range the objects of the current reading: all at first, later those since the reading before
   * @param startedAt when the current reading began
   */
  public constructor(
    public range: TimeRange,
    private startedAt: Date,
  ) {}

  /** Whether an earlier reading read the object. */
  public isRead(object: BackupObject): boolean {
    const id = idOf(object);
    if (!this.readBefore.has(id)) {
      return false;
    }
    this.read.add(id);
    return true;
  }

  public add(object: BackupObject): void {
    this.read.add(idOf(object));
  }

  /** Starts the next reading. Forgets the ids of objects that are older than its range. */
  public next(isComplete: boolean, now: Date): void {
    if (isComplete) {
      this.range = { since: new Date(this.startedAt.getTime() - OVERLAP_MS), until: undefined };
      this.readBefore = this.read;
    } else {
      // Everything that the current reading did not come to is still to be read.
      this.readBefore = new Set([...this.readBefore, ...this.read]);
    }
    this.read = new Set();
    this.startedAt = isComplete ? now : this.startedAt;
  }
}

const idOf = ({ bucket, key, etag }: BackupObject): string => `${bucket}\n${key}\n${etag}`;
