import { UNKNOWN } from "../../../policies/plan";
import { PlannedResource, type ResourceChange } from "../../../policies/plan/planned-resource";
import { planOf } from "../../helpers/plan";

describe("a planned resource", () => {
  let resource: PlannedResource;

  beforeAll(() => {
    resource = new PlannedResource({
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

describe("a planned resource of a change", () => {
  const of = (change: Partial<ResourceChange["change"]>, more: Partial<ResourceChange> = {}): PlannedResource =>
    new PlannedResource({
      address: "aws_x.y",
      mode: "managed",
      type: "aws_x",
      change: { actions: ["update"], ...change },
      ...more,
    });

  test("has its address, its type and its actions", () => {
    const { address, type, actions } = of({});
    expect([address, type, actions]).toEqual(["aws_x.y", "aws_x", ["update"]]);
  });

  test("has the address before a moved block", () => {
    expect(of({}, { previous_address: "aws_x.old" }).previousAddress).toBe("aws_x.old");
    expect(of({}).previousAddress).toBeUndefined();
  });

  test.each([
    ["managed", false],
    ["data", true],
  ])("of the mode %s is a data source: %j", (mode, expected) => {
    expect(of({}, { mode }).isDataSource).toBe(expected);
  });

  test("that is left behind by a replacement is deposed, and gone", () => {
    const deposed = of({ actions: ["delete"] }, { deposed: "1" });
    expect([deposed.isDeposed, deposed.isGone]).toEqual([true, true]);
    expect(of({ actions: ["forget"] }, { deposed: "1" }).isGone).toBe(true);
    expect(of({}).isDeposed).toBe(false);
  });

  test("has no location by itself", () => {
    expect([of({}).accountId, of({}).region]).toEqual([undefined, undefined]);
  });

  test("has the location that is found for it", () => {
    const located = new PlannedResource(
      { address: "aws_x.y", mode: "managed", type: "aws_x", change: { actions: [] } },
      ({ address }) => ({ accountId: `account of ${address}`, region: `region of ${address}` }),
    );
    expect([located.accountId, located.region]).toEqual(["account of aws_x.y", "region of aws_x.y"]);
  });

  test("has the values after the plan, and those before it", () => {
    const changed = of({ before: { name: "old", list: [{ a: "b" }] }, after: { name: "new" } });
    expect([changed.get("name"), changed.getBefore("name"), changed.textBefore("list.0.a")]).toEqual([
      "new",
      "old",
      "b",
    ]);
  });

  test("has nothing before the plan that is not there, or is no text", () => {
    const changed = of({ before: { name: null, list: [] } });
    expect([changed.getBefore("name"), changed.getBefore("x.y"), changed.textBefore("list")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("has texts and nothing else as texts", () => {
    const changed = of({ after: { name: "n", count: 3 }, after_unknown: { id: true } });
    expect([changed.text("name"), changed.text("count"), changed.text("other"), changed.text("id")]).toEqual([
      "n",
      undefined,
      undefined,
      UNKNOWN,
    ]);
  });

  test("counts nothing but the elements of lists", () => {
    const changed = of({ after: { list: [1, 2], object: { length: 3 }, text: "abc" } });
    expect([changed.count("list"), changed.count("object"), changed.count("text")]).toEqual([2, 0, 0]);
  });

  test("is known where nothing is marked as unknown", () => {
    expect(of({ after: { name: "n" }, after_unknown: { name: false } }).get("name")).toBe("n");
  });

  test("is unknown as a whole where all of it is", () => {
    expect(of({ after: {}, after_unknown: true }).get("name.deep")).toBe(UNKNOWN);
  });

  test("is sensitive where the value or what it is part of is", () => {
    const changed = of({ after: { a: "x" }, after_sensitive: { a: true, list: [{ key: true }], whole: true } });
    expect(["a", "list.0.key", "whole.0.part", "list", "list.0", "b"].map((path) => changed.isSensitive(path))).toEqual(
      [true, true, true, false, false, false],
    );
  });

  test("has a tree of what is sensitive", () => {
    const changed = of({ after: {}, after_sensitive: { list: [{ key: true }] } });
    expect(changed.sensitivity("list")).toEqual([{ key: true }]);
    expect(changed.sensitivity("list.0.key")).toBe(true);
  });

  test("is sensitive as before the plan where it is destroyed", () => {
    const sensitive = { before_sensitive: { a: true }, after_sensitive: { b: true } };
    const paths = (change: Partial<ResourceChange["change"]>): readonly boolean[] =>
      ["a", "b"].map((path) => of({ ...sensitive, ...change }).isSensitive(path));
    expect(paths({ after: null })).toEqual([true, false]);
    expect(paths({})).toEqual([true, false]);
    expect(paths({ after: {} })).toEqual([false, true]);
  });
});
