import { PlannedResource, readPlan, UNKNOWN, UnusablePlan } from "../policies/plan";

const HOW_TO = "Create it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";

const plan = (more: object): string => JSON.stringify({ format_version: "1.2", planned_values: {}, ...more });

describe("reading a plan", () => {
  test.each([
    ["text that is no JSON", "s3cr3t", `The input must be JSON, got text that is not. ${HOW_TO}`],
    [
      "JSON that is no plan",
      "{}",
      `The input must be the JSON of a plan, got JSON without format_version and planned_values. ${HOW_TO}`,
    ],
    [
      "a state",
      '{"format_version": "1.0", "values": {}}',
      `The input must be the JSON of a plan, got a state. ${HOW_TO}`,
    ],
    [
      "a newer format",
      '{"format_version": "2.0", "planned_values": {}}',
      'The plan\'s format_version must be 1.x, got "2.0". Use a newer kloudfuse-firehose, or an older Terraform.',
    ],
    [
      "changes that are none",
      plan({ resource_changes: [{ address: "a" }] }),
      `The plan's resource_changes must be a list of changes, got something else. ${HOW_TO}`,
    ],
  ])("refuses %s", (_what, text, message) => {
    expect(() => readPlan(text)).toThrow(new UnusablePlan(message));
  });

  test("takes a plan without changes", () => {
    expect(readPlan(plan({})).resources).toEqual([]);
  });

  test("leaves data sources out", () => {
    const change = (mode: string): object => ({ address: "a.b", mode, type: "a", change: { actions: ["read"] } });
    expect(readPlan(plan({ resource_changes: [change("data"), change("managed")] })).resources).toHaveLength(1);
  });
});

describe("a planned resource", () => {
  const resource = new PlannedResource({
    address: 'module.a["x.y"].module.b[0].aws_s3_bucket.c',
    mode: "managed",
    type: "aws_s3_bucket",
    change: {
      actions: ["create"],
      before: null,
      after: { bucket: "name", rule: [{ id: "one" }], tags: null },
      after_unknown: { arn: true, rule: [{ days: true }] },
    },
  });

  test("gives what is at a path", () => {
    expect(resource.get("rule.0.id")).toBe("one");
    expect(resource.get("tags")).toBeUndefined();
    expect(resource.get("rule.1.id")).toBeUndefined();
  });

  test("says what is not known before the apply", () => {
    expect(resource.get("arn")).toBe(UNKNOWN);
    expect(resource.get("rule.0.days")).toBe(UNKNOWN);
  });

  test("knows its module", () => {
    expect(resource.moduleAddress).toBe('module.a["x.y"].module.b[0]');
  });

  test("is what it was when it is to be deleted", () => {
    const gone = new PlannedResource({
      address: "a.b",
      mode: "managed",
      type: "a",
      change: { actions: ["delete"], before: { name: "old" }, after: null, after_unknown: {} },
    });
    expect(gone.get("name")).toBe("old");
    expect(gone.isDeleted).toBe(true);
  });
});
