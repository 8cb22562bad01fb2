import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Json } from "./json";
import { type EndedCommand, outputOf, run, type EnvironmentVariables } from "./run";

export const PROJECT = resolve(__dirname, "../../..");

/** What Terraform would do to one resource. */
export interface Change {
  readonly address: string;
  readonly actions: unknown;
}

/** A folder that Terraform runs in, in a temporary copy of the module and the examples. */
export class TerraformRoot {
  private constructor(
    private readonly temporary: string,
    public readonly folder: string,
    private readonly environment: EnvironmentVariables,
  ) {}

  /** A root of the project, such as `examples/basic`. */
  public static copy(root: string, environment: EnvironmentVariables): TerraformRoot {
    const temporary = temporaryFolder();
    for (const folder of ["examples", "terraform"]) {
      cpSync(join(PROJECT, folder), join(temporary, folder), { recursive: true, filter: isNoLeftover });
    }
    return new TerraformRoot(temporary, join(temporary, root), environment);
  }

  /** A root of the test's own, beside the examples: the module is `../../terraform/kloudfuse-firehose`. */
  public static write(main: string, environment: EnvironmentVariables): TerraformRoot {
    const { temporary } = TerraformRoot.copy("examples", environment);
    const root = new TerraformRoot(temporary, mkdtempSync(join(temporary, "examples/own-")), environment);
    root.write("main.tf", main);
    return root;
  }

  /** A folder without anything. */
  public static empty(environment: EnvironmentVariables): TerraformRoot {
    const temporary = temporaryFolder();
    return new TerraformRoot(temporary, temporary, environment);
  }

  public write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  public remove(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }

  public async init(): Promise<void> {
    await this.succeed("init");
  }

  public async validate(): Promise<Json> {
    return Json.parse(await this.succeed("validate", "-json"));
  }

  /** Whether there is anything to do. */
  public async planHasChanges(...options: readonly string[]): Promise<boolean> {
    const plan = await this.run("plan", "-detailed-exitcode", ...options);
    if (plan.exitCode !== 0 && plan.exitCode !== 2) {
      throw new Error(`terraform plan failed:\n${plan.output}`);
    }
    return plan.exitCode === 2;
  }

  /** What a plan would do, resource by resource, without those that it would leave as they are. */
  public async plannedChanges(...options: readonly string[]): Promise<Change[]> {
    await this.succeed("plan", "-out=plan", ...options);
    const plan = Json.parse(await this.succeed("show", "-json", "plan"));
    return plan
      .at("resource_changes")
      .list.map((change) => ({ address: change.at("address").text, actions: change.at("change", "actions").value }))
      .filter(({ actions }) => JSON.stringify(actions) !== '["no-op"]');
  }

  public async apply(...options: readonly string[]): Promise<void> {
    await this.succeed("apply", "-auto-approve", ...options);
  }

  public async destroy(...options: readonly string[]): Promise<void> {
    await this.succeed("destroy", "-auto-approve", ...options);
  }

  /** The value of an output. */
  public async output(name: string): Promise<Json> {
    return Json.parse(await this.succeed("output", "-json", name));
  }

  /** The attributes of a resource in the state. */
  public async stateOf(address: string): Promise<Json> {
    const state = Json.parse(await this.succeed("show", "-json"));
    const resources = resourcesOf(state.at("values", "root_module"));
    const resource = resources.find((candidate) => candidate.at("address").text === address);
    if (resource === undefined) {
      throw new Error(`The state has no ${address}.`);
    }
    return resource.at("values");
  }

  public async run(command: string, ...options: readonly string[]): Promise<EndedCommand> {
    return await this.runWith({}, command, ...options);
  }

  /** The same with variables of its own in the environment. */
  public async runWith(
    variables: EnvironmentVariables,
    command: string,
    ...options: readonly string[]
  ): Promise<EndedCommand> {
    const noInput = ["show", "validate", "output", "test"].includes(command) ? [] : ["-input=false"];
    return await run("terraform", [command, "-no-color", ...noInput, ...options], {
      cwd: this.folder,
      environment: { ...this.environment, ...variables },
    });
  }

  private async succeed(command: string, ...options: readonly string[]): Promise<string> {
    return outputOf(`terraform ${command}`, await this.run(command, ...options));
  }
}

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "kloudfuse-firehose-e2e-"));

/** What a developer's own runs leave beside the sources. */
const isNoLeftover = (path: string): boolean => !/\.terraform|\.tfstate/.test(path.slice(PROJECT.length));

function resourcesOf(module: Json): Json[] {
  const children = module.has("child_modules") ? module.at("child_modules").list : [];
  return [...(module.has("resources") ? module.at("resources").list : []), ...children.flatMap(resourcesOf)];
}
