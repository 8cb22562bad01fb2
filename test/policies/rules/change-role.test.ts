import { changeRole } from "../../../policies/rules/change-role";
import { change, inlineChange, ROLE, roleChange } from "../../helpers/iam-plan";
import type { PlannedChange } from "../../helpers/plan";
import { checkGood } from "../../helpers/rule-plan";

const ALLOW = "If this is intentional, allow the policy by its id, with the reason.";
const FIRST = "First destroy the deployments that they belong to, such as other regions.";
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const WRITE = "arn:aws:iam::aws:policy/Write";
const DELETE = ["delete"];

interface State {
  readonly inline?: readonly string[];
  readonly attached?: readonly string[];
  readonly actions?: readonly string[];
  readonly more?: Partial<PlannedChange>;
}

/** A plan that destroys the role and its own inline policy. */
const checked = (
  { inline = ["permissions"], attached = [], actions = DELETE, more = {} }: State,
  others: readonly PlannedChange[] = [],
): string[] =>
  checkGood(
    changeRole,
    {
      role: roleChange(
        { inline_policy: inline.map((name) => ({ name, policy: "{}" })), managed_policy_arns: attached },
        { actions, ...more },
      ),
      inline: inlineChange(undefined, { actions: DELETE }),
    },
    others,
  );
const deleted = (type: string, values: PlannedChange["values"], more: Partial<PlannedChange> = {}): PlannedChange =>
  change(`${type}.x`, values, { actions: DELETE, ...more });
const detached = deleted("aws_iam_role_policy_attachment", { role: "firehose", policy_arn: READ });
const only = [`finding ${ROLE}: it is destroyed | ${ALLOW}`];
const withRest = (rest: string, what = "destroyed"): string[] => [
  `finding ${ROLE}: it is ${what} with ${rest}, not destroyed by this plan | ${FIRST} ${ALLOW}`,
];

describe("KFF-CHG-002", () => {
  test("accepts a role that stays", () => {
    expect(checked({ actions: ["no-op"] })).toEqual([]);
    expect(checked({ actions: ["update"] })).toEqual([]);
  });

  test("says only that it is destroyed where the plan destroys all that is on it", () => {
    expect(checked({})).toEqual(only);
    expect(checked({ attached: [READ] }, [detached])).toEqual(only);
  });

  test("says only that where the state lists nothing", () => {
    expect(checkGood(changeRole, { role: roleChange({}, { actions: DELETE }) })).toEqual(only);
    expect(checked({ inline: ["", "permissions"] })).toEqual(only);
  });

  test("names the inline policies that are destroyed with it, sorted", () => {
    expect(checked({ inline: ["us", "permissions", "eu"] })).toEqual(withRest("the inline policies eu, us"));
    expect(checked({ inline: ["eu"] })).toEqual(withRest("the inline policy eu"));
  });

  test("names the attached policies that are detached with it", () => {
    expect(checked({ attached: [READ] })).toEqual(withRest(`the attached policy ${READ}`));
    expect(checked({ attached: [WRITE, READ] })).toEqual(withRest(`the attached policies ${READ}, ${WRITE}`));
    expect(checked({ inline: ["eu"], attached: [READ, WRITE] }, [detached])).toEqual(
      withRest(`the inline policy eu and the attached policy ${WRITE}`),
    );
  });

  test("names them too where the role is replaced", () => {
    expect(checked({ inline: ["eu"], actions: ["delete", "create"] })).toEqual(
      withRest("the inline policy eu", "replaced"),
    );
  });

  test("does not take the policy of another role for its own", () => {
    const other = deleted("aws_iam_role_policy", { role: "other", name: "eu", policy: "{}" });
    expect(checked({ inline: ["eu"] }, [other])).toEqual(withRest("the inline policy eu"));
  });

  test("does not take the policy of a namesake in another account for its own", () => {
    const parts = { providers: { "aws.other": { assume_role: [{ role_arn: "arn:aws:iam::210987654321:role/x" }] } } };
    const foreign = deleted("aws_iam_role_policy", { role: "firehose", name: "eu", policy: "{}" });
    const plan = (provider: string): string[] =>
      checkGood(
        changeRole,
        { role: roleChange({ inline_policy: [{ name: "eu" }] }, { actions: DELETE }) },
        [
          foreign,
          // A provider is known by what is in the configuration.
          change("aws_iam_role_policy.x", { role: "y", name: "z" }, { provider }),
        ],
        parts,
      );
    expect(plan("aws.other")).toEqual(withRest("the inline policy eu"));
    expect(plan("aws")).toEqual(only);
  });

  test("shows no name that is sensitive", () => {
    expect(checked({ inline: ["eu"], more: { sensitive: ["inline_policy"] } })).toEqual(
      withRest("the inline policy (sensitive value)"),
    );
  });
});
