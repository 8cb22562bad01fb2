import type { Condition, Statement, Value } from "../../iam/statement";
import type { FixedStatement } from "../../modules/policy-statements";

/**
 * Whether a policy document has exactly the statements that the module writes, in any order: another Sid or version is a
 * difference to Terraform too.
 */
export function hasSameStatements(found: readonly Statement[], written: readonly FixedStatement[]): boolean {
  const texts = found.map(textOfFound).sort();
  return (
    texts.length === written.length &&
    written
      .map(textOfWritten)
      .sort()
      .every((text, index) => text === texts[index])
  );
}

const textOfFound = (statement: Statement): string => {
  const { sid, effect, actions, resources, principals, conditions, ignoresVariables = false } = statement;
  const isNegated = [actions, resources, principals].some((part) => part?.negated === true);
  return JSON.stringify([
    [sid, effect, isNegated, ignoresVariables],
    sorted(actions.values),
    sorted(resources?.values ?? []),
    (principals?.ids ?? []).map(({ type, id }) => `${type} ${String(id)}`).sort(),
    conditions.map(conditionText).sort(),
  ]);
};

const textOfWritten = ({
  sid,
  effect = "Allow",
  actions,
  resources = [],
  principals,
  condition,
}: FixedStatement): string =>
  JSON.stringify([
    [sid, effect, false, false],
    sorted(actions),
    sorted(resources),
    principals.flatMap(({ type, identifiers }) => identifiers.map((id) => `${type} ${id}`)).sort(),
    condition.map(({ test, variable, values }) => conditionText({ operator: test, key: variable, values })).sort(),
  ]);

const sorted = (values: readonly Value[]): string[] => values.map(String).sort();

const conditionText = ({ operator, key, values }: Condition): string =>
  [operator, String(key), ...sorted(values)].join(" ");
