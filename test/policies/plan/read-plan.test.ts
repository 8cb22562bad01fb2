import { readPlan, UnusablePlan } from "../../../policies/plan";

const HOW_TO = "Create it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";

const plan = (more: object): string => JSON.stringify({ format_version: "1.2", planned_values: {}, ...more });

describe("the reader of plans", () => {
  test.each([
    ["text that is not JSON", "s3cr3t", `The input must be JSON, got text that is not. ${HOW_TO}`],
    [
      "changes that are something else",
      plan({ resource_changes: [{ address: "a" }] }),
      `The plan's resource_changes must be a list of changes, got something else. ${HOW_TO}`,
    ],
  ])("rejects %s", (_what, text, message) => {
    expect(() => readPlan(text)).toThrow(new UnusablePlan(message));
  });

  test("accepts a plan without changes", () => {
    expect(readPlan(plan({})).resources).toEqual([]);
  });

  test("leaves data sources out", () => {
    const change = (mode: string): object => ({ address: "a.b", mode, type: "a", change: { actions: ["read"] } });
    expect(readPlan(plan({ resource_changes: [change("data"), change("managed")] })).resources).toHaveLength(1);
  });
});
