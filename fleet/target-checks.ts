import { combinationProblem, ruleProblems } from "../modules/literal-checks";
import { COMBINATIONS } from "../modules/combinations";
import { INPUT_NAMES, type InputName, inputOf, variableName } from "../modules/inputs";
import { checkLocation } from "./location-checks";
import type { MergedAccount } from "./merge";
import type { Problems } from "./problems";
import { checkShared } from "./shared-checks";
import { accountTargets, type FleetTarget } from "./targets";

/** Checks the inputs of every account and region by the rules of the module. */
export function checkTargets(accounts: readonly MergedAccount[], problems: Problems): void {
  const required = INPUT_NAMES.filter((name) => inputOf(name).default === undefined);
  for (const name of required) {
    checkRequired(name, accounts, problems);
  }
  for (const merged of accounts) {
    // A value that is invalid in several regions is reported for the first of them.
    for (const target of accountTargets(merged.account, undefined)) {
      checkInputs(target, merged, problems);
      checkLocation(target, merged, problems);
    }
  }
  checkShared(accounts, problems);
}

function checkRequired(name: InputName, accounts: readonly MergedAccount[], problems: Problems): void {
  const variable = variableName(name);
  const without = accounts.filter(({ account }) => !Object.hasOwn(account.inputs, variable));
  const labels =
    without.length > 0 && without.length === accounts.length
      ? [`defaults.inputs.${variable}`]
      : without.map(({ inputPath }) => inputPath(variable));
  for (const label of labels) {
    problems.add(`${label} is required. ${inputOf(name).advice}`);
  }
}

function checkInputs({ inputs }: FleetTarget, { inputPath }: MergedAccount, problems: Problems): void {
  const value = (name: InputName): unknown => inputs[variableName(name)];
  const label = (name: InputName): string => inputPath(variableName(name));
  for (const name of INPUT_NAMES.filter((each) => value(each) !== undefined)) {
    for (const [index, message] of ruleProblems(label(name), value(name), inputOf(name)).entries()) {
      problems.add(message, `${label(name)} ${index}`);
    }
  }
  for (const [index, combination] of COMBINATIONS.entries()) {
    const labels = combination.inputs.map(label).join(" ");
    for (const message of combinationProblem(combination, label, value)) {
      problems.add(message, `${labels} ${index}`);
    }
  }
}
