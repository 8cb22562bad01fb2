import { readFileSync } from "node:fs";
import { join } from "node:path";
import { WORKFLOW_FILES, workflowText } from "./helpers/workflows";

const read = (file: string): string => readFileSync(join(__dirname, "..", file), "utf8");

let document = "";

beforeAll(() => {
  document = read("docs/hcp-terraform.md");
});

describe("docs/hcp-terraform.md", () => {
  test("names both trigger patterns, relative to the repository's root", () => {
    expect([...new Set(document.match(/`[^`\s]+\*\*[^`\s]*`/g))]).toEqual([
      "`examples/hcp-terraform/**/*`",
      "`terraform/kloudfuse-firehose/**/*`",
    ]);
  });

  test("says where the region is set, for both workflows", () => {
    expect(document).toContain("`region`");
    expect(document).toContain("`aws_region`");
    expect(document).toContain("`AWS_REGION`");
  });

  test("says which token can read a plan's JSON", () => {
    expect(document).toContain("the token of a user, or of a team with admin access to the workspace");
  });

  test("has no command that could download a package of the same name", () => {
    const commands = [...document.matchAll(/```\w*\n(.*?)```/gs)].map(([, block]) => block).join("");
    const uses = commands
      .split("\n")
      .filter((line) => /kloudfuse-firehose (?:policy|probe|verify|failures|replay)/.test(line));
    expect(uses.filter((line) => !line.startsWith("npm exec --no -- kloudfuse-firehose "))).toEqual([]);
  });
});

test("every variable, secret and environment of its workflows is documented", () => {
  const settings = WORKFLOW_FILES.filter((file) => file.startsWith("hcp-terraform")).flatMap((file) => [
    ...[...workflowText(file).matchAll(/(?:vars|secrets)\.(\w+)/g)].map(([, name]) => name),
    ...[...workflowText(file).matchAll(/environment: (\S+)/g)].map(([, name]) => name),
  ]);
  const documented = [...document.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  expect([...new Set(settings)].sort()).toEqual([...documented].sort());
});
