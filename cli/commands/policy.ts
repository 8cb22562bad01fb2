import { Command, Option } from "commander";
import type { FleetSelection } from "../fleet/select-targets";
import { repeatable, withFleet } from "../options";
import type { PolicyOptions } from "../policy/policy";

/** `kloudfuse-firehose policy`. */
export function policyCommand(): Command {
  const command = new Command("policy")
    .description("check a Terraform plan, or those of a fleet, against the policies")
    .argument(
      "[plan]",
      "the plan as JSON, from terraform show -json; - is the standard input; with --fleet, a folder with the plan of each stack as <stack>.json",
      "-",
    );
  return withFleet(command, [])
    .option("--region <region>", "with --fleet, only this region; repeatable", repeatable)
    .addOption(
      new Option("--format <format>", "how to print")
        .choices(["table", "json", "sarif", "junit", "markdown"])
        .default("table"),
    )
    .option(
      "--allow <allowance>",
      "allow a policy's findings: <policy>=<reason>, or <policy>@<address>=<reason> for one resource, module or stack; repeatable",
      repeatable,
      [],
    )
    .addOption(
      new Option(
        "--min-severity <severity>",
        "lowest severity of the policies that are listed and affect the exit code; outcomes of the others are only counted",
      )
        .choices(["note", "warning", "error"])
        .default("note"),
    )
    .option("--fail-on-unknown", "exit with 1 when something is unknown until the apply")
    .option("--allow-no-stream", "accept a plan without a delivery stream to Kloudfuse")
    .option(
      "--root <folder>",
      "folder of the root's .tf or .tf.json files, or of the app, for the places in SARIF",
      ".",
    )
    .addHelpText(
      "after",
      `
Exit code: 0 no findings, 1 findings, 2 input that cannot be used, or a plan that leaves out too much (it ended with an
error, was created with -target, defers changes, or has no delivery stream to Kloudfuse). 1 takes precedence over 2.
With --fail-on-unknown, unknown outcomes exit with 1, unless 2 applies. Notes never change the exit code.

--allow applies before --min-severity, to findings and to unknown outcomes. If several allowances match, the one with
the longest address applies. One that matches nothing is reported and does not change the exit code.

--fleet evaluates the plan of each account and region of a fleet file, and prints one report. Exit code: 1 findings in
any stack, 2 a stack is undetermined: its plan is missing, is of another account or region, has other streams or another
host than the fleet file, or leaves out too much. The others are still evaluated. A plan that is older than 24 hours has
a warning. --allow is for all stacks; <policy>@<stack>=<reason> and <policy>@<stack>.<address>=<reason> for one.

Examples:
  terraform plan -out=plan.bin && terraform show -json plan.bin | kloudfuse-firehose policy
  kloudfuse-firehose policy plan.json --format sarif > policies.sarif
  kloudfuse-firehose policy plan.json --allow "KFF-CHG-001=planned move, announced for Sunday"
  kloudfuse-firehose policy plan.json --allow "KFF-BKT-006@module.staging=no data of value"

  rm -rf cdktf.out plans && mkdir plans && npm run synth
  for stack in cdktf.out/stacks/*; do
    terraform -chdir="$stack" init && terraform -chdir="$stack" plan -out=plan.bin &&
      terraform -chdir="$stack" show -json plan.bin > "plans/$(basename "$stack").json"
  done
  kloudfuse-firehose policy --fleet fleet.json plans
  kloudfuse-firehose policy --fleet fleet.json --account 111122223333 --region eu-west-1 plans`,
    )
    .action(async (path: string, options: PolicyOptions) => {
      const { policy } = await import("../policy/policy.js");
      const { fleet } = options;
      process.exitCode = fleet === undefined ? policy(path, options) : await ofFleet(path, { ...options, fleet });
    });
}

/** The code for fleets is loaded with --fleet only. */
async function ofFleet(folder: string, options: PolicyOptions & FleetSelection): Promise<number> {
  const { fleetPolicy } = await import("../policy/fleet.js");
  return fleetPolicy(folder, options);
}
