#!/usr/bin/env node
import { Command, Option } from "commander";
import { EXIT } from "./exit-codes";
import type { PolicyOptions } from "./commands/policy";

const program = new Command("kloudfuse-firehose")
  .description("Checks what sends an AWS account's metrics and logs to Kloudfuse")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.clean : EXIT.unusable));

program
  .command("policy")
  .description("judge a Terraform plan by the policies")
  .argument("[plan]", "the plan as JSON, made by terraform show -json; - is the standard input", "-")
  .addOption(
    new Option("--format <format>", "how to print")
      .choices(["table", "json", "sarif", "junit", "markdown"])
      .default("table"),
  )
  .option(
    "--allow <policy=reason>",
    "allow the findings of a policy, with the reason; may be given several times",
    (allowance: string, previous: string[]) => [...previous, allowance],
    [],
  )
  .option("--root <folder>", "folder of the root's .tf files, for the lines in SARIF", ".")
  .addHelpText(
    "after",
    `
Exit code: 0 clean, 1 findings, 2 unusable input.

Examples:
  terraform plan -out=plan.bin && terraform show -json plan.bin | kloudfuse-firehose policy
  kloudfuse-firehose policy plan.json --format sarif > policies.sarif
  kloudfuse-firehose policy plan.json --allow "KFF-CHG-001=planned move, announced for Sunday"`,
  )
  .action(async (file: string, options: PolicyOptions) => {
    const { policy } = await import("./commands/policy.js");
    process.exitCode = policy(file, options);
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`kloudfuse-firehose: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT.unusable;
});
