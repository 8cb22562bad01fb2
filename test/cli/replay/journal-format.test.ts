import {
  acceptedLine,
  completeLine,
  formatJournal,
  headerLine,
  idOf,
  maxLineBytes,
  parseJournal,
} from "../../../cli/replay/journal-format";
import { backupObject } from "../../fixtures/replay";

const HEADER = '{"journal":"kloudfuse-firehose-replay","version":2}\n';
const FILE = "/state/replay.jsonl";
const OUTCOME = { accepted: 3, skipped: 1, corrupt: 0 };
const parse = (text: string): unknown => Object.fromEntries(parseJournal(FILE, text));
const corruptIn = (line: number): string =>
  `The journal /state/replay.jsonl is corrupt in line ${line}. Nothing was sent. Restore the file, or move it away: then only the tags on the objects say what was accepted, and records of incomplete objects are sent again.`;

describe("the lines of a journal", () => {
  test("begin with its format and version", () => {
    expect(headerLine()).toBe(HEADER);
  });

  test.each([
    [[0], "[[0,0]]"],
    [[0, 1, 2], "[[0,2]]"],
    [[0, 2, 3, 7], "[[0,0],[2,3],[7,7]]"],
    [[3, 1, 2], "[[1,3]]"],
  ])("hold the indexes %j as ranges", (indexes, ranges) => {
    expect(acceptedLine("a", indexes)).toBe(`{"object":"a","accepted":${ranges}}\n`);
  });

  test("name an object by bucket, key and entity tag", () => {
    expect(idOf(backupObject('a key +%"ü'))).toBe('backup/a key +%"ü "one"');
  });

  test("need no more bytes than are reserved for them", () => {
    const id = idOf(backupObject('"ü'.repeat(300)));
    const indexes = Array.from({ length: 500 }, (_, index) => 900_000_000 + 2 * index);
    const lines = acceptedLine(id, indexes) + completeLine(id, { accepted: 1e9, skipped: 1e9, corrupt: 1e9 });
    expect(Buffer.byteLength(lines)).toBeLessThanOrEqual(maxLineBytes(id, indexes.length));
  });
});

describe("a journal", () => {
  test("says what was accepted and what is complete", () => {
    const text =
      HEADER +
      acceptedLine("a", [0, 1]) +
      acceptedLine("b", [5]) +
      acceptedLine("a", [7]) +
      acceptedLine("c", [1]) +
      completeLine("c", OUTCOME);
    expect(parse(text)).toEqual({
      a: { accepted: new Set([0, 1, 7]), outcome: undefined },
      b: { accepted: new Set([5]), outcome: undefined },
      c: { accepted: new Set(), outcome: OUTCOME },
    });
  });

  test("says the same after it was written again in fewer lines", () => {
    const states = parseJournal(
      FILE,
      HEADER + acceptedLine("a", [4]) + acceptedLine("a", [3]) + completeLine("c", OUTCOME),
    );
    const text = formatJournal(states);
    expect(text).toBe(`${HEADER}{"object":"a","accepted":[[3,4]]}\n${completeLine("c", OUTCOME)}`);
    expect(parseJournal(FILE, text)).toEqual(states);
  });

  test.each(["", "\n", "\n\n\n", HEADER, `\n${HEADER}\n\n`, HEADER.slice(0, 20), "\0\0\0\n"])(
    "may be as empty as %j",
    (text) => {
      expect(parse(text)).toEqual({});
    },
  );

  test("ignores reserved space, and a last line that a killed process did not complete", () => {
    const text = `\n${HEADER}${acceptedLine("a", [1])}${acceptedLine("a", [2]).slice(0, -3)}\n\n\n\0\0`;
    expect(parse(text)).toEqual({ a: { accepted: new Set([1]), outcome: undefined } });
  });

  test("of version 1 is read", () => {
    const text = '{"object":"a","accepted":[0,1,5]}\n{"object":"b","settled":{"accepted":3,"setAside":1,"broken":0}}\n';
    expect(parse(text)).toEqual({
      a: { accepted: new Set([0, 1, 5]), outcome: undefined },
      b: { accepted: new Set(), outcome: OUTCOME },
    });
  });

  test.each([
    '{"journal":"kloudfuse-firehose-replay","version":"2"}',
    '{"object":"a"}',
    '{"object":"a","accepted":[[2,1]]}',
  ])("with %j at its beginning is corrupt", (line) => {
    expect(() => parse(`${line}\n${acceptedLine("a", [1])}`)).toThrow(corruptIn(1));
  });

  test.each([3, 99])("of version %d is rejected", (version) => {
    expect(() => parse(HEADER.replace("2", String(version)))).toThrow(
      `The journal /state/replay.jsonl has format version ${version}, written by a newer kloudfuse-firehose; this one reads version 2. Update it, or pass another file with --journal.`,
    );
  });

  test.each([
    "notes: do not delete",
    "notes: do not delete\n",
    "corrupt\nlines\n",
    "\n\n# Title\n",
    "{}",
    "22",
    '{"accepted":[[0,1]]}\n',
    '{"journal":"another","version":2}\n',
    '{"name":"package"',
  ])("is not %j", (text) => {
    expect(() => parse(text)).toThrow(
      "/state/replay.jsonl is not a journal: it begins with neither a header nor an object. Nothing was sent, and the file was not changed. " +
        "Pass another file with --journal. If this one was a journal, restore it: without it only the tags on the objects say what was accepted, and records of incomplete objects are sent again.",
    );
  });

  test.each([
    ["another header", '{"journal":"another","version":2}'],
    ["no object", '{"accepted":[[0,1]]}'],
    ["neither records nor an outcome", '{"object":"a"}'],
    ["a range that is reversed", '{"object":"a","accepted":[[2,1]]}'],
    ["a range of three", '{"object":"a","accepted":[[1,2,3]]}'],
    ["a range without an end", '{"object":"a","accepted":[[1]]}'],
    ["a negative index", '{"object":"a","accepted":[[-1,1]]}'],
    ["a range that no object has", '{"object":"a","accepted":[[0,10000000]]}'],
    ["an outcome without a count", '{"object":"a","complete":{"accepted":1,"skipped":0}}'],
    ["an outcome that is none", '{"object":"a","complete":7}'],
    ["text", "this is no journal"],
  ])("with %s is corrupt", (_, line) => {
    expect(() => parse(`${HEADER}${acceptedLine("a", [1])}\n${line}\n${acceptedLine("a", [1])}`)).toThrow(corruptIn(4));
  });
});
