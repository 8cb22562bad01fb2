import { POLICIES } from "../../../policies";
import { check, document, GRANTS, inlineChange, planWith, roleChange } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";

const RULES = POLICIES.filter(({ id }) => id.startsWith("KFF-IAM-"));

describe.each(RULES.map((policy) => [policy.id, policy] as const))("%s", (_, policy) => {
  test("holds in the good plan", () => {
    expect(check(policy, planWith())).toEqual([]);
  });

  test("holds where the permissions are in several inline policies of any name", () => {
    const more = Object.entries(GRANTS).map(([name, statement]) => ({
      address: `aws_iam_role_policy.${name}`,
      values: { name, role: "firehose", policy: document(statement) },
    }));
    expect(check(policy, planWith({ inline: undefined }, more))).toEqual([]);
  });

  test("holds in a first plan that links role and policy by reference", () => {
    const role = roleChange({}, { unknown: ["arn", "id", "inline_policy", "managed_policy_arns"] });
    const inline = inlineChange(undefined, unknownAt("role", "aws_iam_role.firehose.id"));
    expect(check(policy, planWith({ role, inline }))).toEqual([]);
  });

  test("says nothing where there is no stream to Kloudfuse", () => {
    expect(check(policy, planWith({ stream: undefined }))).toEqual([]);
  });
});

test("the rules about roles are in the order of their ids, each once", () => {
  expect(RULES.map(({ id }) => id)).toEqual(
    Array.from({ length: 12 }, (_, index) => `KFF-IAM-0${String(index + 1).padStart(2, "0")}`),
  );
  expect(RULES.map(({ severity }) => severity)).toEqual(RULES.map(() => "error"));
});
