import { COMBINATIONS } from "../../modules/combinations";
import { type InputName, INPUT_NAMES, inputOf, variableName, type InputValues } from "../../modules/inputs";
import { combinationProblem } from "../../modules/literal-checks";
import { type AdoptionItem, decide } from "./part";

/** Remedies that replace the advice for the author of an input, because the value comes from existing resources. */
const REMEDIES: Readonly<Partial<Record<InputName, string>>> = {
  tags: "Change these tags on the resources, and run the command again.",
};

/** What Terraform would reject of the inputs: AWS accepts some values that the module does not. */
export function ruleProblems(inputs: InputValues): AdoptionItem[] {
  const problem = (name: string, found: string, remedy: string): AdoptionItem =>
    decide("inputs", variableName(name), found, remedy);
  const ofRules = INPUT_NAMES.flatMap((name) => {
    const value = inputs[name] ?? undefined;
    const { rules, advice } = inputOf(name);
    return value === undefined
      ? []
      : rules
          .filter((rule) => !rule.allows(value))
          .map((rule) =>
            problem(
              name,
              `${rule.item === undefined ? "" : `every ${rule.item} `}must ${rule.text}, got ${rule.received(value)}`,
              REMEDIES[name] ?? advice,
            ),
          );
  });
  const ofCombinations = COMBINATIONS.flatMap((combination) => {
    const { reportedOn, inputs: names } = combination;
    const carrier = reportedOn[0]?.input ?? names[0] ?? "";
    return combinationProblem(combination, variableName, (name) => inputs[name] ?? undefined).map((text) =>
      problem(carrier, text, "Adopt each stream into a module of its own, with --signal."),
    );
  });
  return [...ofRules, ...ofCombinations];
}
