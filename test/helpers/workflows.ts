import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { asObject, type JsonObject } from "../../iam/json";

export const WORKFLOW_FOLDER = join(__dirname, "../../.github/workflows");

/** All workflows, for a suite of tests each. */
export const WORKFLOW_FILES: readonly string[] = [
  "ci.yml",
  "hcp-terraform-apply.yml",
  "hcp-terraform.yml",
  "mutation.yml",
  "release.yml",
];

export const workflowText = (file: string): string => readFileSync(join(WORKFLOW_FOLDER, file), "utf8");

export const readYaml = (path: string): JsonObject =>
  asObject(load(readFileSync(join(__dirname, "../..", path), "utf8")));

export const workflow = (file: string): JsonObject => readYaml(`.github/workflows/${file}`);

export const jobs = (file: string): JsonObject[] => Object.values(asObject(workflow(file)["jobs"])).map(asObject);

export const steps = (job: JsonObject): JsonObject[] => (Array.isArray(job["steps"]) ? job["steps"].map(asObject) : []);

export const stepsOf = (file: string): JsonObject[] => jobs(file).flatMap(steps);

/**
 * The step of a workflow with this name.
 *
 * @throws Error when there is none
 */
export function step(file: string, name: string): JsonObject {
  const found = stepsOf(file).find((candidate) => candidate["name"] === name);
  if (found === undefined) {
    throw new Error(`${file} has no step "${name}".`);
  }
  return found;
}

/** Name of a step, or its action without the commit, or its command. */
export const label = ({ name, uses, run }: JsonObject): string => String(name ?? uses ?? run).replace(/@.*/, "");
