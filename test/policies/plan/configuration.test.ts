import { Configuration, expressionAt, ModuleConfiguration, referencesIn } from "../../../policies/plan/configuration";

const refers = (...references: readonly unknown[]): object => ({ references });

describe("a module of the configuration", () => {
  let module: ModuleConfiguration;

  beforeAll(() => {
    module = new ModuleConfiguration({
      resources: [
        {
          address: "aws_x.y",
          provider_config_key: "aws.west",
          expressions: { name: { constant_value: "n" } },
          for_each_expression: refers("var.names"),
          count_expression: refers("var.count"),
        },
        { address: "data.aws_x.y" },
      ],
      outputs: { arn: { expression: refers("aws_x.y.arn") }, none: {} },
      module_calls: {
        child: {
          expressions: { in: refers("aws_x.y") },
          for_each_expression: refers("local.all"),
          module: { resources: [{ address: "aws_x.inner" }] },
        },
        bare: {},
      },
    });
  });

  test("has resources by type and name", () => {
    expect(module.resource("aws_x.y")).toEqual({
      providerKey: "aws.west",
      expressions: { name: { constant_value: "n" } },
      forEach: refers("var.names"),
      count: refers("var.count"),
    });
  });

  test("has data sources, also without arguments", () => {
    expect(module.resource("data.aws_x.y")).toEqual({
      providerKey: undefined,
      expressions: {},
      forEach: undefined,
      count: undefined,
    });
  });

  test("has no resource that is not written in it", () => {
    expect(module.resource("aws_x.other")).toBeUndefined();
  });

  test("has outputs by name", () => {
    expect([module.output("arn"), module.output("none"), module.output("other")]).toEqual([
      refers("aws_x.y.arn"),
      undefined,
      undefined,
    ]);
    expect(module.outputNames).toEqual(["arn", "none"]);
  });

  test("has calls by name", () => {
    const call = module.call("child");
    expect([call?.expressions, call?.forEach]).toEqual([{ in: refers("aws_x.y") }, refers("local.all")]);
    expect(call?.module.resource("aws_x.inner")?.expressions).toEqual({});
    expect(module.callNames).toEqual(["child", "bare"]);
  });

  test("has calls without arguments, and none that is not written in it", () => {
    expect(module.call("bare")?.expressions).toEqual({});
    expect(module.call("other")).toBeUndefined();
  });

  test("reads a call once", () => {
    expect(module.call("child")).toBe(module.call("child"));
  });

  test.each([undefined, null, "x", { resources: {} }])("is empty where it is %j", (json) => {
    const empty = new ModuleConfiguration(json);
    expect([empty.resource("aws_x.y"), empty.outputNames, empty.callNames]).toEqual([undefined, [], []]);
  });
});

