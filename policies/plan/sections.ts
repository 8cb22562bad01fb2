/** The position of a value in a buffer; `end` is exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Finds the members of a JSON object without parsing them: a plan of some hundred megabytes is parsed member by member, and
 * members that are not needed are not parsed.
 *
 * @returns undefined where the text is not an object
 */
export function membersOf(json: Buffer): ReadonlyMap<string, ByteRange> | undefined {
  const parts = partsOf(json, { start: 0, end: json.length }, OPEN_BRACE, CLOSE_BRACE);
  if (parts === undefined) {
    return undefined;
  }
  const members = new Map<string, ByteRange>();
  for (const { start, end } of parts) {
    const nameStart = json.indexOf(QUOTE, start) + 1;
    const nameEnd = endOfString(json, nameStart, end);
    const colon = json.indexOf(COLON, nameEnd);
    if (nameStart === 0 || nameEnd >= end || colon < 0 || colon >= end) {
      return undefined;
    }
    members.set(json.toString("utf8", nameStart, nameEnd), { start: colon + 1, end });
  }
  return members;
}

/** Finds the elements of a JSON list; undefined where the text is not a list. */
export const elementRangesOf = (json: Buffer, range: ByteRange): readonly ByteRange[] | undefined =>
  partsOf(json, range, OPEN_BRACKET, CLOSE_BRACKET);

/** The members or elements of an object or a list. */
function partsOf(json: Buffer, { start, end }: ByteRange, open: number, close: number): ByteRange[] | undefined {
  const first = skipSpace(json, start, end);
  if (json[first] !== open) {
    return undefined;
  }
  const parts: ByteRange[] = [];
  let depth = 0;
  let partStart = first + 1;
  for (let position = first; position < end; position += 1) {
    switch (json[position]) {
      case QUOTE:
        position = endOfString(json, position + 1, end);
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1;
        break;
      case COMMA:
        if (depth === 1) {
          parts.push({ start: partStart, end: position });
          partStart = position + 1;
        }
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth -= 1;
        if (depth === 0) {
          return json[position] === close && skipSpace(json, position + 1, end) === end
            ? [...parts, ...lastPart(json, { start: partStart, end: position })]
            : undefined;
        }
    }
  }
  return undefined;
}

/** The part before the closing bracket; none in an empty object or list. */
const lastPart = (json: Buffer, range: ByteRange): ByteRange[] =>
  skipSpace(json, range.start, range.end) === range.end ? [] : [range];

/** Position of the quote that ends a string. */
function endOfString(json: Buffer, start: number, end: number): number {
  let position = start;
  while (position < end && json[position] !== QUOTE) {
    position += json[position] === BACKSLASH ? 2 : 1;
  }
  return position;
}

function skipSpace(json: Buffer, start: number, end: number): number {
  let position = start;
  while (position < end && isSpace(json[position])) {
    position += 1;
  }
  return position;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
