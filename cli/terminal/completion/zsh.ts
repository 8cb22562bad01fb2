import type { Command } from "commander";
import { type CommandWords, type OptionWords, singleQuoted, wordsOf } from "./words";

/** The script that completes the command in zsh. */
export function zshCompletion(program: Command): string {
  const { name, commands } = wordsOf(program);
  const identifier = `_${name.replaceAll("-", "_")}`;
  const described = commands.map((command) => singleQuoted(`${escaped(command.name)}:${command.description}`));
  return `#compdef ${name}
# Completion of ${name} in zsh: source <(${name} completion zsh)
${identifier}() {
  local -a commands=(
    ${described.join("\n    ")}
  )
  local command="\${words[(r)(${commands.map((command) => command.name).join("|")})]}"
  case "$command" in
${commands.map(commandCase).join("\n")}
    *) _describe command commands ;;
  esac
}
compdef ${identifier} ${name}
`;
}

const commandCase = ({ name, options, values }: CommandWords): string => {
  const argument = values.length === 0 ? "*:file:_files" : `*:value:(${values.join(" ")})`;
  const specs = ["1:command:", ...options.flatMap(optionSpecs), argument].map(singleQuoted);
  return `    ${name}) _arguments ${specs.join(" ")} ;;`;
};

const optionSpecs = ({ flags, description, takesValue, values }: OptionWords): string[] =>
  flags.map((flag) => {
    const value = takesValue ? `:value:${values.length === 0 ? "" : `(${values.join(" ")})`}` : "";
    return `${flag}[${escaped(description)}]${value}`;
  });

/** Colons and brackets end a part of a specification. */
const escaped = (text: string): string => text.replace(/[\\:[\]]/g, String.raw`\$&`);
