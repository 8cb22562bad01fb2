import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { Json } from "./json";
import type { EndedCommand, EnvironmentVariables } from "./run";
import { PROJECT, TerraformRoot } from "./terraform";

/** The module's variables without its resources: Terraform checks them in a moment, without provider or AWS. */
export class Inputs {
  private readonly root = TerraformRoot.empty({});

  public constructor() {
    const variables = "variables.tf.json";
    copyFileSync(join(PROJECT, "terraform/kloudfuse-firehose", variables), join(this.root.folder, variables));
  }

  /** What Terraform says about values in a file, each error in full; nothing when it accepts them. */
  public async rejections(values: Readonly<Record<string, unknown>>): Promise<string[]> {
    return rejectionsIn(await this.planWithFile(values, "-json"));
  }

  public async planWithFile(
    values: Readonly<Record<string, unknown>>,
    ...options: readonly string[]
  ): Promise<EndedCommand> {
    // A line for each value, because Terraform shows the whole line of a value that it rejects.
    this.root.write("values.tfvars.json", JSON.stringify(values, undefined, 2));
    return await this.root.run("plan", "-lock=false", "-var-file=values.tfvars.json", ...options);
  }

  public async planWithOptions(values: EnvironmentVariables, ...options: readonly string[]): Promise<EndedCommand> {
    const variables = Object.entries(values).map(([name, value]) => `-var=${name}=${value}`);
    return await this.root.run("plan", "-lock=false", ...variables, ...options);
  }

  public async planWithEnvironment(values: EnvironmentVariables, ...options: readonly string[]): Promise<EndedCommand> {
    const variables = Object.entries(values).map(([name, value]): [string, string] => [`TF_VAR_${name}`, value]);
    return await this.root.runWith(Object.fromEntries(variables), "plan", "-lock=false", ...options);
  }

  public remove(): void {
    this.root.remove();
  }
}

/** The errors in the output of `plan -json`, without Terraform's pointer to the rule's line. */
export function rejectionsIn({ exitCode, stdout, output }: EndedCommand): string[] {
  const errors = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => Json.parse(line))
    .filter((message) => message.at("@level").value === "error")
    .map((message) => message.at("diagnostic", "detail").text);
  if ((exitCode === 0) !== (errors.length === 0)) {
    throw new Error(`terraform plan ended with exit code ${String(exitCode)}:\n${output}`);
  }
  return errors.map((detail) => detail.replace(/\n\nThis was checked by the validation rule at [^\n]*$/, ""));
}
