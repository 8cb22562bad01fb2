// What the release workflow runs: node scripts/run.cjs scripts/release/main.ts, with
//   notes <tag>                   prints the entries of the changelog, after checking the tag against both packages
//   module <tag> <folder> <url>   writes the module as a separate repository, which is at that URL
import { readFileSync } from "node:fs";
import { asObject, parsedJson } from "../../iam/json";
import { entriesOf, versionOf } from "./changelog";
import { writeModuleRepository } from "./module-repository";

const PACKAGES = ["package.json", "cli/package.json"];

const versionIn = (file: string): string => String(asObject(parsedJson(readFileSync(file, "utf8")))["version"]);

function run(command: string | undefined, tag = "", folder = "", url = ""): void {
  const version = versionOf(tag, Object.fromEntries(PACKAGES.map((file) => [file, versionIn(file)])));
  switch (command) {
    case "notes":
      process.stdout.write(entriesOf(version, readFileSync("CHANGELOG.md", "utf8")));
      return;
    case "module":
      if (folder === "" || url === "") {
        throw new Error("The folder to write the module to and the URL of its repository are required, after the tag.");
      }
      writeModuleRepository(".", folder, version, url);
      return;
    default:
      throw new Error(`The command must be notes or module, got "${command ?? ""}". Use one of them.`);
  }
}

try {
  run(...(process.argv.slice(3) as [string?, string?, string?, string?]));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
