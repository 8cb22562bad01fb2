import { Argument, Command } from "commander";
import { bashCompletion } from "../terminal/completion/bash";
import { fishCompletion } from "../terminal/completion/fish";
import { zshCompletion } from "../terminal/completion/zsh";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

const isShell = (shell: string): shell is keyof typeof SHELLS => shell in SHELLS;

/** `kloudfuse-firehose completion`: a script for the commands of the program that it is added to. */
export function completionCommand(): Command {
  const command = new Command("completion")
    .description("print a script that completes the command in a shell")
    .addArgument(new Argument("<shell>", "the shell that the script is for").choices(Object.keys(SHELLS)))
    .addHelpText(
      "after",
      `
Exit code: 0 the script was printed, 2 unusable input.

Examples:
  source <(kloudfuse-firehose completion bash)
  source <(kloudfuse-firehose completion zsh)
  kloudfuse-firehose completion fish | source`,
    );
  return command.action((shell: string) => {
    if (isShell(shell)) {
      process.stdout.write(SHELLS[shell](command.parent ?? command));
      process.exitCode = 0;
    }
  });
}
