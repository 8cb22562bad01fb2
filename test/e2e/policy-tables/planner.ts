import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentVariables } from "../helpers/run";
import { outputOf } from "../helpers/run";
import { TerraformRoot } from "../helpers/terraform";
import { type Base, hclOf, withLiteralArns } from "./configuration";
import type { RowConfiguration, TableRow } from "./row";

/** Rows that are planned together. */
export interface Table {
  readonly base: Base;
  readonly rows: readonly TableRow[];
}

/** Whether ARNs are written as in the rows, or as text that a first plan knows. */
export type Arns = "by reference" | "as text";

const PROVIDERS = `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

provider "aws" {
  alias  = "other_account"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::210987654321:role/deploy"
  }
}
`;

/** Plans of tables: each row is a module of one root, so that one run plans them all. */
export class Planner {
  readonly #root: TerraformRoot;
  readonly #tables: readonly Table[];

  private constructor(root: TerraformRoot, tables: readonly Table[]) {
    this.#root = root;
    this.#tables = tables;
  }

  public static async open(tables: readonly Table[], environment: EnvironmentVariables): Promise<Planner> {
    const rows = tables.flatMap((table) => table.rows);
    const root = TerraformRoot.write(`${PROVIDERS}${rows.map(moduleCall).join("\n")}`, environment);
    const planner = new Planner(root, tables);
    planner.#write("by reference", (row) => row);
    await root.init();
    return planner;
  }

  /** The first plan, as JSON. */
  public async plan(arns: Arns): Promise<string> {
    this.#write(arns, (row) => row);
    outputOf("terraform plan", await this.#root.run("plan", "-out=plan", "-parallelism=20"));
    return outputOf("terraform show", await this.#root.run("show", "-json", "plan"));
  }

  /** The plan after what each row has before is applied, as JSON. */
  public async planAfterApply(): Promise<string> {
    this.#write("by reference", (row) => row.before ?? row);
    await this.#root.apply("-parallelism=40");
    return await this.plan("by reference");
  }

  public close(): void {
    this.#root.remove();
  }

  #write(arns: Arns, configurationOf: (row: TableRow) => RowConfiguration): void {
    for (const { base, rows } of this.#tables) {
      for (const row of rows) {
        const hcl = hclOf(configurationOf(row), base);
        const folder = join(this.#root.folder, folderOf(row));
        mkdirSync(folder, { recursive: true });
        writeFileSync(
          join(folder, "main.tf"),
          `${requiredProviders(row)}${arns === "as text" ? withLiteralArns(hcl) : hcl}`,
        );
      }
    }
  }
}

/** The address of a row's module, with a dot. */
export const addressOf = (row: TableRow): string => `module.${labelOf(row)}.`;

const labelOf = ({ name }: TableRow): string =>
  `row-${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "")}`;

const folderOf = (row: TableRow): string => `rows/${labelOf(row)}`;

/** Names of resources are short: S3 takes 63 characters, and the kind of failure stands in the address. */
function moduleCall(row: TableRow, index: number): string {
  const { providers = [] } = row;
  const aliases = providers.map((alias) => `    aws.${alias} = aws.${alias}\n`);
  return `
module "${labelOf(row)}" {
  source = "./${folderOf(row)}"
  name   = "kloudfuse-${index + 1}"
  providers = {
    aws = aws
${aliases.join("")}  }
}
`;
}

function requiredProviders({ providers = [] }: TableRow): string {
  const aliases = providers.map((alias) => `aws.${alias}`).join(", ");
  return `terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [${aliases}]
    }
  }
}

`;
}
