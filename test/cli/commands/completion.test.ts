import { Command } from "commander";
import { completionCommand } from "../../../cli/commands/completion";

function run(...args: readonly string[]): { readonly output: string; readonly error: string } {
  let [output, error] = ["", ""];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += String(text);
    return true;
  });
  const completion = completionCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const program = new Command("program").exitOverride().addCommand(completion);
  const { exitCode } = process;
  try {
    program.parse(args, { from: "user" });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  } finally {
    write.mockRestore();
    process.exitCode = exitCode;
  }
  return { output, error };
}

test.each([
  ["bash", "# Completion of program in Bash: source <(program completion bash)"],
  ["zsh", "#compdef program"],
  ["fish", "# Completion of program in fish: program completion fish | source"],
])("completion %s prints the script of the program that has the command", (shell, start) => {
  expect(run("completion", shell).output.split("\n")[0]).toBe(start);
});

test.each(["powershell", "toString"])("completion %s is none", (shell) => {
  expect(run("completion", shell)).toEqual({
    output: "",
    error: expect.stringContaining("Allowed choices are bash, zsh, fish.") as string,
  });
});
