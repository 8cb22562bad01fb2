import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import type { BackupObject } from "../backup/objects";
import { UnusableInput } from "../exit-codes";
import { codeOf, messageOf } from "./errors";
import { JournalFile } from "./journal-file";
import { assertJournal, formatJournal, idOf, type ObjectState, parseJournal } from "./journal-format";
import { Lock } from "./lock";

const BEGINNING_BYTES = 1024;

const UNKNOWN_OBJECT: ObjectState = { accepted: new Set(), outcome: undefined };

/**
 * What was accepted, on disk before anything else happens, so that a run that is killed continues where it stopped.
 *
 * Only the holder of the lock writes. A process that takes over a lock first makes the file longer, then reads it, then
 * replaces it: a previous holder that wakes up finds another file than its own, and neither sends nor writes.
 *
 * The space for what will be recorded is reserved before a request is sent: a full disk stops the replay before
 * records are sent whose acceptance could not be recorded.
 */
export class Journal {
  private constructor(
    public readonly file: string,
    private readonly states: ReadonlyMap<string, ObjectState>,
    private readonly open: JournalFile | undefined,
  ) {}

  /** Opens a journal for reading only. @throws UnusableInput when it cannot be read */
  public static read(file: string): Journal {
    return new Journal(file, load(file), undefined);
  }

  /** @throws UnusableInput when another replay writes to it, it cannot be read or written, or is corrupt or newer */
  public static async open(file: string, abortSignal: AbortSignal): Promise<Journal> {
    let lock: Lock | undefined;
    try {
      lock = await Lock.acquire(file, abortSignal);
      appendEmptyLine(file);
      const states = load(file);
      return new Journal(file, states, JournalFile.replace(file, formatJournal(states), lock));
    } catch (error) {
      await lock?.close();
      if (error instanceof UnusableInput || abortSignal.aborted) {
        throw error;
      }
      throw new UnusableInput(
        `The journal ${file} cannot be written (${messageOf(error)}). Nothing was sent. Make room for it, or pass a file in another folder with --journal.`,
      );
    }
  }

  public state(object: BackupObject): ObjectState {
    return this.states.get(idOf(object)) ?? UNKNOWN_OBJECT;
  }

  /**
   * Reserves space for what is to be recorded.
   *
   * @throws UndeterminedError when the disk is full
   * @throws JournalLostError when another process has taken over
   */
  public reserve(bytes: number): void {
    this.writable.reserve(bytes);
  }

  /** @throws JournalLostError when another process has taken over */
  public assertHeld(): void {
    this.writable.assertHeld();
  }

  /**
   * Appends lines immediately: a killed process loses none of them. Returns when all but the latest lines are synced to
   * the disk: a power failure loses at most these.
   *
   * @throws UndeterminedError when it cannot be written
   * @throws JournalLostError when another process has taken over
   */
  public async append(lines: string): Promise<void> {
    await this.writable.append(lines);
  }

  public async close(): Promise<void> {
    await this.open?.close();
  }

  private get writable(): JournalFile {
    if (this.open === undefined) {
      throw new Error(`The journal ${this.file} was opened for reading.`);
    }
    return this.open;
  }
}

/**
 * Shows a previous holder of the lock that this process takes over: see `Journal`.
 *
 * @throws UnusableInput when the file is not a journal, which then stays as it is
 */
function appendEmptyLine(file: string): void {
  const descriptor = openSync(file, "a+", 0o600);
  try {
    const beginning = Buffer.alloc(BEGINNING_BYTES);
    assertJournal(file, beginning.toString("utf8", 0, readSync(descriptor, beginning, 0, BEGINNING_BYTES, 0)));
    writeSync(descriptor, "\n");
  } finally {
    closeSync(descriptor);
  }
}

function load(file: string): Map<string, ObjectState> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return new Map();
    }
    throw new UnusableInput(`The journal ${file} cannot be read (${messageOf(error)}). Nothing was sent.`);
  }
  return parseJournal(file, text);
}
