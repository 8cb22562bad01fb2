#!/usr/bin/env node
import { Command } from "commander";
import { policyCommand } from "./commands/policy";
import { EXIT } from "./exit-codes";

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? process.exitCode : EXIT.cannotTell);
});

const program = new Command("kloudfuse-firehose").description(
  "Checks what sends an AWS account's metrics and logs to Kloudfuse",
);
for (const command of [policyCommand()]) {
  program.addCommand(
    command.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.healthy : EXIT.cannotTell)),
  );
}
program.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.healthy : EXIT.cannotTell));

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`kloudfuse-firehose: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT.cannotTell;
});
