import { BlockList, isIPv4, isIPv6 } from "node:net";
import { or } from "./logic";
import { matches, matchesArn } from "./pattern";
import { type Text, textOf, type Token, tokensOf } from "./text";
import { type Planned, UNKNOWN } from "./unknown";

/** How one value of a policy is compared with one value of a request. */
export interface Operator {
  /** Whether the operator requires that nothing matches, such as `StringNotEquals`. */
  readonly isNegated: boolean;
  readonly hasWildcards: boolean;
  readonly hasVariables: boolean;
  readonly compare: (wanted: readonly Token[], found: Text) => Planned<boolean>;
}

type Compare = Operator["compare"];

const operator = (compare: Compare, options: Partial<Operator> = {}): Operator => ({
  isNegated: false,
  hasWildcards: false,
  hasVariables: false,
  compare,
  ...options,
});

const exactly: Compare = (wanted, found) => matches(wanted, found, { ignoresCase: false });
const ignoringCase: Compare = (wanted, found) => matches(wanted, found, { ignoresCase: true });

/** Compares values of one type. IAM does not document how it compares a value of another type: undetermined. */
const typed =
  <T>(parse: (text: string) => T | undefined, compare: (wanted: T, found: T) => boolean): Compare =>
  (wantedTokens, foundText) => {
    const [wanted, found] = [wantedTokens, tokensOf(foundText)].map((tokens) => {
      const text = textOf(tokens);
      return text === undefined ? undefined : parse(text);
    });
    return wanted === undefined || found === undefined ? UNKNOWN : compare(wanted, found);
  };

const numeric = (compare: (wanted: number, found: number) => boolean): Operator =>
  operator(typed((text) => (/^\s*[-+]?[0-9]+(\.[0-9]+)?\s*$/.test(text) ? Number(text) : undefined), compare));

const date = (compare: (wanted: number, found: number) => boolean): Operator => operator(typed(parseDate, compare));

/** The forms of a date that W3C's profile of ISO 8601 has: a time has a time zone. */
const DATE = /^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[-+][0-9]{2}:[0-9]{2}))?)?)?$/;

/** Milliseconds of a date in ISO 8601 or in seconds since 1970. */
function parseDate(text: string): number | undefined {
  if (/^[0-9]{5,}$/.test(text)) {
    return Number(text) * 1000;
  }
  const milliseconds = DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

function parseBoolean(text: string): "true" | "false" | undefined {
  const lower = text.toLowerCase();
  return lower === "true" || lower === "false" ? lower : undefined;
}

const isInRange: Compare = (wantedTokens, foundText) => {
  const [range, address] = [textOf(wantedTokens), textOf(tokensOf(foundText))];
  if (range === "0.0.0.0/0" && foundText === UNKNOWN) {
    return true; // Every endpoint of AWS has an IPv4 address.
  }
  if (range === undefined || address === undefined) {
    return UNKNOWN;
  }
  const [network = "", prefix] = range.split("/");
  const [family, bits] = isIPv6(network) ? (["ipv6", 128] as const) : (["ipv4", 32] as const);
  const length = prefix === undefined ? bits : Number(prefix);
  if (!(isIPv4(network) || isIPv6(network)) || !Number.isInteger(length) || length < 0 || length > bits) {
    return UNKNOWN;
  }
  const list = new BlockList();
  list.addSubnet(network, length, family);
  return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
};

const TEXT = { hasVariables: true };
const PATTERN = { hasVariables: true, hasWildcards: true };
const NOT = { isNegated: true };

/** The condition operators of IAM without set operators, IfExists and Null. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: operator(exactly, TEXT),
  StringNotEquals: operator(exactly, { ...TEXT, ...NOT }),
  StringEqualsIgnoreCase: operator(ignoringCase, TEXT),
  StringNotEqualsIgnoreCase: operator(ignoringCase, { ...TEXT, ...NOT }),
  StringLike: operator(exactly, PATTERN),
  StringNotLike: operator(exactly, { ...PATTERN, ...NOT }),
  ArnEquals: operator(matchesArn, PATTERN),
  ArnNotEquals: operator(matchesArn, { ...PATTERN, ...NOT }),
  ArnLike: operator(matchesArn, PATTERN),
  ArnNotLike: operator(matchesArn, { ...PATTERN, ...NOT }),
  NumericEquals: numeric((wanted, found) => found === wanted),
  NumericNotEquals: { ...numeric((wanted, found) => found === wanted), ...NOT },
  NumericLessThan: numeric((wanted, found) => found < wanted),
  NumericLessThanEquals: numeric((wanted, found) => found <= wanted),
  NumericGreaterThan: numeric((wanted, found) => found > wanted),
  NumericGreaterThanEquals: numeric((wanted, found) => found >= wanted),
  DateEquals: date((wanted, found) => found === wanted),
  DateNotEquals: { ...date((wanted, found) => found === wanted), ...NOT },
  DateLessThan: date((wanted, found) => found < wanted),
  DateLessThanEquals: date((wanted, found) => found <= wanted),
  DateGreaterThan: date((wanted, found) => found > wanted),
  DateGreaterThanEquals: date((wanted, found) => found >= wanted),
  Bool: operator(
    typed(parseBoolean, (wanted, found) => found === wanted),
    TEXT,
  ),
  BinaryEquals: operator(exactly),
  IpAddress: operator(isInRange),
  NotIpAddress: operator(isInRange, NOT),
};

/** Whether one of the values of the policy matches a value of the request. */
export const matchesOne = (
  { compare }: Operator,
  wanted: readonly (readonly Token[] | undefined)[],
  found: Text,
): Planned<boolean> => or(...wanted.map((tokens) => (tokens === undefined ? false : compare(tokens, found))));
