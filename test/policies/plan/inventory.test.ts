import { Inventory } from "../../../policies/plan/inventory";
import { PlannedResource } from "../../../policies/plan/planned-resource";

const resource = (address: string, type: string, mode = "managed"): PlannedResource =>
  new PlannedResource({ address, mode, type, change: { actions: ["create"] } });

const inventory = (): Inventory =>
  new Inventory([
    resource("aws_x.a", "aws_x"),
    resource("aws_x.b[0]", "aws_x"),
    resource("aws_x.b[1]", "aws_x"),
    resource("aws_y.a", "aws_y"),
    resource("data.aws_x.d", "aws_x", "data"),
    resource("module.m[0].aws_x.a", "aws_x"),
    resource("module.m[1].aws_x.a", "aws_x"),
    resource("module.m[0].module.n.aws_z.a", "aws_z"),
    resource("module.o.module.p[0].aws_z.a", "aws_z"),
    resource("module.o.module.p[1].data.aws_z.a", "aws_z", "data"),
  ]);

const addresses = (resources: readonly PlannedResource[]): readonly string[] => resources.map(({ address }) => address);

describe("the resources of a plan", () => {
  test("are found by type, without data sources", () => {
    expect(addresses(inventory().ofType("aws_x"))).toEqual([
      "aws_x.a",
      "aws_x.b[0]",
      "aws_x.b[1]",
      "module.m[0].aws_x.a",
      "module.m[1].aws_x.a",
    ]);
    expect(inventory().ofType("aws_other")).toEqual([]);
  });

  test("are data sources by type, without resources", () => {
    expect(addresses(inventory().dataSourcesOfType("aws_x"))).toEqual(["data.aws_x.d"]);
    expect(inventory().dataSourcesOfType("aws_y")).toEqual([]);
  });

  test("are of the types of managed resources", () => {
    expect(inventory().types).toEqual(["aws_x", "aws_y", "aws_z"]);
  });

  test("are found by address, data sources too", () => {
    expect(inventory().at("aws_x.b[1]")?.key).toBe("1");
    expect(inventory().at("data.aws_x.d")?.isDataSource).toBe(true);
    expect(inventory().at("aws_x.b")).toBeUndefined();
  });

  test("are found in a module by type, without data sources and without those in modules of it", () => {
    expect(addresses(inventory().inModule("", "aws_x"))).toEqual(["aws_x.a", "aws_x.b[0]", "aws_x.b[1]"]);
    expect(addresses(inventory().inModule("module.m[0]", "aws_x"))).toEqual(["module.m[0].aws_x.a"]);
    expect(inventory().inModule("module.m[0]", "aws_z")).toEqual([]);
    expect(inventory().inModule("module.o.module.p[1]", "aws_z")).toEqual([]);
  });
});

describe("the instances of a resource", () => {
  const keys = (...of: readonly [string, string]): readonly (readonly [string, string])[] =>
    [...inventory().instances(...of)].map(([key, { address }]) => [key, address]);

  test("are found by their keys", () => {
    expect(keys("", "aws_x.b")).toEqual([
      ["0", "aws_x.b[0]"],
      ["1", "aws_x.b[1]"],
    ]);
  });

  test("have an empty key without count", () => {
    expect(keys("", "aws_x.a")).toEqual([["", "aws_x.a"]]);
    expect(keys("", "data.aws_x.d")).toEqual([["", "data.aws_x.d"]]);
  });

  test("are those in the module", () => {
    expect(keys("module.m[1]", "aws_x.a")).toEqual([["", "module.m[1].aws_x.a"]]);
    expect(keys("module.m[1]", "aws_x.b")).toEqual([]);
  });
});

describe("the instances of a module", () => {
  test("are those with resources or data sources", () => {
    expect(inventory().moduleInstances("", "m")).toEqual(["module.m[0]", "module.m[1]"]);
    expect(inventory().moduleInstances("module.o", "p")).toEqual(["module.o.module.p[0]", "module.o.module.p[1]"]);
  });

  test("include those with resources in their modules alone", () => {
    expect(inventory().moduleInstances("", "o")).toEqual(["module.o"]);
  });

  test("are those of the instance around", () => {
    expect(inventory().moduleInstances("module.m[0]", "n")).toEqual(["module.m[0].module.n"]);
  });

  test("are the call itself where the plan has no resource of it", () => {
    expect(inventory().moduleInstances("", "empty")).toEqual(["module.empty"]);
    expect(inventory().moduleInstances("module.m[1]", "n")).toEqual(["module.m[1].module.n"]);
  });
});
