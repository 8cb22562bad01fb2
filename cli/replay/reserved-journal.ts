import { toUserError } from "../aws/call";
import type { BackupObject } from "../backup/objects";
import type { Batch } from "./batch";
import type { Journal } from "./journal";
import { idOf, maxLineBytes } from "./journal-format";

/**
 * The journal, with space for what the batches in flight will need. Once it cannot be written, nothing more may be
 * sent; what is in flight then may still be recorded.
 */
export class ReservedJournal {
  private readonly bytes = new Map<Batch, number>();
  private error: Error | undefined;

  public constructor(private readonly journal: Pick<Journal, "reserve" | "append" | "assertHeld">) {}

  /** Reserves the space for a batch. @throws UndeterminedError when the disk is full */
  public reserve(batch: Batch): void {
    const records = new Map<BackupObject, number>();
    for (const { object } of batch.items) {
      records.set(object, (records.get(object) ?? 0) + 1);
    }
    const lines = [...records].map(([object, count]) => maxLineBytes(idOf(object), count));
    this.bytes.set(
      batch,
      lines.reduce((sum, bytes) => sum + bytes, 0),
    );
    this.journal.reserve(this.reservedBytes);
  }

  /** Releases the space of a batch that is no longer in flight: its accepted records are appended next. */
  public release(batch: Batch): void {
    this.bytes.delete(batch);
  }

  /** Whether all that was appended is in the journal. */
  public get isIntact(): boolean {
    return this.error === undefined;
  }

  /** @returns whether the lines are in the journal */
  public async append(lines: string): Promise<boolean> {
    if (lines === "") {
      return true;
    }
    try {
      // Lines about objects without records to send have no reserved space, and must not use that of batches in flight.
      this.journal.reserve(this.reservedBytes + Buffer.byteLength(lines));
    } catch (error) {
      this.fail(error);
    }
    try {
      await this.journal.append(lines);
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** @throws UndeterminedError when something could not be written, or another process has taken over the journal */
  public assertUsable(): void {
    this.throwError();
    this.journal.assertHeld();
  }

  /** @throws UndeterminedError when something could not be written */
  public throwError(): void {
    if (this.error !== undefined) {
      throw this.error;
    }
  }

  private get reservedBytes(): number {
    return [...this.bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  private fail(error: unknown): void {
    this.error ??= toUserError("Writing the journal", error);
  }
}
