import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { sync as writeFileAtomicSync } from "write-file-atomic";
import { UnrecoverableError } from "../aws/call";
import { UndeterminedError } from "../exit-codes";
import { messageOf } from "./errors";
import { type Lock, STALE_MS } from "./lock";

/** Another process has taken over the journal. Every further request might send records twice. */
export class JournalLostError extends UnrecoverableError {}

/** The file grows by at least this much at once. */
const MIN_RESERVE_BYTES = 64 * 1024;

/** So many appends may be on their way to the disk: the disk takes longer for each than Firehose for a small batch. */
const MAX_UNSYNCED_APPENDS = 8;

const datasync = promisify(fdatasync);

/** The journal file of this process: lines, followed by line breaks as reserved space. */
export class JournalFile {
  /** Appends that are not on the disk yet. */
  private unsynced = 0;
  /** Undefined while everything is on the disk. */
  private syncing: Promise<void> | undefined;
  private readonly syncErrors = new Array<unknown>();

  private constructor(
    private readonly file: string,
    private readonly descriptor: number,
    private readonly inode: number,
    private readonly lock: Lock,
    private end: number,
    private size: number,
  ) {}

  /** Replaces the content of the file, atomically and durably. */
  public static replace(file: string, content: string, lock: Lock): JournalFile {
    writeFileAtomicSync(file, content, {
      mode: 0o600,
      fsync: true,
      // The library treats a partial write on a full disk as complete; this throws, and reserves the space.
      tmpfileCreated: (temporary) => {
        writeFileSync(temporary, content);
      },
    });
    syncFolder(dirname(file));
    const descriptor = openSync(file, "r+");
    // As long as it is open, no other file gets its inode.
    const { ino, size } = fstatSync(descriptor);
    return new JournalFile(file, descriptor, ino, lock, size, size);
  }

  /** @throws JournalLostError when the lock is lost, or another process replaced or changed the file */
  public assertHeld(): void {
    const found = statSync(this.file, { throwIfNoEntry: false });
    if (this.lock.isLost || found?.ino !== this.inode || found.size !== this.size) {
      throw new JournalLostError(
        `Another process changed the journal ${this.file} or its lock, after this one was paused for more than ${STALE_MS / 1000} seconds. This replay has sent nothing since; records that were in flight at that time may be sent twice.`,
      );
    }
  }

  /** Reserves space for bytes after the last line. @throws UndeterminedError when the disk is full */
  public reserve(bytes: number): void {
    this.assertHeld();
    const missing = this.end + bytes - this.size;
    if (missing <= 0) {
      return;
    }
    try {
      this.size += this.write(Buffer.alloc(Math.max(missing, MIN_RESERVE_BYTES), "\n"), this.size);
    } catch (error) {
      // Removes a partial write: the size shows whether another process has changed the file.
      ftruncateSync(this.descriptor, this.size);
      throw new UndeterminedError(
        `The journal ${this.file} cannot be written (${messageOf(error)}). The replay stopped before it sent records that it could not record. Make room for the journal, and run the command again.`,
      );
    }
  }

  /** Writes at once; returns when all but the latest appends are on the disk. */
  public async append(text: string): Promise<void> {
    this.assertHeld();
    try {
      this.end += this.write(Buffer.from(text), this.end);
      this.size = Math.max(this.size, this.end);
      this.unsynced += 1;
      this.syncing ??= this.sync();
      if (this.unsynced > MAX_UNSYNCED_APPENDS) {
        await this.syncing;
      }
      if (this.syncErrors.length > 0) {
        throw this.syncErrors[0];
      }
    } catch (error) {
      throw new UndeterminedError(
        `The journal ${this.file} cannot be written (${messageOf(error)}). Make room for it, and run the command again; records that were in flight may be sent twice.`,
      );
    }
  }

  /** Gives the reserved space back, and frees the lock. */
  public async close(): Promise<void> {
    let isLost = false;
    try {
      await this.syncing;
      this.assertHeld();
      ftruncateSync(this.descriptor, this.end);
      fsyncSync(this.descriptor);
    } catch (error) {
      // If the disk fails, the recorded lines are in the file already.
      isLost = error instanceof JournalLostError;
    }
    closeSync(this.descriptor);
    await this.lock.close(isLost);
  }

  /** Syncs until all appends, also later ones, are on the disk. The next append throws its error. */
  private async sync(): Promise<void> {
    try {
      while (this.unsynced > 0) {
        const appends = this.unsynced;
        await datasync(this.descriptor);
        this.unsynced -= appends;
      }
    } catch (error) {
      this.syncErrors.push(error);
    }
    this.syncing = undefined;
  }

  /** @returns the number of bytes */
  private write(bytes: Buffer, position: number): number {
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(this.descriptor, bytes, written, bytes.length - written, position + written);
    }
    return written;
  }
}

/** Makes a rename in the folder durable. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") {
    return;
  }
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
