import { parsedJson } from "../../iam/json";

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/** How deep JSON may be nested: JSON.parse reads it deeper than JSON.stringify writes it. */
const MAX_DEPTH = 1000;

/**
 * The JSON objects and arrays that a text consists of, optionally separated by white space; undefined if the text has
 * anything else.
 */
export function jsonValues(text: string): unknown[] | undefined {
  const values = new Array<unknown>();
  for (let from = afterBlanks(text, 0); from < text.length;) {
    const end = jsonValueEnd(text, from);
    const value = end === undefined ? undefined : parsedJson(text.slice(from, end));
    if (end === undefined || value === undefined) {
      return undefined;
    }
    values.push(value);
    from = afterBlanks(text, end);
  }
  return values;
}

/** The end of the JSON object or array that begins at an index; undefined where there is none or it has no end. */
export function jsonValueEnd(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at + 1);
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      if (depth > MAX_DEPTH) {
        return undefined;
      }
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth <= 0) {
        return depth < 0 ? undefined : at + 1;
      }
    } else if (depth === 0) {
      return undefined;
    }
  }
  return undefined;
}

/** The index of the quote that ends a string; the length of the text where there is none. */
export function stringEnd(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end !== -1; end = text.indexOf('"', end + 1)) {
    if (!isEscaped(text, end, from)) {
      return end;
    }
  }
  return text.length;
}

/** Whether an odd number of backslashes stands before an index, back to where the string begins. */
export function isEscaped(text: string, at: number, from: number): boolean {
  let backslashes = 0;
  while (at - 1 - backslashes >= from && text.charCodeAt(at - 1 - backslashes) === BACKSLASH) {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n\ufeff".includes(text[at] ?? "")) {
    at += 1;
  }
  return at;
}
