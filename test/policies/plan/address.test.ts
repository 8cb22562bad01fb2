import { callsOf, lastCallOf, moduleIn, moduleOf, type Step, stepsOf, writeStep } from "../../../policies/plan/address";

const step = (name: string, key?: string): Step => ({ name, key });

describe("the steps of an address", () => {
  test.each<[string, readonly Step[]]>([
    ["a", [step("a")]],
    ["a.b", [step("a"), step("b")]],
    ["a.b[0]", [step("a"), step("b", "0")]],
    ['a.b["x.y"].c', [step("a"), step("b", '"x.y"'), step("c")]],
    ['a.b["x]y"].c', [step("a"), step("b", '"x]y"'), step("c")]],
    ['a.b["x\\"]y"].c', [step("a"), step("b", '"x\\"]y"'), step("c")]],
    ['a.b["x\\\\"].c', [step("a"), step("b", '"x\\\\"'), step("c")]],
    ["a[0][1].b", [step("a", "1"), step("b")]],
    ["a.b[0", [step("a"), step("b", "0")]],
    ["a[0].b.c", [step("a", "0"), step("b"), step("c")]],
    ["a[x\\].b", [step("a", "x\\"), step("b")]],
    ["", [step("")]],
  ])("of %j are %j", (text, steps) => {
    expect(stepsOf(text)).toEqual(steps);
  });
});

describe("a step", () => {
  test("is written with its key", () => {
    expect(writeStep(step("b", '"x"'))).toBe('b["x"]');
  });

  test("is written without a key where it has none", () => {
    expect(writeStep(step("b"))).toBe("b");
  });
});

describe("the address of a module in another", () => {
  test("begins with the other's", () => {
    expect(moduleIn("module.a[0]", step("b", "1"))).toBe("module.a[0].module.b[1]");
  });

  test("in the root is its own", () => {
    expect(moduleIn("", step("b"))).toBe("module.b");
  });
});

describe("the module of a resource or module", () => {
  test.each([
    ["aws_x.y", ""],
    ["module.a.aws_x.y", "module.a"],
    ['module.a["."].module.b[0].data.aws_x.y', 'module.a["."].module.b[0]'],
    ["module.a.module.b", "module.a"],
    ["module.a", ""],
    ["aws_x.module.a.b", ""],
  ])("of %s is %j", (address, module) => {
    expect(moduleOf(address)).toBe(module);
  });
});

describe("the calls on the way to a module", () => {
  test("are none for the root", () => {
    expect(callsOf("")).toEqual([]);
  });

  test("are the names with their keys", () => {
    expect(callsOf("module.a[0].module.b")).toEqual([step("a", "0"), step("b")]);
  });
});

describe("the last call on the way to a module", () => {
  test("is none for the root", () => {
    expect(lastCallOf("")).toBeUndefined();
  });

  test("is made by the root or by the module around", () => {
    expect(lastCallOf("module.a[0]")).toEqual({ parent: "", step: step("a", "0") });
    expect(lastCallOf("module.a[0].module.b.module.c")).toEqual({
      parent: "module.a[0].module.b",
      step: step("c"),
    });
  });
});
