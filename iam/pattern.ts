import { and } from "./logic";
import { memoized } from "./memoized";
import { COMPONENTS, componentsOf, MANY, ONE, SEGMENT, type Text, type Token, tokensOf } from "./text";
import { type Planned, UNKNOWN } from "./unknown";

/** How a pattern is compared. */
export interface PatternOptions {
  readonly ignoresCase: boolean;
}

/**
 * Whether a pattern matches a value. Unknown if it matches only some of the strings that the value may be, or if the
 * pattern itself is not known.
 */
export function matches(pattern: readonly Token[], value: Text, { ignoresCase }: PatternOptions): Planned<boolean> {
  const found = tokensOf(value);
  return ignoresCase ? covers(pattern.map(lowerCase), found.map(lowerCase)) : covers(pattern, found);
}

/** IAM's wildcards as tokens: `*` is any number of characters, `?` is one. */
export const wildcards = memoized((pattern): readonly Token[] =>
  Array.from(pattern, (character) => (character === "*" ? MANY : character === "?" ? ONE : character)),
);

/**
 * Whether a pattern matches an ARN, component by component: a wildcard does not match across the first five colons. The
 * pattern `*` matches everything.
 */
export function matchesArn(pattern: readonly Token[], value: Text): Planned<boolean> {
  const found = tokensOf(value);
  if (isEverything(pattern)) {
    return true;
  }
  const [wantedComponents, foundComponents] = [componentsOf(pattern), componentsOf(found)];
  if (wantedComponents?.length === COMPONENTS && foundComponents?.length === COMPONENTS) {
    return and(...wantedComponents.map((component, index) => covers(component, foundComponents[index] ?? [])));
  }
  // IAM does not document how it compares an incomplete ARN.
  return covers(pattern, found) === false ? false : UNKNOWN;
}

/**
 * Whether the pattern of a `Resource` element matches a resource. IAM completes an ARN with fewer than six components
 * with wildcards. It does not document if a wildcard matches across a colon: then the result is unknown.
 */
export function matchesResource(pattern: readonly Token[], value: Text): Planned<boolean> {
  const found = tokensOf(value);
  const whole = covers(pattern, found);
  const [wantedComponents, foundComponents] = [componentsOf(pattern), componentsOf(found)];
  if (isEverything(pattern) || wantedComponents === undefined || foundComponents?.length !== COMPONENTS) {
    return whole;
  }
  const completed = foundComponents.map((component, index) => covers(wantedComponents[index] ?? [MANY], component));
  const byComponent = and(...completed);
  return byComponent === false && whole !== false ? UNKNOWN : byComponent;
}

const isEverything = (pattern: readonly Token[]): boolean => pattern.length === 1 && pattern[0] === MANY;

const lowerCase = (token: Token): Token => (typeof token === "string" ? token.toLowerCase() : token);

function covers(pattern: readonly Token[], value: readonly Token[]): Planned<boolean> {
  if (coversCertainly(pattern, value)) {
    return true;
  }
  const areKnown = !pattern.some(isGap) && !value.some(isGap);
  return !areKnown && coversPossibly(pattern, value) ? UNKNOWN : false;
}

const isGap = (token: Token | undefined): boolean => token === UNKNOWN || token === SEGMENT;

/** Backtracks to the last `*` only: the time is at most the length of the pattern times the length of the value. */
function coversCertainly(pattern: readonly Token[], value: readonly Token[]): boolean {
  let [at, position, lastMany, resume] = [0, 0, -1, 0];
  while (position < value.length) {
    const wanted = pattern[at];
    const found = value[position];
    if (wanted === MANY) {
      lastMany = at++;
      resume = position;
    } else if (!isGap(wanted) && !isGap(found) && (wanted === ONE || wanted === found)) {
      at++;
      position++;
    } else if (lastMany >= 0) {
      at = lastMany + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((token) => token === MANY);
}

/** Whether there is a string that the pattern may match and that the value may be. */
function coversPossibly(pattern: readonly Token[], value: readonly Token[]): boolean {
  let reached = new Set([0]);
  for (const wanted of pattern) {
    const next = new Set<number>();
    for (let position = 0; position <= value.length; position++) {
      if (!reached.has(position)) {
        continue;
      }
      const found = value[position];
      if (isOpen(wanted)) {
        next.add(position);
        if (takes(wanted, found)) {
          reached.add(position + 1);
        }
      }
      if (isOpen(found)) {
        reached.add(position + 1);
        if (takes(found, wanted)) {
          next.add(position);
        }
      }
      if (wanted === ONE || wanted === found) {
        next.add(position + 1);
      }
    }
    reached = next;
  }
  return [...reached].some((position) => position <= value.length && value.slice(position).every(isOpen));
}

const isOpen = (token: Token | undefined): boolean => token === MANY || isGap(token);

/** Whether an unknown part or wildcard may include a token. */
const takes = (open: Token | undefined, token: Token | undefined): boolean => open !== SEGMENT || token !== ":";
