import type { Command, Option } from "commander";

/** An option as a shell completes it. */
export interface OptionWords {
  /** `--format`, and its short form if there is one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Whether a value follows it. */
  readonly takesValue: boolean;
  /** The values that it accepts; empty if any is. */
  readonly values: readonly string[];
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** The values that its first argument accepts; empty if it accepts any, or there is no argument. */
  readonly values: readonly string[];
}

/** Everything that can be completed, read from commander, so that it is never stale. */
export function wordsOf(program: Command): { readonly name: string; readonly commands: readonly CommandWords[] } {
  const common = program.options.filter(({ long }) => long !== "--version").map(optionWords);
  return {
    name: program.name(),
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      options: [...command.options.map(optionWords), ...common, HELP],
      values: command.registeredArguments[0]?.argChoices ?? [],
    })),
  };
}

const HELP: OptionWords = { flags: ["--help"], description: "display help for command", takesValue: false, values: [] };

const optionWords = ({ long, short, description, required, optional, argChoices }: Option): OptionWords => ({
  flags: [long, short].flatMap((flag) => (flag === undefined ? [] : [flag])),
  description,
  takesValue: required || optional,
  values: argChoices ?? [],
});

/** A text in single quotes, as every POSIX shell reads it. */
export const singleQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
