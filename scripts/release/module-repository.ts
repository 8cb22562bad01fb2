import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATED_NOTICE, LOCAL_SOURCE } from "../module-readme";

const MODULE = "terraform/kloudfuse-firehose";
const FROM_EXAMPLES = `../../${MODULE}`;
const FROM_PUBLISHED_EXAMPLES = "../..";

/**
 * Writes the module as a separate repository, in the layout of the Terraform registry: the root module, its tests,
 * the examples that call it, licence and changelog.
 *
 * @param project the folder of this project
 * @param target the folder to write; its content is replaced, except `.git`
 * @param version the version that the README shows, also as the tag in the source of the module
 * @param url the URL of the repository that `target` is pushed to, as Terraform clones it
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
export function writeModuleRepository(project: string, target: string, version: string, url: string): void {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(target).filter((name) => name !== ".git")) {
    rmSync(join(target, entry), { recursive: true });
  }
  const isOfSources = (path: string): boolean => !/[\\/](\.terraform|\.terraform\.lock\.hcl|.*\.tfstate.*)$/.test(path);
  cpSync(join(project, MODULE), target, { recursive: true, filter: isOfSources });
  for (const file of ["LICENSE", "CHANGELOG.md"]) {
    cpSync(join(project, file), join(target, file));
  }
  const examples = examplesOf(project);
  for (const example of examples) {
    const folder = join(target, "examples", example);
    cpSync(join(project, "examples", example), folder, { recursive: true, filter: isOfSources });
    for (const file of readdirSync(folder).filter((name) => /\.(tf|md)$/.test(name))) {
      const text = readFileSync(join(folder, file), "utf8");
      writeFileSync(join(folder, file), text.replaceAll(FROM_EXAMPLES, FROM_PUBLISHED_EXAMPLES));
    }
  }
  const readme = readFileSync(join(target, "README.md"), "utf8");
  writeFileSync(
    join(target, "README.md"),
    readme.replace(LOCAL_SOURCE, `source = "git::${url}?ref=v${version}"`).replace(GENERATED_NOTICE, "") +
      published(version, examples),
  );
}

/** The examples that call the module by its relative path. */
const examplesOf = (project: string): string[] =>
  readdirSync(join(project, "examples"))
    .filter((example) => {
      const main = join(project, "examples", example, "main.tf");
      return existsSync(main) && readFileSync(main, "utf8").includes(FROM_EXAMPLES);
    })
    .sort();

const published = (version: string, examples: readonly string[]): string => `
## Examples

${examples.map((example) => `- [${example}](examples/${example})`).join("\n")}

## This repository

Version ${version}, published by the release workflow of kloudfuse-firehose, where issues and changes belong: what is
committed here is replaced by the next release.
`;
