import type { Context, ContextValue } from "./context";
import { and, not, or } from "./logic";
import { matchesOne, type Operator, OPERATORS } from "./operators";
import type { Condition, Statement, Value } from "./statement";
import type { Token } from "./text";
import { type Planned, UNKNOWN } from "./unknown";
import { replaceVariables } from "./variables";

/**
 * Whether a request meets a condition, as IAM documents it. Unknown if the key or a relevant value is not known, and for
 * an operator that IAM does not have.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function meetsCondition(
  { operator, key, values }: Condition,
  context: Context,
  { ignoresVariables = false }: Pick<Statement, "ignoresVariables"> = {},
): Planned<boolean> {
  const { set, name, isIfExists } = parseOperator(operator);
  const found = key === UNKNOWN ? undefined : context.get(key.toLowerCase());
  if (name === "Null") {
    return isIfExists ? UNKNOWN : meetsNull(values, found);
  }
  const known = OPERATORS[name];
  if (known === undefined) {
    return UNKNOWN;
  }
  if (found === undefined) {
    return isAlwaysMet(known, set, isIfExists, values) ? true : UNKNOWN;
  }
  if (found === "absent" || found.length === 0) {
    return isIfExists || metByAbsence(known, set);
  }
  const wanted = values.map((value): readonly Token[] | undefined =>
    value === UNKNOWN
      ? [UNKNOWN]
      : replaceVariables(value, {
          context,
          hasWildcards: known.hasWildcards,
          hasVariables: known.hasVariables && !ignoresVariables,
        }),
  );
  const matched = found.map((each) => matchesOne(known, wanted, each));
  switch (set) {
    case "ForAllValues":
      return and(...matched.map((each) => (known.isNegated ? not(each) : each)));
    case "ForAnyValue":
      return or(...matched.map((each) => (known.isNegated ? not(each) : each)));
    default:
      return known.isNegated ? not(or(...matched)) : or(...matched);
  }
}

type SetOperator = "ForAllValues" | "ForAnyValue" | undefined;

function parseOperator(operator: string): { set: SetOperator; name: string; isIfExists: boolean } {
  const {
    set,
    name = "",
    ifExists,
  } = /^(?:(?<set>ForAllValues|ForAnyValue):)?(?<name>.*?)(?<ifExists>IfExists)?$/s.exec(operator)?.groups ?? {};
  return {
    set: set === "ForAllValues" || set === "ForAnyValue" ? set : undefined,
    name,
    isIfExists: ifExists !== undefined,
  };
}

/** `Null` requires that the key is absent (`true`) or present (`false`). */
function meetsNull(values: readonly Value[], found: ContextValue | undefined): Planned<boolean> {
  const isAbsent = found === undefined ? UNKNOWN : found === "absent";
  return or(
    ...values.map((value) => {
      switch (typeof value === "string" ? value.toLowerCase() : value) {
        case "true":
          return isAbsent;
        case "false":
          return not(isAbsent);
        default:
          return UNKNOWN;
      }
    }),
  );
}

/** An absent key meets negated operators and `ForAllValues`, but no other operator and not `ForAnyValue`. */
function metByAbsence({ isNegated }: Operator, set: SetOperator): boolean {
  return set === "ForAllValues" || (set === undefined && isNegated);
}

/** Whether every request meets the condition, such as `StringLikeIfExists *`. */
function isAlwaysMet(known: Operator, set: SetOperator, isIfExists: boolean, values: readonly Value[]): boolean {
  const isMetByAbsence = isIfExists || metByAbsence(known, set);
  return isMetByAbsence && !known.isNegated && known.hasWildcards && values.includes("*");
}
