import { findKloudfuse } from "../../../policies/kloudfuse";
import { finding } from "../../../policies/outcomes";
import { findingIf, perUsedRole, roleNotInPlan } from "../../../policies/roles/role-outcomes";
import { roleUses } from "../../../policies/roles/role-uses";
import type { PlannedResource } from "../../../policies/plan";
import type { PolicyOutcome } from "../../../policies/policy";
import { change, planWith, ROLE, ROLE_ARN, STREAM, streamChange } from "../../helpers/iam-plan";
import { ACCOUNT, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const ROLE_PATH = "http_endpoint_configuration.0.role_arn";
const OTHER_ARN = `arn:aws:iam::${ACCOUNT}:role/other`;
const unknownRole = unknownAt(ROLE_PATH, "var.role");

const short = (outcomes: readonly PolicyOutcome[]): readonly string[] =>
  outcomes.map(({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`);

describe("that the plan does not lead to a role", () => {
  const saidIn = (...plan: Parameters<typeof planWith>): readonly string[] => {
    const [use] = roleUses(findKloudfuse(planOf(planWith(...plan))));
    return use === undefined ? ["no use"] : short(roleNotInPlan(use, "its trust"));
  };

  test("is said of a role of another root", () => {
    expect(saidIn({ role: undefined })).toEqual([
      `unknown ${STREAM}: the plan does not have the role ${ROLE_ARN}: its trust is undetermined | Evaluate the plan of the root module that manages it.`,
    ]);
  });

  test("is said without its ARN where that is sensitive", () => {
    expect(saidIn({ role: undefined, stream: streamChange({}, { sensitive: [ROLE_PATH] }) })).toEqual([
      `unknown ${STREAM}: the plan does not have the role (sensitive value): its trust is undetermined | Evaluate the plan of the root module that manages it.`,
    ]);
  });

  test("is said of a role that is not known", () => {
    expect(saidIn({ role: undefined, stream: streamChange({}, unknownRole) })).toEqual([
      `unknown ${STREAM}: ${ROLE_PATH} is not known before the apply: its trust is undetermined | Evaluate the plan again after the apply.`,
    ]);
  });

  test("is not said of a role of the plan", () => {
    expect(saidIn()).toEqual([]);
  });

  test("is not said where no role is named", () => {
    expect(
      saidIn({ stream: streamChange({ http: { role_arn: undefined }, backup: { role_arn: undefined } }) }),
    ).toEqual([]);
  });

  test("is not said of a role that another service assumes", () => {
    const [use] = roleUses(findKloudfuse(planOf(planWith({ role: undefined }))));
    expect(use && roleNotInPlan({ ...use, service: undefined }, "its trust")).toEqual([]);
  });
});

describe("the evaluation of each role", () => {
  const evaluatedIn = (...plan: Parameters<typeof planWith>): readonly string[] =>
    short(
      perUsedRole(findKloudfuse(planOf(planWith(...plan))), "its trust", ({ role, uses }) => [
        finding(role, `used ${uses.length} times`, "None."),
        finding(role, `used ${uses.length} times`, "None."),
      ]),
    );

  test("says each outcome once", () => {
    expect(evaluatedIn()).toEqual([`finding ${ROLE}: used 3 times | None.`]);
  });

  test("evaluates every role of the plan", () => {
    const other = change("aws_iam_role.other", { name: "other", arn: OTHER_ARN });
    expect(evaluatedIn({ stream: streamChange({ backup: { role_arn: OTHER_ARN } }) }, [other])).toEqual([
      `finding ${ROLE}: used 2 times | None.`,
      "finding aws_iam_role.other: used 1 times | None.",
    ]);
  });

  test("says of each role that is not in the plan that it is undetermined, once", () => {
    expect(evaluatedIn({ stream: streamChange({ backup: { role_arn: OTHER_ARN } }) })).toEqual([
      `unknown ${STREAM}: the plan does not have the role ${OTHER_ARN}: its trust is undetermined | Evaluate the plan of the root module that manages it.`,
      `finding ${ROLE}: used 2 times | None.`,
    ]);
  });
});

describe("a finding that depends on something", () => {
  let role: PlannedResource;

  beforeAll(() => {
    role = resourceAt(planOf(planWith()), ROLE);
  });

  test("is one where it is certain", () => {
    expect(findingIf(true, role, "found", "remedy", "which matters only if x")).toEqual({
      kind: "finding",
      address: ROLE,
      found: "found",
      remedy: "remedy",
    });
  });

  test("is else undetermined, and says on what it depends", () => {
    expect(findingIf(false, role, "found", "remedy", "which matters only if x")).toEqual({
      kind: "unknown",
      address: ROLE,
      found: "found, which matters only if x",
      remedy: "remedy",
    });
  });
});
