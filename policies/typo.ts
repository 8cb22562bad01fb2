import { editDistance } from "../iam/edit-distance";

/** Words in names, each with the maximum edit distance of a typo. */
const WORDS = [
  { word: "kloudfuse", maxDistance: 2 },
  { word: "metrics", maxDistance: 1 },
] as const;

/** Similar words that are not typos. */
const OTHERS: readonly string[] = ["metric"];

/** The first part of a name that is likely a typo, and the word that it likely stands for; undefined if there is none. */
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
