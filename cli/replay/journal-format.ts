import { asObject, type JsonObject, parsedJson } from "../../iam/json";
import type { BackupObject } from "../backup/objects";
import { UnusableInput } from "../exit-codes";
import type { ReplayOutcome } from "./outcome";

const FORMAT = "kloudfuse-firehose-replay";
/** Version 1 had no header, an index for each record instead of ranges, and other names for the counts. */
const VERSION = 2;

/** How a journal begins: with its header, or with an object where its version is 1. */
const BEGINNINGS = [`{"journal":"${FORMAT}"`, '{"object":"'];

/** More records than an object can have: a larger range is corrupt, and would not fit into memory. */
const MAX_RANGE = 10_000_000;

/** The state of an object after earlier runs. */
export interface ObjectState {
  /** The indexes of the accepted records; empty once the object is complete. */
  readonly accepted: ReadonlySet<number>;
  /** Undefined until the object is complete. */
  readonly outcome: ReplayOutcome | undefined;
}

/** The id of an object; an object that is overwritten with other content gets another id. */
export const idOf = ({ bucket, key, etag }: BackupObject): string => `${bucket}/${key} ${etag}`;

export const headerLine = (): string => `${JSON.stringify({ journal: FORMAT, version: VERSION })}\n`;

/** The line for accepted records of an object. */
export const acceptedLine = (id: string, indexes: Iterable<number>): string =>
  `${JSON.stringify({ object: id, accepted: rangesOf(indexes) })}\n`;

/** The line for an object that has nothing left to send. */
export const completeLine = (id: string, complete: ReplayOutcome): string =>
  `${JSON.stringify({ object: id, complete })}\n`;

/** The most bytes that are needed to record records of an object: that they were accepted, and that it is complete. */
export const maxLineBytes = (id: string, records: number): number =>
  2 * (Buffer.byteLength(JSON.stringify(id)) + 100) + 22 * records;

/** @throws UnusableInput when a file that begins with the text is not a journal, nor blank, nor cut off in its first line */
export function assertJournal(file: string, text: string): void {
  const beginning = text.replace(/^[\0\s]+/, "");
  if (!BEGINNINGS.some((each) => beginning.startsWith(each) || each.startsWith(beginning))) {
    throw new UnusableInput(
      `${file} is not a journal: it begins with neither a header nor an object. Nothing was sent, and the file was not changed. Pass another file with --journal. If this one was a journal, restore it: without it only the tags on the objects say what was accepted, and records of incomplete objects are sent again.`,
    );
  }
}

/**
 * The content of a journal.
 *
 * @throws UnusableInput when it is not a journal, corrupt or of a newer version; an incomplete last line, of a process that
 *   was killed while it wrote, is ignored
 */
export function parseJournal(file: string, text: string): Map<string, ObjectState> {
  assertJournal(file, text);
  const states = new Map<string, MutableState>();
  const lines = text.split("\n").map((line, index) => ({ line, number: index + 1 }));
  // Blank lines are reserved space, and NUL is what a file system puts there after a power failure.
  const written = lines.filter(({ line }) => line.replaceAll("\0", "").trim() !== "");
  for (const [index, { line, number }] of written.entries()) {
    const json = parseLine(line);
    if (json === undefined && index === written.length - 1) {
      break;
    }
    if (index === 0 && json?.["journal"] !== undefined) {
      assertHeader(file, json);
      continue;
    }
    const entry = json && parseEntry(json);
    if (entry === undefined) {
      throw corrupt(file, number);
    }
    const state = states.get(entry.id) ?? { accepted: new Set(), outcome: undefined };
    addEntry(state, entry);
    states.set(entry.id, state);
  }
  return states;
}

interface MutableState {
  readonly accepted: Set<number>;
  outcome: ReplayOutcome | undefined;
}

function addEntry(state: MutableState, { accepted, outcome }: JournalEntry): void {
  if (outcome !== undefined) {
    state.accepted.clear();
    state.outcome = outcome;
  }
  for (const [from, to] of accepted) {
    for (let index = from; index <= to; index++) {
      state.accepted.add(index);
    }
  }
}

/** The same content in as few lines as possible. */
export function formatJournal(states: ReadonlyMap<string, ObjectState>): string {
  const lines = [...states].map(([id, { accepted, outcome }]) =>
    outcome === undefined ? acceptedLine(id, accepted) : completeLine(id, outcome),
  );
  return headerLine() + lines.join("");
}

function assertHeader(file: string, { journal, version }: JsonObject): void {
  if (journal !== FORMAT || typeof version !== "number") {
    throw corrupt(file, 1);
  }
  if (version > VERSION) {
    throw new UnusableInput(
      `The journal ${file} has format version ${version}, written by a newer kloudfuse-firehose; this one reads version ${VERSION}. Update it, or pass another file with --journal.`,
    );
  }
}

const corrupt = (file: string, line: number): UnusableInput =>
  new UnusableInput(
    `The journal ${file} is corrupt in line ${line}. Nothing was sent. Restore the file, or move it away: then only the tags on the objects say what was accepted, and records of incomplete objects are sent again.`,
  );

/** A range of indexes, both ends included. */
type IndexRange = readonly [from: number, to: number];

interface JournalEntry {
  readonly id: string;
  readonly accepted: readonly IndexRange[];
  readonly outcome: ReplayOutcome | undefined;
}

function parseEntry({ object, accepted, complete, settled }: JsonObject): JournalEntry | undefined {
  if (typeof object !== "string") {
    return undefined;
  }
  const counts = complete ?? settled;
  if (counts !== undefined) {
    const outcome = parseOutcome(asObject(counts));
    return outcome && { id: object, accepted: [], outcome };
  }
  if (!isList(accepted)) {
    return undefined;
  }
  const ranges = accepted.flatMap(parseRange);
  return ranges.length === accepted.length ? { id: object, accepted: ranges, outcome: undefined } : undefined;
}

function parseOutcome(counts: JsonObject): ReplayOutcome | undefined {
  const { accepted, skipped = counts["setAside"], corrupt = counts["broken"] } = counts;
  return isIndex(accepted) && isIndex(skipped) && isIndex(corrupt) ? { accepted, skipped, corrupt } : undefined;
}

/** @returns one range, or none where it is not valid */
function parseRange(range: unknown): readonly IndexRange[] {
  if (isIndex(range)) {
    return [[range, range]];
  }
  const [from, to, ...more] = isList(range) ? range : [];
  return isIndex(from) && isIndex(to) && from <= to && to - from < MAX_RANGE && more.length === 0 ? [[from, to]] : [];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isIndex = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

function parseLine(line: string): JsonObject | undefined {
  const json = parsedJson(line);
  return json === undefined ? undefined : asObject(json);
}

/** Combines indexes into ranges. */
function rangesOf(indexes: Iterable<number>): readonly IndexRange[] {
  const ranges = new Array<[number, number]>();
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === index - 1) {
      last[1] = index;
    } else {
      ranges.push([index, index]);
    }
  }
  return ranges;
}
