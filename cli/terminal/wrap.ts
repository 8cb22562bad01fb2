import stringWidth from "string-width";

/** Where the lines of a text begin. */
export interface Indents {
  readonly first: string;
  readonly others: string;
}

// A sparkline is one word, although it contains spaces for minutes without data.
const WORD = /\[[ ▁-█]+\]|\S+/gu;

const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];

/**
 * Wraps a text to a number of columns. Never breaks a word, so that an ARN or a command can be copied: a word that is
 * too long has its own line.
 */
export function wrapped(text: string, columns: number, { first, others }: Indents): string[] {
  const lines = new Array<string>();
  let line = first;
  let isEmpty = true;
  for (const word of wordsOf(text)) {
    const longer = isEmpty ? `${line}${word}` : `${line} ${word}`;
    if (!isEmpty && stringWidth(longer) > columns) {
      lines.push(line);
      // Reduces the indent of a long word as far as necessary, so that the terminal does not break it either.
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
