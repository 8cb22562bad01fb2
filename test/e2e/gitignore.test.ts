import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "./helpers/terraform";

const MODULE = "terraform/kloudfuse-firehose";

const SECRET = [
  "access-key.tfvars",
  "terraform.tfvars",
  "terraform.tfvars.json",
  "production.tfvars.json",
  "kloudfuse.auto.tfvars",
  "kloudfuse.auto.tfvars.json",
  "kloudfuse.auto.tfvars.bak",
  "override.tf",
  "override.tf.json",
  "access_key_override.tf",
  "access_key_override.tf.json",
  "crash.log",
  "crash.2026-01-31.log",
  "kloudfuse-firehose.tfstate",
  "kloudfuse-firehose.tfstate.backup",
  "kloudfuse-firehose.tfstate.1767225600.backup",
  ".kloudfuse-firehose.tfstate.lock.info",
  "errored.tfstate",
  "terraform.tfvars.bak",
  "tfplan",
  "tfplan.json",
  "tf.plan",
  "plan.bin",
  "plan.out",
  "outputs.json",
  ".env",
  ".env.production",
  ".envrc",
  "plan.json",
  "plans/kloudfuse-firehose-111122223333-eu-west-1.json",
  "production.tfplan",
  ".terraformrc",
  "terraform.rc",
];
const GENERATED = [
  ".terraform/terraform.tfstate",
  ".terraform.lock.hcl",
  "cdktf.out/manifest.json",
  "node_modules/cdktf/package.json",
  "dist/modules/index.js",
  "cli/dist/main.js",
  ".build/test.json",
  "coverage/index.html",
  "kloudfuse-firehose-0.1.0.tgz",
];
const sources = (): string[] => [
  ...readdirSync(join(PROJECT, MODULE), { recursive: true, encoding: "utf8" })
    .filter((file) => !file.startsWith(".terraform"))
    .map((file) => `${MODULE}/${file}`),
  `${MODULE}/tests/region_override.tftest.hcl`,
  "examples/basic/main.tf",
  "examples/two-regions/variables.tf.json",
  "examples/basic/terraform.tfvars.example",
  "policies/plan.ts",
  "test/plan.test.ts",
  "docs/crash.md",
  "package-lock.json",
];

describe(".gitignore", () => {
  let repository = "";

  const ignoredOf = (names: readonly string[]): string[] =>
    spawnSync("git", ["-c", `core.excludesFile=${devNull}`, "check-ignore", ...names], {
      cwd: repository,
      encoding: "utf8",
    })
      .stdout.split("\n")
      .filter((name) => name !== "");

  beforeAll(() => {
    repository = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-gitignore-"));
    execFileSync("git", ["init", "--quiet"], { cwd: repository });
    copyFileSync(join(PROJECT, ".gitignore"), join(repository, ".gitignore"));
  });

  afterAll(() => {
    rmSync(repository, { recursive: true, force: true });
  });

  it("ignores what may hold an access key, in every folder", () => {
    const names = ["", "cdktf.out/", "examples/basic/", `${MODULE}/`].flatMap((folder) =>
      SECRET.map((name) => folder + name),
    );
    expect(ignoredOf(names)).toEqual(names);
  });

  it("ignores what is generated", () => {
    expect(ignoredOf(GENERATED)).toEqual(GENERATED);
  });

  it("ignores no source, among them the module's own files", () => {
    const names = sources();
    expect(names).toContain(`${MODULE}/variables.tf.json`);
    expect(ignoredOf(names)).toEqual([]);
  });
});
