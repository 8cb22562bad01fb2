import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "../scripts/generated-files";

const PROJECT = join(__dirname, "..");

describe("what is generated", () => {
  let files: Record<string, string> = {};

  beforeAll(() => {
    files = generatedFiles(PROJECT);
  });

  test("is the module, its tests, the schema of a fleet, tables and pictures", () => {
    expect(Object.keys(files).sort()).toEqual([
      "docs/alarms.md",
      "docs/causes.md",
      "docs/pictures/dashboard.svg",
      "docs/pictures/overview-dark.svg",
      "docs/pictures/overview-light.svg",
      "docs/policies.md",
      "docs/reference.md",
      "docs/scanners.md",
      "fleet/fleet.schema.json",
      "terraform/kloudfuse-firehose/README.md",
      "terraform/kloudfuse-firehose/main.tf.json",
      "terraform/kloudfuse-firehose/outputs.tf.json",
      "terraform/kloudfuse-firehose/tests/validation.tftest.hcl",
      "terraform/kloudfuse-firehose/variables.tf.json",
      "terraform/kloudfuse-firehose/versions.tf.json",
    ]);
  });

  test("is committed as it is: `npm run synth` writes it", () => {
    const outdated = Object.entries(files).filter(
      ([file, content]) => readFileSync(join(PROJECT, file), "utf8") !== content,
    );
    expect(outdated.map(([file]) => file)).toEqual([]);
  });
});
