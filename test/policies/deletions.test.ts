import { deletion, deletions, IF_INTENTIONAL } from "../../policies/deletions";
import { findKloudfuse } from "../../policies/kloudfuse";
import type { Plan } from "../../policies/plan";
import { planWith, ROLE, roleChange, STREAM, streamChange } from "../helpers/iam-plan";
import { planOf } from "../helpers/plan";
import { resourceAt } from "./resource-at";

let plan: Plan;

beforeAll(() => {
  plan = planOf(
    planWith({
      role: roleChange({}, { actions: ["delete"] }),
      stream: streamChange({}, { actions: ["delete", "create"] }),
    }),
  );
});

describe("what becomes of a resource that the plan deletes", () => {
  test("is said of one that is destroyed for good", () => {
    expect(deletion(resourceAt(plan, ROLE))).toBe("it is destroyed");
  });

  test("is said of one that is created again", () => {
    expect(deletion(resourceAt(plan, STREAM))).toBe("it is replaced");
  });
});

describe("the deletions of a type", () => {
  test("are findings about the resources of the type alone", () => {
    expect(deletions(findKloudfuse(plan), "aws_iam_role")).toEqual([
      { kind: "finding", address: ROLE, found: "it is destroyed", remedy: IF_INTENTIONAL },
    ]);
    expect(deletions(findKloudfuse(plan), "aws_s3_bucket")).toEqual([]);
  });

  test("can be allowed", () => {
    expect(IF_INTENTIONAL).toBe("If this is intentional, allow the policy by its id, with the reason.");
  });
});
