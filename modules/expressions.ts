import { conditional, Fn, type IResolvable, Op, Token } from "cdktf";

/** A yes or no that is known now or when Terraform plans. */
export type Flag = boolean | IResolvable;

/**
 * One of two values, by whether an optional input is given: decided here for a literal, by
 * Terraform for a token, which may be null.
 */
export function whenGiven<T>(input: unknown, then: T, otherwise: T): T | IResolvable {
  if (input === undefined) {
    return otherwise;
  }
  return Token.isUnresolved(input) ? conditional(Op.neq(input, Token.nullValue()), then, otherwise) : then;
}

/** One of two texts, by a flag. */
export function choose(flag: Flag, then: string, otherwise: string): string {
  return typeof flag === "boolean" ? (flag ? then : otherwise) : Token.asString(conditional(flag, then, otherwise));
}

/** `count` of a resource that a flag switches on. */
export function countWhen(flag: Flag): number {
  return typeof flag === "boolean" ? Number(flag) : Token.asNumber(conditional(flag, 1, 0));
}

/** The first number that is given. */
export function firstGivenNumber(specific: number | undefined, common: number): number {
  return Token.isUnresolved(specific) ? Token.asNumber(Fn.coalesce([specific, common])) : (specific ?? common);
}

/** The first text that is given. */
export function firstGivenText(specific: string | undefined, common: string): string {
  return Token.isUnresolved(specific) ? Token.asString(Fn.coalesce([specific, common])) : (specific ?? common);
}
