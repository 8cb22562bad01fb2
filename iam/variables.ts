import type { Context } from "./context";
import { wildcards } from "./pattern";
import { charactersOf, type Token, tokensOf } from "./text";
import { UNKNOWN } from "./unknown";

/** How the variables in a value of a policy are replaced. */
export interface VariableContext {
  readonly context: Context;
  readonly hasWildcards: boolean;
  /** Only policies of version 2012-10-17 have variables. */
  readonly hasVariables: boolean;
}

/**
 * Replaces the variables in a value of a policy.
 *
 * @returns undefined if a variable has no value in the request: then nothing matches the value
 */
export function replaceVariables(
  value: string,
  { context, hasWildcards, hasVariables }: VariableContext,
): readonly Token[] | undefined {
  const literal = (text: string): readonly Token[] => (hasWildcards ? wildcards(text) : charactersOf(text));
  if (!hasVariables || !value.includes("${")) {
    return literal(value);
  }
  const tokens: Token[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: variable = "" } of value.matchAll(/\$\{([^}]*)\}/g)) {
    const replaced = replace(variable, context);
    if (replaced === undefined) {
      return undefined;
    }
    tokens.push(...literal(value.slice(end, index)), ...replaced);
    end = index + whole.length;
  }
  return [...tokens, ...literal(value.slice(end))];
}

/** The value of a variable. A wildcard in it is an ordinary character. */
function replace(variable: string, context: Context): readonly Token[] | undefined {
  if (["*", "?", "$"].includes(variable)) {
    return [variable];
  }
  const { key = "", fallback } = /^\s*(?<key>[^,\s]+)\s*(?:,\s*'(?<fallback>[^']*)'\s*)?$/.exec(variable)?.groups ?? {};
  const values = context.get(key.toLowerCase());
  if (values === undefined) {
    return [UNKNOWN];
  }
  const [only, ...others] = values === "absent" ? [] : values;
  if (only === undefined) {
    return fallback === undefined ? undefined : Array.from(fallback);
  }
  // A key with several values cannot be a variable.
  return others.length > 0 ? undefined : tokensOf(only);
}
