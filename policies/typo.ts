/** A word that names mean, and how far a typo may be from it. */
const WORDS = [
  { word: "kloudfuse", maxDistance: 2 },
  { word: "metrics", maxDistance: 1 },
] as const;

/** Words that are near to these and are none of their typos. */
const OTHERS: readonly string[] = ["metric"];

/** The word in a name that is likely a typo, and what it likely means; undefined where there is none. */
export function typoIn(name: string): { readonly typo: string; readonly word: string } | undefined {
  const found = name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((part) => !OTHERS.includes(part))
    .flatMap((typo) =>
      WORDS.flatMap(({ word, maxDistance }) => {
        const distance = distanceOf(typo, word);
        return distance > 0 && distance <= maxDistance ? [{ typo, word }] : [];
      }),
    );
  return found[0];
}

/** How many letters are to be added, removed, replaced or swapped to make one text of another. */
function distanceOf(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, other.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
