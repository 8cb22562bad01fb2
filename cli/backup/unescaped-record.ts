import { type JsonObject, parsedJson } from "../../iam/json";
import { isEscaped, jsonValueEnd, stringEnd } from "./json-values";

const NAME = /\s*"([A-Za-z_]\w{0,63})"\s*:\s*/y;
const SCALAR = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const COMMA = /\s*,/y;
const END = /\s*\}\s*$/y;
/** What follows a string: the next field, or the end of the record. */
const AFTER_STRING = /\s*(?:,\s*"[A-Za-z_]\w{0,63}"\s*:|\}\s*$)/y;

const MAX_FIELDS = 32;
/** The limit of steps for each mode: the text may be hostile. */
const MAX_STEPS = 100_000;

/** Which strings may contain unescaped quotes, and whether a backslash escapes a quote. */
interface Mode {
  readonly isFree: (name: string) => boolean;
  readonly isEscaping: boolean;
}

/** The most likely first. rawData is Base64, and never contains a quote. */
const MODES: readonly Mode[] = [
  { isFree: (name) => name === "errorMessage", isEscaping: true },
  { isFree: (name) => name !== "rawData", isEscaping: true },
  { isFree: (name) => name !== "rawData", isEscaping: false },
];

/**
 * A record whose strings are not escaped: Firehose quotes the endpoint's response as it is, with its quotes and line
 * breaks. A string ends where the rest of the text is a sequence of fields, each of which occurs once.
 *
 * @param isBalanced whether such a string must have as many closing as opening braces: with fewer, the record may go
 * on, and the response may as well have been truncated
 */
export function unescapedRecord(text: string, isBalanced: boolean): JsonObject | undefined {
  const from = text.search(/\S/);
  if (text[from] !== "{" || !text.includes('"rawData"')) {
    return undefined;
  }
  for (const mode of MODES) {
    const fields = new RecordParser(text, mode, isBalanced).fields(from + 1, []);
    if (fields !== undefined) {
      return Object.fromEntries(fields);
    }
  }
  return undefined;
}

type Field = readonly [name: string, value: unknown];

class RecordParser {
  private steps = 0;

  public constructor(
    private readonly text: string,
    private readonly mode: Mode,
    private readonly isBalanced: boolean,
  ) {}

  /** All fields from an index to the end of the record; undefined if the rest is not a sequence of fields. */
  public fields(from: number, before: readonly Field[]): readonly Field[] | undefined {
    const name = this.match(NAME, from);
    const isNew = name !== undefined && before.every(([other]) => other !== name[1]);
    this.steps += 1;
    if (!isNew || before.length >= MAX_FIELDS || this.steps > MAX_STEPS) {
      return undefined;
    }
    const [whole, field = ""] = name;
    const valueStart = from + whole.length;
    if (this.text[valueStart] === '"') {
      return this.afterString(field, valueStart + 1, before);
    }
    const end = this.scalarEnd(valueStart) ?? jsonValueEnd(this.text, valueStart);
    return end === undefined
      ? undefined
      : this.rest(end, [...before, [field, parsedJson(this.text.slice(valueStart, end))]]);
  }

  private afterString(name: string, start: number, before: readonly Field[]): readonly Field[] | undefined {
    if (!this.mode.isFree(name)) {
      const end = stringEnd(this.text, start);
      return this.rest(end + 1, [...before, [name, unquoted(this.text.slice(start, end))]]);
    }
    // The string may end at any quote: it ends at the first one after which the rest is valid.
    let depth = 0;
    let countedTo = start;
    for (let end = this.text.indexOf('"', start); end !== -1; end = this.text.indexOf('"', end + 1)) {
      const isEnd = this.match(AFTER_STRING, end + 1) !== undefined;
      depth += isEnd && this.isBalanced ? openBraces(this.text, countedTo, end) : 0;
      countedTo = isEnd ? end : countedTo;
      if (isEnd && depth === 0 && !(this.mode.isEscaping && isEscaped(this.text, end, start))) {
        const value = this.text.slice(start, end);
        if (value.includes('"rawData"')) {
          // What follows belongs to another record.
          return undefined;
        }
        const fields = this.rest(end + 1, [...before, [name, unquoted(value)]]);
        if (fields !== undefined || this.steps > MAX_STEPS) {
          return fields;
        }
      }
    }
    return undefined;
  }

  private rest(from: number, fields: readonly Field[]): readonly Field[] | undefined {
    const comma = this.match(COMMA, from);
    if (comma !== undefined) {
      return this.fields(from + comma[0].length, fields);
    }
    return this.match(END, from) === undefined ? undefined : fields;
  }

  private scalarEnd(from: number): number | undefined {
    const scalar = this.match(SCALAR, from);
    return scalar === undefined ? undefined : from + scalar[0].length;
  }

  private match(pattern: RegExp, at: number): RegExpExecArray | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text) ?? undefined;
  }
}

/** The value of a string; the text itself if it is not escaped. */
function unquoted(text: string): string {
  const value = parsedJson(`"${text}"`);
  return typeof value === "string" ? value : text;
}

/** How many more braces open than close between two indexes. */
function openBraces(text: string, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    depth += code === 0x7b ? 1 : code === 0x7d ? -1 : 0;
  }
  return depth;
}
