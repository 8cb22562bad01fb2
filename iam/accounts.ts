import type { Statements } from "./evaluate";
import type { Statement } from "./statement";
import { type Planned, UNKNOWN } from "./unknown";

/** Ids of example accounts: one that a policy does not name stands for every such account. */
const CANDIDATES = ["000000000000", "999999999999", "101010101010", "454545454545"];

/** Other accounts that policies may treat differently: those that they name, one that matches each pattern, and one more. */
export function otherAccounts(statements: Statements, accountId: Planned<string>): readonly string[] {
  const segments = textsOf(statements).flatMap((text) => text.split(/[:/]/));
  const named = segments.flatMap((segment) => accountsLike(segment, accountId));
  const any = CANDIDATES.filter((candidate) => candidate !== accountId && !segments.includes(candidate)).slice(0, 1);
  return [...new Set([...any, ...named])];
}

/** The strings in the conditions and principals of statements. */
export function textsOf(statements: Statements): readonly string[] {
  return statements
    .filter((statement) => statement !== UNKNOWN)
    .flatMap(({ conditions, principals }: Statement) => [
      ...conditions.flatMap(({ values }) => values),
      ...(principals?.ids ?? []).map(({ id }) => id),
    ])
    .filter((value) => value !== UNKNOWN);
}

const ACCOUNT_LENGTH = 12;

/** Another account that a pattern such as `12345678901?` or `9*` matches. */
function accountsLike(pattern: string, accountId: Planned<string>): readonly string[] {
  const digits = pattern.replaceAll("*", "");
  const isPattern = /^[0-9*?]+$/.test(pattern) && digits.length <= ACCOUNT_LENGTH;
  if (!isPattern || (digits.length < ACCOUNT_LENGTH && !pattern.includes("*"))) {
    return [];
  }
  const filled = Array.from("0123456789", (digit) => {
    const padding = digit.repeat(ACCOUNT_LENGTH - digits.length);
    return pattern.replace("*", padding).replaceAll("*", "").replaceAll("?", digit);
  });
  return filled.filter((account) => account !== accountId).slice(0, 1);
}
