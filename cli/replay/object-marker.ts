import { toUserError } from "../aws/call";
import type { BackupObject } from "../backup/objects";
import { BackgroundCalls } from "./background-calls";
import { isReplayed, type ReplayOutcome } from "./outcome";
import type { StreamSummary } from "./summary";
import type { Tags } from "./tags";

/** Calls of S3 in flight. */
const MAX_IN_FLIGHT = 32;

/** Marks completed objects in S3 in the background: tags them, or deletes them. */
export class ObjectMarker {
  private readonly calls = new BackgroundCalls(MAX_IN_FLIGHT);

  public constructor(
    private readonly tags: Tags,
    private readonly deleteReplayed: boolean,
    private readonly summary: StreamSummary,
  ) {}

  /** Marks an object that has nothing left to send. */
  public async mark(object: BackupObject, outcome: ReplayOutcome): Promise<void> {
    if (outcome.corrupt > 0 && outcome.accepted === 0) {
      // Nothing of it was sent: it is left for a later version, or for a person, that can read it.
      return;
    }
    await this.calls.start(async () => {
      const isDeleted = isReplayed(outcome) && (await this.delete(object));
      if (!isDeleted) {
        await this.tags.complete(object, outcome);
      }
    });
  }

  /** Deletes an object that an earlier run replayed, if replayed objects are to be deleted. */
  public async deleteReplayedBefore(object: BackupObject): Promise<void> {
    if (this.deleteReplayed) {
      await this.calls.start(async () => {
        await this.delete(object);
      });
    }
  }

  /**
   * @throws UndeterminedError when the replay must stop because of a failed call, or of another replay on another
   * machine
   */
  public throwError(): void {
    this.calls.throwError();
  }

  /** Waits until everything is marked; `throwError` says whether that failed. */
  public async drain(): Promise<void> {
    await this.calls.drain();
    this.summary.tagging = this.tags.refused ?? null;
  }

  /** @returns whether it is deleted */
  private async delete(object: BackupObject): Promise<boolean> {
    if (!this.deleteReplayed) {
      return false;
    }
    try {
      await this.tags.delete(object);
      this.summary.deleted += 1;
      return true;
    } catch (error) {
      this.summary.unreadable.add(() => ({ what: object.key, reason: toUserError("s3:DeleteObject", error).message }));
      return false;
    }
  }
}
