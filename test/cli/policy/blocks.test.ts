import { blockOf, blocksOfHcl, blocksOfJson } from "../../../cli/policy/blocks";

describe("the block of an address", () => {
  test.each([
    ["aws_s3_bucket.b", "aws_s3_bucket.b"],
    ['aws_s3_bucket.b["x.y"]', "aws_s3_bucket.b"],
    ["module.k.aws_s3_bucket.b", "module.k"],
    ['module.k["a.b"].module.inner.aws_s3_bucket.b[0]', "module.k"],
    ["nonsense", "."],
  ])("of %s is %s", (address, block) => {
    expect(blockOf(address)).toBe(block);
  });
});

describe("the blocks of HCL", () => {
  const blocks = (...lines: readonly string[]): unknown => Object.fromEntries(blocksOfHcl(lines.join("\n")));

  test("are resources and calls of modules, with what names them", () => {
    expect(
      blocks(
        'resource "aws_s3_bucket" "b" {',
        "}",
        '  module  "k"  {}  ',
        'data "aws_s3_bucket" "d" {',
        "resource a b {",
      ),
    ).toEqual({
      "aws_s3_bucket.b": { line: 1, startColumn: 1, endColumn: 31 },
      "module.k": { line: 3, startColumn: 3, endColumn: 18 },
      "a.b": { line: 5, startColumn: 1, endColumn: 15 },
    });
  });

  test("are the first ones of a name", () => {
    expect(blocks('module "k" {', "}", 'module "k" {')).toEqual({
      "module.k": { line: 1, startColumn: 1, endColumn: 13 },
    });
  });

  test("are not in comments", () => {
    expect(
      blocks(
        '# module "a" {',
        '// module "b" {',
        "/*",
        'module "c" {',
        "*/",
        'module "k" {',
        '  x = "${arn}/*"',
        'module "l" {',
      ),
    ).toEqual({
      "module.k": { line: 6, startColumn: 1, endColumn: 13 },
      "module.l": { line: 8, startColumn: 1, endColumn: 13 },
    });
  });

  test("have no carriage return in their columns", () => {
    expect(Object.fromEntries(blocksOfHcl('module "k" {\r\n}\r\n'))).toEqual({
      "module.k": { line: 1, startColumn: 1, endColumn: 13 },
    });
  });
});

describe("the blocks of JSON", () => {
  const lines = (text: string): unknown =>
    Object.fromEntries([...blocksOfJson(text)].map(([name, { line }]) => [name, line]));

  test("are keys of module and of resource, not the same names elsewhere", () => {
    const root = {
      "//": { overrides: { resource: { aws_s3_bucket: { b: 1 } }, module: { k: 1 } } },
      data: { aws_s3_bucket: { b: { bucket: "module" } } },
      module: { k: { source: "./k", providers: { aws: "aws.x" } } },
      output: { b: { value: "aws_s3_bucket" } },
      resource: { aws_s3_bucket: { b: { tags: { module: "k", 'a"b': "}{" } }, c: {} } },
    };
    const text = JSON.stringify(root, null, 2);
    const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split("\n").length;
    expect(lines(text)).toEqual({
      "module.k": lineOf('"k": {'),
      "aws_s3_bucket.b": lineOf('"b": {\n        "tags"'),
      "aws_s3_bucket.c": lineOf('"c": {}'),
    });
  });

  test("are found in lists of objects, and on one line", () => {
    const text = '{"resource":[{"a":[{"b":[{"x":[1,{"y":2}]}]},{"c":{}}]}],"module":[{"k":[{}]}]}';
    expect(Object.fromEntries(blocksOfJson(text))).toEqual({
      "a.b": { line: 1, startColumn: text.indexOf('"b"') + 1, endColumn: text.indexOf('"b"') + 4 },
      "a.c": { line: 1, startColumn: text.indexOf('"c"') + 1, endColumn: text.indexOf('"c"') + 4 },
      "module.k": { line: 1, startColumn: text.indexOf('"k"') + 1, endColumn: text.indexOf('"k"') + 4 },
    });
  });

  test("are none in what is no JSON", () => {
    expect(lines('}}]{"module": "k"')).toEqual({});
  });
});
