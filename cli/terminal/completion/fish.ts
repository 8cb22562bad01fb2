import type { Command } from "commander";
import { type CommandWords, type OptionWords, wordsOf } from "./words";

/** The script that completes the command in fish. */
export function fishCompletion(program: Command): string {
  const { name, commands } = wordsOf(program);
  return [
    `# Completion of ${name} in fish: ${name} completion fish | source`,
    ...commands.map((command) =>
      line(name, "__fish_use_subcommand", ["-f", "-a", command.name, "-d", quoted(command.description)]),
    ),
    ...commands.flatMap((command) => commandLines(name, command)),
    "",
  ].join("\n");
}

const commandLines = (program: string, { name, options, values }: CommandWords): string[] => {
  const condition = `__fish_seen_subcommand_from ${name}`;
  return [
    ...options.map((option) => line(program, condition, optionWords(option))),
    ...(values.length === 0 ? [] : [line(program, condition, ["-f", "-a", quoted(values.join(" "))])]),
  ];
};

const optionWords = ({ flags, description, takesValue, values }: OptionWords): string[] => [
  ...flags.flatMap((flag) => (flag.startsWith("--") ? ["-l", flag.slice(2)] : ["-s", flag.slice(1)])),
  ...(takesValue ? ["-r"] : []),
  ...(values.length === 0 ? [] : ["-f", "-a", quoted(values.join(" "))]),
  "-d",
  quoted(description),
];

const line = (program: string, condition: string, words: readonly string[]): string =>
  `complete -c ${program} -n ${quoted(condition)} ${words.join(" ")}`;

/** In single quotes, fish has two escapes. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
