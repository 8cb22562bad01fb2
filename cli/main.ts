import type { CommanderError } from "commander";
import { EXIT, ReportedError } from "./exit-codes";
import { interruptedExitCode } from "./interrupt";
import { programOf } from "./program";
import { type EndingError, errorJson, errorText, isJsonRequested } from "./terminal/error";
import { standardError } from "./terminal/terminal";

// A reader that stops early, such as head, is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? (process.exitCode ?? EXIT.undetermined) : EXIT.undetermined);
});

// The AWS SDK warns about future Node versions; the on-call engineer cannot act on it.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

function printErrorJson(error: EndingError): void {
  if (isJsonRequested(process.argv)) {
    process.stdout.write(errorJson(error, new Date()));
  }
}

/** Commander has printed the message, the help or the version. */
function endParsing({ message, exitCode }: CommanderError): void {
  if (exitCode !== 0) {
    printErrorJson({ message: message.replace(/^error: /, ""), exitCode: EXIT.undetermined });
  }
  process.exit(exitCode === 0 ? EXIT.healthy : EXIT.undetermined);
}

const program = programOf();
for (const command of [program, ...program.commands]) {
  command.exitOverride(endParsing);
}

async function main(): Promise<void> {
  // The exit code if the command never completes.
  process.exitCode = EXIT.undetermined;
  try {
    await program.parseAsync();
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const error = { message, exitCode: interruptedExitCode() ?? EXIT.undetermined };
    process.exitCode = error.exitCode;
    if (!(thrown instanceof ReportedError)) {
      printErrorJson(error);
    }
    process.stderr.write(errorText(error, standardError()));
  }
  process.exitCode = interruptedExitCode() ?? process.exitCode;
}

void main();
