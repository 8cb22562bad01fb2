import { editDistance } from "../iam/edit-distance";

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
        const distance = editDistance(typo, word);
        return distance > 0 && distance <= maxDistance ? [{ typo, word }] : [];
      }),
    );
  return found[0];
}
