import { attribute, distinct, finding, setting, undeterminedOutcome, unknownOutcome } from "../../policies/outcomes";
import type { Plan, PlannedResource } from "../../policies/plan";
import { type PlannedChange, planOf } from "../helpers/plan";
import { resourceAt } from "./resource-at";

const ADDRESS = "aws_x.y";

function planned(more: Partial<PlannedChange> = {}): readonly [Plan, PlannedResource] {
  const plan = planOf([{ address: ADDRESS, values: { name: "a" }, ...more }]);
  return [plan, resourceAt(plan, ADDRESS)];
}

const [, RESOURCE] = planned();
const isB = (value: unknown): boolean => value === "b";

describe("an outcome", () => {
  test("is what breaks a policy", () => {
    expect(finding(RESOURCE, "found", "remedy")).toEqual({
      kind: "finding",
      address: ADDRESS,
      found: "found",
      remedy: "remedy",
    });
  });

  test("is what a plan does not show", () => {
    expect(undeterminedOutcome(RESOURCE, "found", "remedy")).toEqual({
      kind: "unknown",
      address: ADDRESS,
      found: "found",
      remedy: "remedy",
    });
  });

  test("is what is known only after the apply", () => {
    expect(unknownOutcome(RESOURCE, "name")).toEqual({
      kind: "unknown",
      address: ADDRESS,
      found: "name is not known before the apply",
      remedy: "Evaluate the plan again after the apply.",
    });
  });
});

describe("an attribute", () => {
  test("that holds has no outcome", () => {
    expect(attribute(RESOURCE, "name", (value) => value === "a", "Set it.")).toEqual([]);
  });

  test("that does not hold is a finding with its value", () => {
    expect(attribute(RESOURCE, "name", isB, "Set it.")).toEqual([finding(RESOURCE, 'name is "a"', "Set it.")]);
    expect(attribute(RESOURCE, "other", isB, "Set it.")).toEqual([finding(RESOURCE, "other is not set", "Set it.")]);
  });

  test("that is not known is undetermined", () => {
    const [, resource] = planned({ unknown: ["name"] });
    expect(attribute(resource, "name", isB, "Set it.")).toEqual([unknownOutcome(resource, "name")]);
  });
});

describe("a setting", () => {
  test("that the configuration leaves out is a finding", () => {
    const [plan, resource] = planned({ unknown: ["other"] });
    expect(setting(plan, resource, "other", isB, "Set it.")).toEqual([
      finding(resource, "other is not set", "Set it."),
    ]);
  });

  test("that is not known is undetermined", () => {
    const [plan, resource] = planned({ unknown: ["name"] });
    expect(setting(plan, resource, "name", isB, "Set it.")).toEqual([unknownOutcome(resource, "name")]);
  });

  test("that is known must hold", () => {
    const [plan, resource] = planned();
    expect(setting(plan, resource, "name", (value) => value === "a", "Set it.")).toEqual([]);
    expect(setting(plan, resource, "name", isB, "Set it.")).toEqual([finding(resource, 'name is "a"', "Set it.")]);
  });
});

describe("distinct outcomes", () => {
  const one = finding(RESOURCE, "found", "remedy");

  test("are each once, in their order", () => {
    const other = finding(RESOURCE, "other", "remedy");
    expect(distinct([one, other, { ...one }])).toEqual([one, other]);
  });

  test.each([
    ["kind", { ...one, kind: "unknown" as const }],
    ["address", { ...one, address: "aws_x.z" }],
    ["found", { ...one, found: "other" }],
    ["remedy", { ...one, remedy: "other" }],
  ])("are different by their %s", (_, other) => {
    expect(distinct([one, other])).toEqual([one, other]);
  });
});