describe("the configuration", () => {
  let configuration: Configuration;

  beforeAll(() => {
    configuration = new Configuration(
      {
        provider_config: { "aws.west": { expressions: { region: { constant_value: "us-west-2" } } } },
        root_module: {
          resources: [{ address: "aws_x.root" }],
          module_calls: {
            a: { module: { module_calls: { b: { module: { resources: [{ address: "aws_x.inner" }] } } } } },
          },
        },
      },
      { region: { value: "eu-west-1" }, count: { value: 3 } },
    );
  });

  test("has the root and the modules, whatever their keys", () => {
    expect(configuration.module("")?.resource("aws_x.root")).toBeDefined();
    expect(configuration.module('module.a["x"].module.b[0]')?.resource("aws_x.inner")).toBeDefined();
    expect(configuration.module("module.a")?.resource("aws_x.inner")).toBeUndefined();
  });

  test("has no module that is not called", () => {
    expect(configuration.module("module.x")).toBeUndefined();
    expect(configuration.module("module.x.module.b")).toBeUndefined();
  });

  test("has the arguments of providers", () => {
    expect(configuration.provider("aws.west")).toEqual({ region: { constant_value: "us-west-2" } });
    expect(configuration.provider("aws")).toEqual({});
    expect(configuration.providerKeys).toEqual(["aws.west"]);
  });

  test("has the values of variables", () => {
    expect([configuration.variable("region"), configuration.variable("other")]).toEqual(["eu-west-1", undefined]);
  });

  test.each<[string, unknown, string | undefined]>([
    ["a constant", { constant_value: "x" }, "x"],
    ["a constant that is no text", { constant_value: 3 }, undefined],
    ["a variable", refers("var.region"), "eu-west-1"],
    ["a variable that is no text", refers("var.count"), undefined],
    ["a variable that has no value", refers("var.other"), undefined],
    ["a part of a variable", refers("var.region.name"), undefined],
    ["an element of a variable", refers("var.region[0]"), undefined],
    ["several references", refers("var.region", "var.other"), undefined],
    ["a local", refers("local.region"), undefined],
    ["another reference that contains a variable", refers("x.var.region"), undefined],
    ["nothing", undefined, undefined],
  ])("has the text of %s", (_, expression, expected) => {
    expect(configuration.text(expression)).toBe(expected);
  });

  test.each<[string, unknown, string | undefined]>([
    ["a list of one", { constant_value: ["x"] }, "x"],
    ["a list of several", { constant_value: ["x", "y"] }, undefined],
    ["an empty list", { constant_value: [] }, undefined],
    ["a list of something else", { constant_value: [3] }, undefined],
    ["a text", { constant_value: "x" }, undefined],
    ["a variable that is no list", refers("var.region"), undefined],
    ["nothing", undefined, undefined],
  ])("has the only text of %s", (_, expression, expected) => {
    expect(configuration.onlyText(expression)).toBe(expected);
  });

  test("has the only text of a variable", () => {
    const ofList = new Configuration({}, { ids: { value: ["x"] } });
    expect(ofList.onlyText(refers("var.ids"))).toBe("x");
  });

  test("has nothing where it is not shown", () => {
    const empty = new Configuration(undefined, undefined);
    expect([empty.module("")?.callNames, empty.provider("aws"), empty.variable("x")]).toEqual([[], {}, undefined]);
  });
});

describe("the expression at a path", () => {
  const expressions = {
    name: { constant_value: "n" },
    whole: refers("var.whole"),
    block: [{ inner: [{ value: refers("var.value") }] }],
  };

  test.each<[string, unknown]>([
    ["name", { constant_value: "n" }],
    ["block.0.inner.0.value", refers("var.value")],
    ["whole.0.value", refers("var.whole")],
    ["block.1.inner", undefined],
    ["other.0.value", undefined],
  ])("%s is %j", (path, expected) => {
    expect(expressionAt(expressions, path)).toEqual(expected);
  });
});

describe("the references in an expression", () => {
  test.each<[string, unknown, readonly string[]]>([
    ["one, without its beginnings", refers("aws_x.y.arn", "aws_x.y"), ["aws_x.y.arn"]],
    ["one with a key, without its beginnings", refers("aws_x.y[0].arn", "aws_x.y[0]", "aws_x.y"), ["aws_x.y[0].arn"]],
    ["two of one beginning", refers("aws_x.y.arn", "aws_x.y", "aws_x.y.id", "aws_x.y"), ["aws_x.y.arn", "aws_x.y.id"]],
    [
      "two of which one is a beginning as a text only",
      refers("var.name_prefix", "var.name"),
      ["var.name_prefix", "var.name"],
    ],
    ["the same one twice", refers("var.a", "var.b", "var.a"), ["var.a", "var.b"]],
    ["texts alone", refers("var.a", 1, null), ["var.a"]],
    ["those of blocks in it", { a: [refers("var.a")], b: { c: refers("var.c") } }, ["var.a", "var.c"]],
    ["none of a constant", { constant_value: { references: ["var.a"] } }, []],
    ["none of nothing", undefined, []],
    ["none where the references are no list", { references: "var.a" }, []],
  ])("are %s", (_, expression, expected) => {
    expect(referencesIn(expression)).toEqual(expected);
  });
});
