import { HOW_TO, type PlanJson, toPlanJson } from "../../../policies/plan/plan-json";
import { UnusablePlan } from "../../../policies/plan/unusable-plan";

const change = (address: string, more: object = {}): object => ({
  address,
  mode: "managed",
  type: "a",
  change: { actions: ["create"] },
  ...more,
});

const inState = (address: string, more: object = {}): object => ({
  address,
  mode: "managed",
  type: "a",
  values: { name: address },
  ...more,
});

const withState = (root_module: unknown, more: object = {}): PlanJson =>
  toPlanJson({ prior_state: { values: { root_module } }, ...more });

describe("the changes of a plan", () => {
  test("are those of resource_changes", () => {
    const { changes, hasChanges } = toPlanJson({ resource_changes: [change("a.b")] });
    expect([changes, hasChanges]).toEqual([[change("a.b")], true]);
  });

  test("are none where the plan only refreshes", () => {
    const { changes, hasChanges } = toPlanJson({});
    expect([changes, hasChanges]).toEqual([[], false]);
  });

  test("outside of Terraform are those of resource_drift", () => {
    expect(toPlanJson({ resource_drift: [change("a.b")] }).drift).toEqual([change("a.b")]);
  });

  test.each<[string, unknown]>([
    ["an object", {}],
    ["a list with a text", ["a"]],
    ["a list with one that is no change", [change("a.b"), {}]],
    ["a change without an address", [change("a.b", { address: undefined })]],
    ["a change without a mode", [change("a.b", { mode: undefined })]],
    ["a change without a type", [change("a.b", { type: undefined })]],
    ["a change without actions", [change("a.b", { change: {} })]],
    ["a change whose actions are a text", [change("a.b", { change: { actions: "create" } })]],
  ])("must not be %s", (_, value) => {
    expect(() => toPlanJson({ resource_changes: value })).toThrow(
      new UnusablePlan(`The plan's resource_changes must be a list of changes, got something else. ${HOW_TO}`),
    );
    expect(() => toPlanJson({ resource_drift: value })).toThrow(
      new UnusablePlan(`The plan's resource_drift must be a list of changes, got something else. ${HOW_TO}`),
    );
  });
});

describe("the deferred changes of a plan", () => {
  test("have their reason", () => {
    const deferred_changes = [{ reason: "instance_count_unknown", resource_change: change("a.b") }];
    expect(toPlanJson({ deferred_changes }).deferred).toEqual([
      { reason: "instance_count_unknown", change: change("a.b") },
    ]);
  });

  test("have an unknown reason where the plan gives none", () => {
    expect(toPlanJson({ deferred_changes: [{ resource_change: change("a.b") }] }).deferred).toEqual([
      { reason: "unknown", change: change("a.b") },
    ]);
  });

  test("do not include what is no change", () => {
    expect(toPlanJson({ deferred_changes: [{ reason: "x" }, { resource_change: change("a.b") }] }).deferred).toEqual([
      { reason: "unknown", change: change("a.b") },
    ]);
  });

  test.each([undefined, {}, "x"])("are none of %j", (deferred_changes) => {
    expect(toPlanJson({ deferred_changes }).deferred).toEqual([]);
  });
});

describe("the state of a plan", () => {
  test("is a change of each resource that changes nothing", () => {
    expect(withState({ resources: [inState("a.b", { sensitive_values: { name: true } })] }).priorState).toEqual([
      {
        address: "a.b",
        mode: "managed",
        type: "a",
        change: {
          actions: ["no-op"],
          before: { name: "a.b" },
          after: { name: "a.b" },
          before_sensitive: { name: true },
          after_sensitive: { name: true },
        },
      },
    ]);
  });

  test("includes that of the modules, after the module around", () => {
    const root = {
      resources: [inState("a.b")],
      child_modules: [
        {
          resources: [inState("module.a.a.b")],
          child_modules: [{ resources: [inState("module.a.module.b.a.b")] }],
        },
        { resources: [inState("module.c.a.b")] },
      ],
    };
    expect(withState(root).priorState.map(({ address }) => address)).toEqual([
      "a.b",
      "module.a.a.b",
      "module.a.module.b.a.b",
      "module.c.a.b",
    ]);
  });

  test("leaves out the data sources that the plan reads again, and no other", () => {
    const state = { resources: ["data.a.b", "data.a.c", "a.d"].map((address) => inState(address)) };
    const resource_changes = [change("data.a.b", { mode: "data" }), change("a.d")];
    expect(withState(state, { resource_changes }).priorState.map(({ address }) => address)).toEqual([
      "data.a.c",
      "a.d",
    ]);
  });

  test.each<[string, object]>([
    ["address", { address: 1 }],
    ["mode", { mode: 1 }],
    ["type", { type: 1 }],
    ["values", { values: "x" }],
  ])("leaves out what has no %s", (_, more) => {
    expect(withState({ resources: [inState("a.b", more)] }).priorState).toEqual([]);
  });

  test.each([undefined, null, { resources: {}, child_modules: {} }])("is empty where it is %j", (root) => {
    expect(withState(root).priorState).toEqual([]);
  });

  test("is empty where the plan has none", () => {
    expect(toPlanJson({}).priorState).toEqual([]);
  });
});

describe("a plan", () => {
  test("has its configuration and its variables as they are", () => {
    const { configuration, variables } = toPlanJson({ configuration: { a: 1 }, variables: { b: 2 } });
    expect([configuration, variables]).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test.each([
    [true, true],
    [false, false],
    [undefined, false],
    ["true", false],
  ])("with errored %j is one that stopped with an error: %j", (errored, expected) => {
    expect(toPlanJson({ errored }).isErrored).toBe(expected);
  });

  test.each([
    [true, true],
    [false, false],
    [undefined, undefined],
    ["true", undefined],
  ])("with complete %j is complete: %j", (complete, expected) => {
    expect(toPlanJson({ complete }).isComplete).toBe(expected);
  });

  test.each([
    ["1970-01-01T00:00:01Z", 1000],
    ["1970-01-01T01:00:00+01:00", 0],
    [undefined, undefined],
    ["yesterday", undefined],
    [5, undefined],
  ])("with timestamp %j was created at %j", (timestamp, expected) => {
    expect(toPlanJson({ timestamp }).createdAt).toBe(expected);
  });
});
