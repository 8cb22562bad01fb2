import { inputsTable, outputsTable } from "../../scripts/module-readme";
import { withCurrentTables } from "../../scripts/reference-tables";

const INPUTS = "# Reference\n\n<!-- inputs -->\nold\n<!-- /inputs -->\n";
const OUTPUTS = "\nText between.\n\n<!-- outputs -->\nolder\n\n<!-- /outputs -->\n\nText after.\n";

describe("the tables of the reference", () => {
  test("are replaced, and everything around them is as it was", () => {
    expect(withCurrentTables(INPUTS + OUTPUTS)).toBe(
      `# Reference\n\n<!-- inputs -->\n${inputsTable()}\n<!-- /inputs -->\n\nText between.\n\n<!-- outputs -->\n${outputsTable()}\n<!-- /outputs -->\n\nText after.\n`,
    );
  });

  test("are the same where they are current", () => {
    const current = withCurrentTables(INPUTS + OUTPUTS);
    expect(withCurrentTables(current)).toBe(current);
  });

  test.each([
    ["inputs", "the first comment is missing", INPUTS.replace("<!-- inputs -->\n", "") + OUTPUTS],
    ["inputs", "the last comment is missing", INPUTS.replace("\n<!-- /inputs -->", "") + OUTPUTS],
    ["outputs", "both comments are missing", INPUTS],
    ["outputs", "the comments are swapped", `${INPUTS}\n<!-- /outputs -->\n<!-- outputs -->\n`],
  ])("of %s cannot be replaced where %s", (name, _, reference) => {
    expect(() => withCurrentTables(reference)).toThrow(
      new Error(
        `docs/reference.md must contain <!-- ${name} --> and <!-- /${name} -->, got one or none. Restore them.`,
      ),
    );
  });
});
