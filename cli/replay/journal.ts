import { appendFileSync, closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { asObject, type JsonObject } from "../../policies/json";
import type { BackupObject } from "../backup/objects";
import { CannotTell } from "../exit-codes";
import { Lock } from "./lock";
import type { Settled } from "./outcome";

/** What is known of an object from this run and those before. */
export interface ObjectState {
  /** The places of the records that were accepted; empty once the object is settled. */
  readonly accepted: Set<number>;
  readonly settled: Settled | undefined;
}

/** Where the journal of a bucket stands, unless it is said otherwise. */
export function journalOf(bucket: string): string {
  const { XDG_STATE_HOME = "" } = process.env;
  const state = XDG_STATE_HOME === "" ? join(homedir(), ".local/state") : XDG_STATE_HOME;
  return join(state, "kloudfuse-firehose", `replay-${bucket}.jsonl`);
}

/**
 * What was accepted, on disk before anything else is done: a run that is killed continues where it was.
 * One line of JSON for every part of an object that was accepted, and one once nothing of it is left to send.
 */
export class Journal {
  private readonly states = new Map<string, ObjectState>();
  private open: { readonly descriptor: number; readonly lock: Lock } | undefined;

  private constructor(public readonly file: string) {
    for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
      this.remember(line);
    }
  }

  /** What earlier runs wrote, to be read only. */
  public static read(file: string): Journal {
    return new Journal(file);
  }

  /** @throws UnusableInput when another replay writes to it, or the file cannot be written */
  public static async open(file: string, abortSignal: AbortSignal): Promise<Journal> {
    const lock = await Lock.take(`${file}.lock`, `The journal ${file}`, abortSignal);
    const journal = new Journal(file);
    journal.compact();
    journal.open = { descriptor: openSync(file, "a", 0o600), lock };
    return journal;
  }

  public state(object: BackupObject): ObjectState {
    return this.states.get(idOf(object)) ?? { accepted: new Set(), settled: undefined };
  }

  public accept(object: BackupObject, accepted: readonly number[]): void {
    const state = this.state(object);
    for (const index of accepted) {
      state.accepted.add(index);
    }
    this.states.set(idOf(object), state);
    this.write({ object: idOf(object), accepted });
  }

  public settle(object: BackupObject, settled: Settled): void {
    this.states.set(idOf(object), { accepted: new Set(), settled });
    this.write({ object: idOf(object), settled });
  }

  public close(): void {
    if (this.open !== undefined) {
      closeSync(this.open.descriptor);
      this.open.lock.release();
    }
  }

  private write(line: JsonObject): void {
    if (this.open === undefined) {
      throw new Error(`The journal ${this.file} was opened to be read.`);
    }
    try {
      // Synchronous: the process may be killed between an answer and anything that comes later.
      appendFileSync(this.open.descriptor, `${JSON.stringify(line)}\n`);
    } catch (error) {
      throw new CannotTell(
        `The journal ${this.file} cannot be written (${String(error)}). Make room for it; the requests that were under way may be sent twice.`,
      );
    }
  }

  private remember(line: string): void {
    const json = parsed(line);
    const { object, accepted, settled } = json;
    if (typeof object !== "string") {
      return;
    }
    if (settled !== undefined) {
      const counts = asObject(settled);
      const count = (name: string): number => Number(counts[name] ?? 0);
      this.states.set(object, {
        accepted: new Set(),
        settled: { accepted: count("accepted"), setAside: count("setAside"), broken: count("broken") },
      });
    } else if (Array.isArray(accepted)) {
      const state = this.states.get(object) ?? { accepted: new Set<number>(), settled: undefined };
      accepted.filter((index) => typeof index === "number").forEach((index) => state.accepted.add(index));
      this.states.set(object, state);
    }
  }

  private compact(): void {
    const text = [...this.states].map(([object, { accepted, settled }]) =>
      JSON.stringify(settled === undefined ? { object, accepted: [...accepted] } : { object, settled }),
    );
    const temporary = `${this.file}.new`;
    writeFileSync(temporary, text.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    renameSync(temporary, this.file);
  }
}

/** An object that is written anew is another one. */
const idOf = ({ bucket, key, etag }: BackupObject): string => `${bucket}/${key} ${etag}`;

/** A line that was cut when the process was killed says nothing. */
function parsed(line: string): JsonObject {
  try {
    return asObject(JSON.parse(line));
  } catch {
    return {};
  }
}
