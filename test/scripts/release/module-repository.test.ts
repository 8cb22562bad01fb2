import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeModuleRepository } from "../../../scripts/release/module-repository";

const PROJECT = resolve(__dirname, "../../..");

describe("the module as a repository of its own", () => {
  let folder = "";
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-module-"));
    mkdirSync(join(folder, ".git"));
    writeFileSync(join(folder, "old.tf"), "");
    writeModuleRepository(PROJECT, folder, "1.2.0", "https://example.com/terraform-aws-kloudfuse-firehose.git");
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("has the layout of the Terraform registry, and nothing that was there before but the history", () => {
    expect(readdirSync(folder).sort()).toEqual([
      ".git",
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "examples",
      "main.tf.json",
      "outputs.tf.json",
      "tests",
      "variables.tf.json",
      "versions.tf.json",
    ]);
  });

  test("has the module's files as they are", () => {
    for (const file of [
      "main.tf.json",
      "variables.tf.json",
      "tests/defaults.tftest.hcl",
      "tests/mocks/aws.tfmock.hcl",
    ]) {
      expect(read(file)).toBe(readFileSync(join(PROJECT, "terraform/kloudfuse-firehose", file), "utf8"));
    }
  });

  test("has the examples, which call the module at its root", () => {
    const examples = readdirSync(join(folder, "examples"));
    expect(examples).toEqual(expect.arrayContaining(["basic", "two-regions", "sources"]));
    for (const example of examples) {
      expect(read(`examples/${example}/main.tf`)).toMatch(/source += "\.\.\/\.\."\n/);
      expect(read(`examples/${example}/main.tf`)).not.toContain("terraform/kloudfuse-firehose");
    }
  });

  test("has neither working folders nor state of Terraform", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /\.terraform|tfstate/.test(file))).toEqual([]);
  });

  test("says which version it is, and where changes belong", () => {
    expect(read("README.md")).toContain("- [basic](examples/basic)\n");
    expect(read("README.md")).toContain("Version 1.2.0, published by the release workflow of kloudfuse-firehose");
  });

  test("says how to call this version of it", () => {
    expect(read("README.md")).toContain(
      '  source = "git::https://example.com/terraform-aws-kloudfuse-firehose.git?ref=v1.2.0"\n',
    );
    expect(read("README.md")).not.toContain("./terraform/kloudfuse-firehose");
  });

  test("names no file or command of this project", () => {
    const files = ["README.md", "variables.tf.json", "outputs.tf.json"];
    expect(files.filter((file) => /docs\/|npm run/.test(read(file)))).toEqual([]);
  });

  test("has no link of the README to a file that is not there", () => {
    const links = [...read("README.md").matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, path = ""]) => path);
    expect(links.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });
});
