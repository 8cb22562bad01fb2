import { Command, Option } from "commander";
import { repeatable } from "../options";
import type { PolicyOptions } from "../policy/policy";

/** `kloudfuse-firehose policy`. */
export function policyCommand(): Command {
  return new Command("policy")
    .description("check a Terraform plan against the policies")
    .argument("[plan]", "the plan as JSON, made by terraform show -json; - is the standard input", "-")
    .addOption(
      new Option("--format <format>", "how to print")
        .choices(["table", "json", "sarif", "junit", "markdown"])
        .default("table"),
    )
    .option(
      "--allow <allowance>",
      "allow a policy's findings: <policy>=<reason>, or <policy>@<address>=<reason> for one resource or module; repeatable",
      repeatable,
      [],
    )
    .addOption(
      new Option(
        "--min-severity <severity>",
        "lowest severity of the policies that are listed and count; the others are only counted",
      )
        .choices(["note", "warning", "error"])
        .default("note"),
    )
    .option("--fail-on-unknown", "end with 1 when something is unknown until the apply")
    .option("--allow-no-stream", "accept a plan without a delivery stream to Kloudfuse")
    .option("--root <folder>", "folder of the root's .tf or .tf.json files, for the places in SARIF", ".")
    .addHelpText(
      "after",
      `
Exit code: 0 no findings, 1 findings, 2 input that cannot be used, or a plan that leaves out too much (it ended with an
error, was created with -target, defers changes, or has no delivery stream to Kloudfuse). Findings outweigh 2. With
--fail-on-unknown, unknown outcomes end with 1 unless 2 holds. Notes never change the exit code.

--allow applies before --min-severity, to findings and to what is unknown. Of several allowances the one with the
longest address counts. One that matches nothing is reported and does not change the exit code.

Examples:
  terraform plan -out=plan.bin && terraform show -json plan.bin | kloudfuse-firehose policy
  kloudfuse-firehose policy plan.json --format sarif > policies.sarif
  kloudfuse-firehose policy plan.json --allow "KFF-CHG-001=planned move, announced for Sunday"
  kloudfuse-firehose policy plan.json --allow "KFF-BKT-006@module.staging=no data of value"`,
    )
    .action(async (file: string, options: PolicyOptions) => {
      const { policy } = await import("../policy/policy.js");
      process.exitCode = policy(file, options);
    });
}
