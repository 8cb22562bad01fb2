import { hclText, hclValue } from "../../cli/hcl";

test("a value is on one line in Terraform's syntax", () => {
  expect(hclValue({ a: [1, true, "x"], "b c": null, d: {}, e: [] })).toBe(
    '{ "a" = [1, true, "x"], "b c" = null, "d" = {}, "e" = [] }',
  );
});

test("a text has its quotes, line breaks and beginnings of a template escaped", () => {
  expect(hclText('a "b"\n${c} %{d} $e %f')).toBe('"a \\"b\\"\\n$${c} %%{d} $e %f"');
});
