import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const read = (path: string): string => readFileSync(join(__dirname, "..", path), "utf8");

describe("each example", () => {
  let examples: readonly string[] = [];

  beforeAll(() => {
    examples = readdirSync(join(__dirname, "../examples"), { withFileTypes: true }).flatMap((each) =>
      each.isDirectory() ? [each.name] : [],
    );
    expect(examples).toContain("basic");
  });

  test("has a README that says what it is and how to run it", () => {
    const readme = /^# .+\n\n[A-Z][\s\S]+\n```sh\n/;
    expect(examples.filter((example) => !readme.test(read(`examples/${example}/README.md`)))).toEqual([]);
  });

  test("is in the table of the module's documentation", () => {
    const table = read("docs/module.md");
    expect(examples.filter((example) => !table.includes(`(../examples/${example})`))).toEqual([]);
  });
});
