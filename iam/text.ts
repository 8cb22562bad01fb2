import { memoized, memoizedByObject } from "./memoized";
import { UNKNOWN } from "./unknown";

/** An unknown part of a string without a colon, such as the region or the resource's name in an ARN. */
export const SEGMENT: unique symbol = Symbol("not known, without a colon");

/** A string that is known, not known, or known in parts. */
export type Text = string | typeof UNKNOWN | readonly TextPart[];

export type TextPart = string | typeof UNKNOWN | typeof SEGMENT;

/** Matches one character. */
export const ONE: unique symbol = Symbol("?");

/** Matches any number of characters. */
export const MANY: unique symbol = Symbol("*");

/** One character, a wildcard, or an unknown part. */
export type Token = string | typeof UNKNOWN | typeof SEGMENT | typeof ONE | typeof MANY;

export function tokensOf(text: Text): readonly Token[] {
  if (typeof text === "string") {
    return charactersOf(text);
  }
  return text === UNKNOWN
    ? [UNKNOWN]
    : text.flatMap((part): readonly Token[] => (typeof part === "string" ? charactersOf(part) : [part]));
}

/** The characters of a string; the result is cached. */
export const charactersOf = memoized((text): readonly string[] => Array.from(text));

/** The string of tokens; undefined if one is an unknown part or a wildcard. */
export function textOf(tokens: readonly Token[]): string | undefined {
  return tokens.every((token) => typeof token === "string") ? tokens.join("") : undefined;
}

/** The six components of an ARN; fewer if it has fewer colons, undefined if an unknown part may contain a colon. */
export const componentsOf = memoizedByObject((tokens: readonly Token[]): readonly (readonly Token[])[] | undefined => {
  const components: Token[][] = [[]];
  for (const token of tokens) {
    if (token === UNKNOWN && components.length < COMPONENTS) {
      return undefined;
    }
    if (token === ":" && components.length < COMPONENTS) {
      components.push([]);
    } else {
      components.at(-1)?.push(token);
    }
  }
  return components;
});

/** `arn:partition:service:region:account:resource` */
export const COMPONENTS = 6;
