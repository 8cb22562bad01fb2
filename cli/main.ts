import { Command } from "commander";
import { failuresCommand } from "./commands/failures";
import { policyCommand } from "./commands/policy";
import { probeCommand } from "./commands/probe";
import { replayCommand } from "./commands/replay";
import { verifyCommand } from "./commands/verify";
import { EXIT } from "./exit-codes";
import { version } from "./package.json";

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? (process.exitCode ?? EXIT.cannotTell) : EXIT.cannotTell);
});

// Of the AWS SDK, about Node versions to come: whoever is paged can do nothing about it.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const program = new Command("kloudfuse-firehose").description(
  "Checks what sends an AWS account's metrics and logs to Kloudfuse, and recovers failed records",
);
program.version(version, "--version", "print the version");
for (const command of [verifyCommand(), probeCommand(), failuresCommand(), replayCommand(), policyCommand()]) {
  program.addCommand(
    command.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.healthy : EXIT.cannotTell)),
  );
}
program.exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.healthy : EXIT.cannotTell));

// For a command that never comes to its end.
process.exitCode = EXIT.cannotTell;
program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`kloudfuse-firehose: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT.cannotTell;
});
