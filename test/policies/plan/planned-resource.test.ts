import { PlannedResource, UNKNOWN } from "../../../policies/plan";
import { planOf } from "../../helpers/plan";

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

  test("returns what is at a path", () => {
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

  test("knows its key and its name in the configuration", () => {
    const of = (address: string, mode = "managed"): PlannedResource =>
      new PlannedResource({ address, mode, type: "aws_x", change: { actions: ["create"] } });
    expect(resource.key).toBeUndefined();
    expect(of('module.a["]."].aws_x.y["a.b[\\"0]"]').key).toBe('"a.b[\\"0]"');
    expect(of('module.a["]."].aws_x.y["a.b"]').moduleAddress).toBe('module.a["]."]');
    expect(of("module.a.aws_x.y[0]").label).toBe("y[0]");
    expect(of("module.a.aws_x.y[0]").configurationKey).toBe("aws_x.y");
    expect(of("data.aws_x.y[0]", "data").label).toBe("y[0]");
    expect(of("data.aws_x.y[0]", "data").configurationKey).toBe("data.aws_x.y");
  });

  test("is unknown in all of what is unknown as a whole", () => {
    const [block] = planOf([{ address: "aws_x.y", values: {}, unknown: ["block"] }]).resources;
    expect(block?.get("block")).toBe(UNKNOWN);
    expect(block?.get("block.0.deep")).toBe(UNKNOWN);
    expect(block?.text("block.0.deep")).toBe(UNKNOWN);
    expect(block?.count("block")).toBe(UNKNOWN);
  });

  test("counts the elements of a list", () => {
    expect(resource.count("rule")).toBe(1);
    expect(resource.count("tags")).toBe(0);
  });

  test.each([
    [["create"], [false, false, false, false]],
    [["no-op"], [false, false, false, false]],
    [["delete"], [true, false, false, true]],
    [
      ["delete", "create"],
      [true, true, false, false],
    ],
    [
      ["create", "delete"],
      [true, true, false, false],
    ],
    [["forget"], [false, false, true, false]],
  ] as const)("with the actions %j is deleted, replaced, forgotten, gone: %j", (actions, expected) => {
    const { isDeleted, isReplaced, isForgotten, isGone } = new PlannedResource({
      address: "a.b",
      mode: "managed",
      type: "a",
      change: { actions },
    });
    expect([isDeleted, isReplaced, isForgotten, isGone]).toEqual(expected);
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
