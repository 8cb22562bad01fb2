import stringWidth from "string-width";

/** Where the lines of a text begin. */
export interface Indents {
  readonly first: string;
  readonly others: string;
}

// A sparkline is one word: its spaces are minutes without data.
const WORD = /\[[ ▁-█]+\]|\S+/gu;

const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];

/**
 * The lines of a text of at most so many columns. A word is never broken, so that an ARN or a command can be copied:
 * one that is too long has a line of its own.
 */
export function wrapped(text: string, columns: number, { first, others }: Indents): string[] {
  const lines = new Array<string>();
  let line = first;
  let isEmpty = true;
  for (const word of wordsOf(text)) {
    const longer = isEmpty ? `${line}${word}` : `${line} ${word}`;
    if (!isEmpty && stringWidth(longer) > columns) {
      lines.push(line);
      // A long word moves to the left as far as it needs to, so that the terminal does not break it either.
      line = `${others.slice(0, Math.max(columns - stringWidth(word), 0))}${word}`;
    } else {
      line = longer;
    }
    isEmpty = false;
  }
  return [...lines, line];
}

/** The columns that the longest word of a text takes. */
export const longestWord = (text: string): number => Math.max(0, ...wordsOf(text).map((word) => stringWidth(word)));
