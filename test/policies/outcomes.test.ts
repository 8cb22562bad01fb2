import {
  checkAttribute,
  distinct,
  finding,
  checkConfiguredAttribute,
  undeterminedOutcome,
  unknownOutcome,
} from "../../policies/outcomes";
import type { Plan, PlannedResource } from "../../policies/plan";
import type { PolicyOutcome } from "../../policies/policy";
import { type PlannedChange, planOf } from "../helpers/plan";
import { resourceAt } from "./resource-at";

const ADDRESS = "aws_x.y";

function planned(more: Partial<PlannedChange> = {}): readonly [Plan, PlannedResource] {
  const plan = planOf([{ address: ADDRESS, values: { name: "a" }, ...more }]);
  return [plan, resourceAt(plan, ADDRESS)];
}

let named: PlannedResource;

beforeAll(() => {
  [, named] = planned();
});

const isB = (value: unknown): boolean => value === "b";

describe("an outcome", () => {
  test("is what breaks a policy", () => {
    expect(finding(named, "found", "remedy")).toEqual({
      kind: "finding",
      address: ADDRESS,
      found: "found",
      remedy: "remedy",
    });
  });

  test("is what a plan does not show", () => {
    expect(undeterminedOutcome(named, "found", "remedy")).toEqual({
      kind: "unknown",
      address: ADDRESS,
      found: "found",
      remedy: "remedy",
    });
  });

  test("is what is known only after the apply", () => {
    expect(unknownOutcome(named, "name")).toEqual({
      kind: "unknown",
      address: ADDRESS,
      found: "name is not known before the apply",
      remedy: "Evaluate the plan again after the apply.",
    });
  });
});

describe("an attribute", () => {
  test("that holds has no outcome", () => {
    expect(checkAttribute(named, "name", (value) => value === "a", "Set it.")).toEqual([]);
  });

  test("that does not hold is a finding with its value", () => {
    expect(checkAttribute(named, "name", isB, "Set it.")).toEqual([finding(named, 'name is "a"', "Set it.")]);
    expect(checkAttribute(named, "other", isB, "Set it.")).toEqual([finding(named, "other is not set", "Set it.")]);
  });

  test("that is not known is undetermined", () => {
    const [, resource] = planned({ unknown: ["name"] });
    expect(checkAttribute(resource, "name", isB, "Set it.")).toEqual([unknownOutcome(resource, "name")]);
  });
});

describe("a setting", () => {
  test("that the configuration leaves out is a finding", () => {
    const [plan, resource] = planned({ unknown: ["other"] });
    expect(checkConfiguredAttribute(plan, resource, "other", isB, "Set it.")).toEqual([
      finding(resource, "other is not set", "Set it."),
    ]);
  });

  test("that is not known is undetermined", () => {
    const [plan, resource] = planned({ unknown: ["name"] });
    expect(checkConfiguredAttribute(plan, resource, "name", isB, "Set it.")).toEqual([
      unknownOutcome(resource, "name"),
    ]);
  });

  test("that is known must hold", () => {
    const [plan, resource] = planned();
    expect(checkConfiguredAttribute(plan, resource, "name", (value) => value === "a", "Set it.")).toEqual([]);
    expect(checkConfiguredAttribute(plan, resource, "name", isB, "Set it.")).toEqual([
      finding(resource, 'name is "a"', "Set it."),
    ]);
  });
});

describe("distinct outcomes", () => {
  let one: PolicyOutcome;

  beforeAll(() => {
    one = finding(named, "found", "remedy");
  });

  test("are each once, in their order", () => {
    const other = finding(named, "other", "remedy");
    expect(distinct([one, other, { ...one }])).toEqual([one, other]);
  });

  test.each<[string, Partial<PolicyOutcome>]>([
    ["kind", { kind: "unknown" }],
    ["address", { address: "aws_x.z" }],
    ["found", { found: "other" }],
    ["remedy", { remedy: "other" }],
  ])("are different by their %s", (_, difference) => {
    const other = { ...one, ...difference };
    expect(distinct([one, other])).toEqual([one, other]);
  });
});
