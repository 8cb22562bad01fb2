import { Command } from "commander";
import { adoptCommand } from "./commands/adopt";
import { completionCommand } from "./commands/completion";
import { failuresCommand } from "./commands/failures";
import { logGroupsCommand } from "./commands/log-groups";
import { policyCommand } from "./commands/policy";
import { probeCommand } from "./commands/probe";
import { replayCommand } from "./commands/replay";
import { verifyCommand } from "./commands/verify";
import { rejectRepeatedOptions } from "./options";
import { version } from "./package.json";
import { colorOption } from "./terminal/color";

/** The command line, with every command. */
export function programOf(): Command {
  const program = new Command("kloudfuse-firehose")
    .description("Checks what sends an AWS account's metrics and logs to Kloudfuse, and recovers failed records")
    .version(version, "--version", "print the version")
    .addOption(colorOption());
  const commands = [
    verifyCommand(),
    probeCommand(),
    failuresCommand(),
    replayCommand(),
    logGroupsCommand(),
    adoptCommand(),
    policyCommand(),
    completionCommand(),
  ];
  for (const command of [program, ...commands]) {
    rejectRepeatedOptions(command);
  }
  for (const command of commands) {
    program.addCommand(command.configureHelp({ showGlobalOptions: true }));
  }
  return program;
}
