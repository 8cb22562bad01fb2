import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "../examples");
const examples = readdirSync(FOLDER, { withFileTypes: true }).flatMap((each) =>
  each.isDirectory() ? [each.name] : [],
);

const read = (path: string): string => readFileSync(join(__dirname, "..", path), "utf8");

describe.each(examples)("the example %s", (example) => {
  test("has a README that says what it is and how to run it", () => {
    expect(read(`examples/${example}/README.md`)).toMatch(/^# .+\n\n[A-Z][\s\S]+\n```sh\n/);
  });

  test("is in the table of the module's documentation", () => {
    expect(read("docs/module.md")).toContain(`(../examples/${example})`);
  });
});
